/** The server's `signIn` and `signUp`. */
import { redirect } from '@sveltejs/kit';
import type { Settings } from '../config.js';
import { GuardianError, statusOf } from '../errors.js';
import { tell } from '../events.js';
import type { Log } from '../log.js';
import type { Lifetimes } from '../sessions/lifetimes.js';
import { toSession } from '../sessions/session.js';
import type { Opened, SignIn, Visitor } from '../sign-in/sign-in.js';
import type {
	CookieJar,
	GuardianRequestEvent,
	Session,
	SignInErrorCode,
	SignInResult
} from '../types.js';
import { toUser } from '../users/user.js';
import type { Browser } from './browser.js';
import { currentEvent, type Browsers } from './browsers.js';
import { mayAct } from './cross-site.js';
import { describe } from './respond.js';
import type { Site } from './site.js';

export interface SignInOptions {
	email?: unknown;
	password?: unknown;
	/** Where to go next: a path, or an absolute URL on an allowed origin. Default: the app's root. */
	callbackUrl?: unknown;
	/** Whether to leave by SvelteKit's redirect (303). Default: true. */
	redirect?: boolean;
	/** Default: those of the request under way. */
	cookies?: CookieJar;
}

export type SignUpOptions = SignInOptions & { name?: unknown };

/** The server's `signIn`. */
export interface ServerSignIn {
	/**
	 * Signs a user in and leaves by a redirect (303): to the target, or back to the sign-in page with
	 * `?error=<code>`.
	 */
	(provider: string, options: SignInOptions & { redirect?: true }): Promise<never>;
	/** With `redirect: false`: signs a user in and says what came of it. Never throws for a failure. */
	(provider: string, options: SignInOptions): Promise<SignInResult>;
}

/** The server's `signUp`: as `signIn`, for a new account. */
export interface ServerSignUp {
	(options: SignUpOptions & { redirect?: true }): Promise<never>;
	(options: SignUpOptions): Promise<SignInResult>;
}

export interface ServerSignInParts {
	settings: Settings;
	lifetimes: Lifetimes;
	core: SignIn;
	browsers: Browsers;
	site: Site;
	log: Log;
	/** Throws when the app cannot keep anybody signed in, for want of a secret. */
	checkSecret(): void;
}

/** What a form or a body may say about a sign-in or a sign-up. */
export const SIGN_IN_FIELDS = ['email', 'password', 'name', 'callbackUrl'] as const;

/** Reads what was posted; may reject with a GuardianError. */
export type ReadFields = () => Promise<SignUpOptions>;

/** Signs the browser of a request in, or up. Never rejects for a sign-in that failed. */
export interface PostedSignIn {
	signIn(event: GuardianRequestEvent, browser: Browser, read: ReadFields): Promise<SignInResult>;
	signUp(event: GuardianRequestEvent, browser: Browser, read: ReadFields): Promise<SignInResult>;
}

export function createServerSignIn(parts: ServerSignInParts): {
	signIn: ServerSignIn;
	signUp: ServerSignUp;
	postedSignIn: PostedSignIn;
} {
	const { settings, lifetimes, core, browsers, site, log, checkSecret } = parts;

	async function attempt(
		event: GuardianRequestEvent,
		browser: Browser,
		{ read, open, isNew }: Attempt
	): Promise<SignInResult> {
		const url = new URL(event.request.url);
		let target: string | null = null;
		// Before anybody is let in or added, since without a cookie it would be for nothing.
		checkSecret();
		browser.checkCookies();
		try {
			if (!mayAct(event.request)) throw new GuardianError('cross_site');
			const fields = await read();
			target = site.callbackUrl(fields.callbackUrl, url);
			const opened = await open(fields, browser.visitor);
			browser.keep(opened);
			const session = await announce(opened, isNew);
			return { ok: true, url: target ?? `${site.base()}/`, session };
		} catch (cause) {
			const failed = describe(cause);
			if (statusOf(failed.code) >= 500) log(`A ${isNew ? 'sign-up' : 'sign-in'} failed`, cause);
			const back = failedUrl(site.page(isNew ? 'signUp' : 'signIn'), failed.code, target);
			// boundary: the rooms below reject with these codes alone.
			return { ok: false, url: back, ...failed, code: failed.code as SignInErrorCode };
		}
	}

	async function announce({ reading }: Opened, isNew: boolean): Promise<Session> {
		const user = toUser(reading.user);
		const session = toSession(lifetimes, reading.session, user);
		const { afterSignUp, afterSignIn } = settings.events;
		if (isNew && afterSignUp) await tell('afterSignUp', () => afterSignUp({ user, session }), log);
		if (afterSignIn) await tell('afterSignIn', () => afterSignIn({ user, session }), log);
		return session;
	}

	const postedSignIn: PostedSignIn = {
		signIn: (event, browser, read) =>
			attempt(event, browser, {
				read,
				isNew: false,
				open: ({ email, password }, visitor) => core.withPassword({ email, password }, visitor)
			}),
		signUp: (event, browser, read) =>
			attempt(event, browser, {
				read,
				isNew: true,
				open: ({ email, password, name }, visitor) =>
					core.signUp({ email, password, name }, visitor)
			})
	};

	function run(
		options: SignInOptions,
		act: (event: GuardianRequestEvent, browser: Browser) => Promise<SignInResult>
	): Promise<never> & Promise<SignInResult> {
		const event = currentEvent();
		if (event === null) {
			throw new GuardianError(
				'invalid_options',
				'signIn() and signUp() work inside a request only.'
			);
		}
		const result = act(event, browsers.of(event, options.cookies));
		const outcome = options.redirect === false ? result : result.then(leave);
		// boundary: which of the two it is depends on `redirect`, as the overloads say.
		return outcome as Promise<never> & Promise<SignInResult>;
	}

	function leave({ url }: SignInResult): never {
		redirect(303, url, { external: [...settings.redirectOrigins] });
	}

	return {
		postedSignIn,
		signIn: (provider: string, options: SignInOptions) => {
			if (provider !== settings.password?.id) {
				throw new GuardianError(
					'invalid_options',
					`There is no provider ${JSON.stringify(provider)}. Add it to \`providers\`, or write: signIn('password', { email, password })`
				);
			}
			return run(options, (event, browser) =>
				postedSignIn.signIn(event, browser, async () => options)
			);
		},
		signUp: (options: SignUpOptions) =>
			run(options, (event, browser) => postedSignIn.signUp(event, browser, async () => options))
	};
}

interface Attempt {
	read: ReadFields;
	open(fields: SignUpOptions, visitor: Visitor): Promise<Opened>;
	isNew: boolean;
}

/** Back to the form, with what went wrong and where it was to lead. */
function failedUrl(page: string, code: string, callbackUrl: string | null): string {
	const query = new URLSearchParams({ error: code, ...(callbackUrl !== null && { callbackUrl }) });
	return `${page}${page.includes('?') ? '&' : '?'}${query.toString()}`;
}
