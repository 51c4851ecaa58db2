/** The server's `signIn` and `signUp`. */
import type { Settings } from '../config.js';
import { GuardianError, type ErrorCode } from '../errors.js';
import type { Opened, SignIn, Visitor } from '../sign-in/sign-in.js';
import type { CookieJar, GuardianRequestEvent, SignInResult } from '../types.js';
import type { Browser } from './browser.js';
import { currentEvent, type Browsers } from './browsers.js';
import { leaveSignedIn, withError, type Attempt, type Entrance } from './entrance.js';
import type { PostedProviderSignIn } from './provider-sign-in.js';
import type { Site } from './site.js';

export interface SignInOptions {
	email?: unknown;
	password?: unknown;
	/**
	 * For other providers than `password`: what a Credentials provider asks for, or what is passed on
	 * to an OAuth or OIDC provider (`prompt`, `login_hint`, `max_age`, `ui_locales`).
	 */
	fields?: Readonly<Record<string, string>>;
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
	(provider: string, options?: SignInOptions & { redirect?: true }): Promise<never>;
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
	core: SignIn;
	providers: PostedProviderSignIn;
	entrance: Entrance;
	browsers: Browsers;
	site: Site;
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
	const { settings, core, providers, entrance, browsers, site } = parts;

	const toSignUp = (code: ErrorCode, { target }: Attempt): string =>
		withError(site.page('signUp'), code, target);

	const enter =
		(isNew: boolean, open: (fields: SignUpOptions, visitor: Visitor) => Promise<Opened>) =>
		(event: GuardianRequestEvent, browser: Browser, read: ReadFields): Promise<SignInResult> =>
			entrance.attempt(
				event,
				browser,
				async (attempt) => {
					const fields = await read();
					attempt.target = site.callbackUrl(fields.callbackUrl, attempt.url);
					const opened = await open(fields, browser.visitor);
					return entrance.admit(browser, { opened, isNew }, attempt);
				},
				isNew ? { back: toSignUp } : {}
			);

	const postedSignIn: PostedSignIn = {
		signIn: enter(false, ({ email, password }, visitor) =>
			core.withPassword({ email, password }, visitor)
		),
		signUp: enter(true, ({ email, password, name }, visitor) =>
			core.signUp({ email, password, name }, visitor)
		)
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
		const outcome =
			options.redirect === false
				? result
				: result.then((entered) => leaveSignedIn(entered, settings));
		// boundary: which of the two it is depends on `redirect`, as the overloads say.
		return outcome as Promise<never> & Promise<SignInResult>;
	}

	function signInWith(
		id: string,
		options: SignInOptions,
		event: GuardianRequestEvent,
		browser: Browser
	): Promise<SignInResult> {
		if (id === settings.password?.id)
			return postedSignIn.signIn(event, browser, async () => options);
		const provider = settings.providers.find((known) => known.id === id);
		if (provider !== undefined) {
			const fields = { ...options.fields, callbackUrl: options.callbackUrl };
			return providers.signIn(provider, event, browser, async () => fields);
		}
		const known = [settings.password, ...settings.providers].flatMap((one) => one?.id ?? []);
		throw new GuardianError(
			'invalid_options',
			`There is no provider ${JSON.stringify(id)}. Those in \`providers\` are: ${known.join(', ')}.`
		);
	}

	return {
		postedSignIn,
		signIn: (provider: string, options: SignInOptions = {}) =>
			run(options, async (event, browser) => signInWith(provider, options, event, browser)),
		signUp: (options: SignUpOptions) =>
			run(options, (event, browser) => postedSignIn.signUp(event, browser, async () => options))
	};
}
