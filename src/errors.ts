/**
 * The one closed table of what can go wrong: the HTTP status each code answers with, and the
 * sentence a person reads.
 */
const table = {
	invalid_request: [400, 'The request could not be understood.'],
	invalid_options: [400, 'The options contradict each other or are malformed.'],
	weak_password: [400, 'Choose a longer or less common password.'],
	callback_invalid: [400, 'The sign-in could not be completed. Start it again.'],
	last_way_in: [400, 'This is your only way to sign in. Add another one first.'],
	invalid_credentials: [401, 'The e-mail address or the password is wrong.'],
	no_session: [401, 'You are not signed in.'],
	reauthentication_required: [401, 'Sign in again to go on.'],
	access_denied: [403, 'The sign-in was cancelled.'],
	forbidden: [403, 'This is not allowed.'],
	cross_site: [403, 'The request came from another site and was refused.'],
	email_taken: [
		409,
		'An account with this e-mail address exists already. If it is yours, sign in to it first.'
	],
	identity_taken: [409, 'That sign-in already belongs to another account.'],
	too_large: [413, 'The request is too large.'],
	rate_limited: [429, 'Too many attempts. Wait a while and try again.'],
	invalid_config: [500, 'svelte-guardian is not set up correctly.'],
	provider_unavailable: [503, 'The sign-in provider cannot be reached. Try again in a moment.'],
	store_unavailable: [503, 'The session store cannot be reached. Try again in a moment.'],
	partially_revoked: [503, 'Some sessions could not be ended. Try again in a moment.'],
	busy: [503, 'The server is busy. Try again in a moment.']
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

/** Every code a result, a response or a {@link GuardianError} can carry on the server. */
export type ErrorCode = keyof typeof table;

/** The HTTP status that goes with a code (RFC 9110). */
export const statusOf = (code: ErrorCode): number => table[code][0];

/** The sentence that goes with a code, safe to show to anybody. */
export const sentenceOf = (code: ErrorCode): string => table[code][1];

export const isErrorCode = (value: unknown): value is ErrorCode =>
	typeof value === 'string' && Object.hasOwn(table, value);

/**
 * The sentence for the `error` of an address such as `/signin?error=invalid_credentials`, safe to
 * show: anybody can write an address, so a code that is none gets a general sentence, and no code
 * gets `null`.
 *
 * @example
 * ```ts
 * // src/routes/signin/+page.server.ts
 * import { sentenceFor } from 'svelte-guardian';
 *
 * export const load = ({ url }: { url: URL }) => ({
 * 	problem: sentenceFor(url.searchParams.get('error'))
 * });
 * ```
 */
export function sentenceFor(code: string | null): string | null {
	if (code === null) return null;
	return isErrorCode(code) ? sentenceOf(code) : 'Something went wrong. Try again.';
}

/**
 * What svelte-guardian throws: a mistake in the configuration or in the options of a call, or a
 * failure inside that a caller turns into a result. `code` is stable, `message` names the fix.
 *
 * @example
 * ```ts
 * import { GuardianError } from 'svelte-guardian';
 *
 * const explain = (error: unknown) =>
 * 	error instanceof GuardianError ? `${error.code}: ${error.message}` : 'unknown';
 * ```
 */
export class GuardianError extends Error {
	override readonly name = 'GuardianError';
	readonly code: ErrorCode;
	/** Seconds until another attempt can succeed, for `rate_limited`. */
	readonly retryAfter: number | undefined;

	constructor(
		code: ErrorCode,
		message: string = table[code][1],
		options: { cause?: unknown; retryAfter?: number } = {}
	) {
		super(message, 'cause' in options ? { cause: options.cause } : undefined);
		this.code = code;
		this.retryAfter = options.retryAfter;
	}
}
