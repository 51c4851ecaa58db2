import { urlOf } from './request.js';
import type { ClientErrorCode } from './results.js';

/**
 * What {@link getSession} and {@link getSessions} reject with. `message` is a sentence for people.
 *
 * @example
 * ```ts
 * import { getSession, GuardianRequestError } from 'svelte-guardian/client';
 *
 * const status = await getSession().then(
 * 	(session) => (session ? 'signed-in' : 'signed-out'),
 * 	(error: unknown) => (error instanceof GuardianRequestError ? error.code : 'unknown')
 * );
 * ```
 */
export class GuardianRequestError extends Error {
	override readonly name = 'GuardianRequestError';
	readonly code: ClientErrorCode;

	constructor(code: ClientErrorCode, message: string) {
		super(message);
		this.code = code;
	}
}

/** Reads `/auth/<name>`, whose answer is `{ [name]: … }`, and rejects with why it could not. */
export async function read<Value>(name: string): Promise<Value> {
	let answered: string | number = 'nothing';
	let answer: unknown;
	try {
		const response = await fetch(urlOf(`/auth/${name}`));
		answered = response.status;
		answer = await response.json();
	} catch {
		// Reported below, with the status when it came that far.
	}
	// boundary: our routes answer with the value, or with an error and its code.
	const body = Object(answer) as { [key: string]: Value | undefined } & Failure;
	const value = body[name];
	if (value !== undefined) return value;
	if (body.code && body.error) throw new GuardianRequestError(body.code, body.error);
	throw new GuardianRequestError(
		navigator.onLine ? 'network' : 'offline',
		`The server answered ${answered}; who is signed in is not known.`
	);
}

interface Failure {
	code?: ClientErrorCode;
	error?: string;
}
