import { postSignIn } from './post-sign-in.js';
import type { ClientSignInResult } from './results.js';

/** What {@link signIn} takes. */
export interface ClientSignInOptions {
	/** For the provider `password`. */
	email?: string | undefined;
	/** For the provider `password`. */
	password?: string | undefined;
	/**
	 * For other providers: what a Credentials provider asks for, or what is passed on to an OAuth or
	 * OIDC provider (`prompt`, `login_hint`, `max_age`, `ui_locales`).
	 */
	fields?: Readonly<Record<string, string>> | undefined;
	/** Where to go afterwards: a path, or a URL on an allowed origin. The server decides without it. */
	callbackUrl?: string | undefined;
	/** Whether to leave the page once signed in. Default: true. */
	redirect?: boolean | undefined;
}

/**
 * Signs in with a provider, named by its id, and never rejects. On success it leaves the page for
 * `url`; with `redirect: false` all loaded data is refreshed before it resolves. When the result
 * has `session: null` the user has to go to `url`, at the provider, to go on.
 *
 * @example
 * ```ts
 * import { signIn } from 'svelte-guardian/client';
 *
 * export async function submit(email: string, password: string) {
 * 	const result = await signIn('password', { email, password, callbackUrl: '/dashboard' });
 * 	return result.error;
 * }
 * ```
 */
export const signIn = (
	provider: string,
	{ fields, ...options }: ClientSignInOptions = {}
): Promise<ClientSignInResult> =>
	postSignIn(`signin/${encodeURIComponent(provider)}`, { ...fields, ...options });
