/** The server's `signOut`, for form actions, `+server.ts`, `handle` and remote functions. */
import { error, redirect } from '@sveltejs/kit';
import type { Settings } from '../config.js';
import { GuardianError, statusOf } from '../errors.js';
import type { Log } from '../log.js';
import type { Ending } from '../sessions/ending.js';
import type { Reading } from '../sessions/engine.js';
import type { Lifetimes } from '../sessions/lifetimes.js';
import { toSession } from '../sessions/session.js';
import { readTarget, type EndingOptions } from '../sign-out/options.js';
import { failure, signOutCode } from '../sign-out/result.js';
import type { SignOut, SignOutRequest } from '../sign-out/sign-out.js';
import type { CookieJar, GuardianRequestEvent, SignOutResult } from '../types.js';
import { toUser } from '../users/user.js';
import { NOWHERE } from './base.js';
import type { Fields } from './body.js';
import type { Browser } from './browser.js';
import { currentEvent, type Browsers } from './browsers.js';
import { mayAct } from './cross-site.js';
import { describe } from './respond.js';
import { pageOf, type Site } from './site.js';

/** The options of the server's `signOut`. */
export type SignOutOptions = EndingOptions & {
	/** Default: those of the request under way. */
	cookies?: CookieJar;
	/** Whether to leave by SvelteKit's redirect (303). Default: true. */
	redirect?: boolean;
	/** Where to go next: a path, or an absolute URL on an allowed origin. */
	callbackUrl?: string | null | undefined;
};

/** The server's `signOut`. */
export interface ServerSignOut {
	/**
	 * Signs this browser out and leaves by a redirect, so that it never returns.
	 *
	 * @throws SvelteKit's redirect (303), or its error (403, 503) when the end is refused or could
	 * not be confirmed; GuardianError `invalid_options` for options that contradict each other.
	 */
	(options?: SignOutOptions & { redirect?: true }): Promise<never>;
	/**
	 * With `redirect: false`: signs this browser out and says what came of it. Never throws for a
	 * sign-out that failed.
	 *
	 * @throws GuardianError `invalid_options` for options that contradict each other.
	 */
	(options: SignOutOptions): Promise<SignOutResult>;
}

/** What a form or a body may say about a sign-out. */
export const SIGN_OUT_FIELDS = ['callbackUrl', 'scope', 'allSessions', 'sessionId'] as const;

export type SignOutFields = Fields<(typeof SIGN_OUT_FIELDS)[number]>;

/** Signs out as a form or a body asks for it. Never rejects for a sign-out that failed. */
export type PostedSignOut = (posted: {
	event: GuardianRequestEvent;
	browser: Browser;
	/** Reads what was posted; may reject with a GuardianError. */
	read(): Promise<SignOutFields>;
	/** Where the browser is, for a sign-out that leaves its own session alone. */
	here: string;
}) => Promise<{ result: SignOutResult; fields: SignOutFields }>;

export interface ServerSignOutParts {
	settings: Settings;
	lifetimes: Lifetimes;
	core: SignOut;
	browsers: Browsers;
	site: Site;
	log: Log;
}

const OPTIONS = [
	'cookies',
	'redirect',
	'callbackUrl',
	'scope',
	'allSessions',
	'sessionId',
	'userId'
];

export function createServerSignOut({
	settings,
	lifetimes,
	core,
	browsers,
	site,
	log
}: ServerSignOutParts): {
	signOut: ServerSignOut;
	postedSignOut: PostedSignOut;
} {
	async function mayEndSessionsOf(
		userId: string,
		active: Reading | null,
		event: GuardianRequestEvent | null
	): Promise<boolean> {
		const session = active && toSession(lifetimes, active.session, toUser(active.user));
		try {
			return (await settings.mayEndSessionsOf?.({ session, userId, event })) === true;
		} catch (cause) {
			log('mayEndSessionsOf failed, which counts as no', cause);
			return false;
		}
	}

	const finish = (
		event: GuardianRequestEvent | null,
		request: Omit<SignOutRequest, 'mayEndSessionsOf'>
	): Promise<SignOutResult> =>
		core.asBrowser({
			...request,
			mayEndSessionsOf: (userId, active) => mayEndSessionsOf(userId, active, event)
		});

	const postedSignOut: PostedSignOut = async ({ event, browser, read, here }) => {
		const url = new URL(event.request.url);
		let fields: SignOutFields = {};
		try {
			if (!mayAct(event.request)) throw new GuardianError('cross_site');
			fields = await read();
			const { callbackUrl, scope, allSessions, sessionId } = fields;
			const target = readTarget({ scope, allSessions, sessionId });
			const destinations = site.destinations(callbackUrl, { url, here });
			return { result: await finish(event, { target, browser, destinations }), fields };
		} catch (cause) {
			const { code, error: sentence } = describe(cause);
			return { result: failure(signOutCode(code), { url: here, error: sentence }), fields };
		}
	};

	async function run(
		event: GuardianRequestEvent | null,
		options: SignOutOptions
	): Promise<SignOutResult> {
		const target = checkOptions(options);
		const place = event
			? { url: new URL(event.request.url), here: pageOf(event) }
			: { url: NOWHERE, here: site.page('signedOut') };
		const destinations = site.destinations(options.callbackUrl, place);
		if (event !== null && !mayAct(event.request)) {
			return failure('cross_site', { url: destinations.here });
		}
		const browser = browserFor(event, options.cookies);
		return finish(event, { target, browser, destinations });
	}

	function browserFor(event: GuardianRequestEvent | null, cookies: CookieJar | undefined): Browser {
		if (event !== null) return browsers.of(event, cookies);
		if (cookies !== undefined) return browsers.ofCookies(cookies);
		throw new GuardianError(
			'invalid_options',
			'signOut() was called outside a request. Pass the cookies: signOut({ cookies }).'
		);
	}

	function signOut(options: SignOutOptions = {}): Promise<never> & Promise<SignOutResult> {
		const event = currentEvent();
		const result = run(event, options);
		const outcome = options.redirect === false ? result : result.then(leave);
		// boundary: which of the two it is depends on `redirect`, as the overloads say.
		return outcome as Promise<never> & Promise<SignOutResult>;
	}

	function leave(result: SignOutResult): never {
		if (!result.ok && result.code !== 'no_session') error(statusOf(result.code), result.error);
		redirect(303, result.url, { external: [...settings.redirectOrigins] });
	}

	return { signOut, postedSignOut };
}

function checkOptions(options: SignOutOptions): Ending['target'] {
	const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
	if (unknown !== undefined) {
		throw new GuardianError(
			'invalid_options',
			`signOut() has no option \`${unknown}\`. It takes: ${OPTIONS.join(', ')}. Nothing was ended.`
		);
	}
	if (!['boolean', 'undefined'].includes(typeof options.redirect)) {
		throw new GuardianError('invalid_options', '`redirect` is true or false. Nothing was ended.');
	}
	return readTarget(options);
}
