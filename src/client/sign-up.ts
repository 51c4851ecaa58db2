import { postSignIn } from './post-sign-in.js';
import type { ClientSignInResult } from './results.js';

/** What {@link signUp} takes. */
export interface ClientSignUpOptions {
	email: string;
	password: string;
	name?: string | undefined;
	/** Where to go afterwards: a path, or a URL on an allowed origin. The server decides without it. */
	callbackUrl?: string | undefined;
	/** Whether to leave the page once signed up. Default: true. */
	redirect?: boolean | undefined;
}

/**
 * Creates a user with a password, signs it in, and never rejects. On success it leaves the page for
 * `url`; with `redirect: false` all loaded data is refreshed before it resolves.
 *
 * @example
 * ```ts
 * import { signUp } from 'svelte-guardian/client';
 *
 * export async function submit(email: string, password: string) {
 * 	const result = await signUp({ email, password, redirect: false });
 * 	return result.ok ? `Welcome, ${result.session?.user.email}` : result.error;
 * }
 * ```
 */
export const signUp = (options: ClientSignUpOptions): Promise<ClientSignInResult> =>
	postSignIn('signup', options);
