import type { SignOutResult } from '../types.js';
import { leave } from './leave.js';
import { refresh } from './refresh.js';
import { post } from './request.js';
import type { ClientSignOutResult, NothingEnded, SignOutTarget } from './results.js';

/** What {@link signOut} takes. One of `scope`, `allSessions` and `sessionId`. */
export type ClientSignOutOptions = SignOutTarget & {
	/** Whether to leave the page once this browser is signed out. Default: true. */
	redirect?: boolean | undefined;
	/** Where to go then: a path, or a URL on an allowed origin. The server decides without it. */
	callbackUrl?: string | undefined;
};

/**
 * Ends this browser's sessions, or the ones the options name, and never rejects. Once signed out
 * it leaves the page for `callbackUrl` (with `redirect: false` it stays); otherwise, when something
 * has ended, all loaded data is refreshed before it resolves. A failure is a value to look at:
 * `ok` is true only when the server's store has confirmed every end.
 *
 * @example
 * ```ts
 * import { signOut } from 'svelte-guardian/client';
 *
 * export async function signOutElsewhere() {
 * 	const result = await signOut({ scope: 'others' });
 * 	return result.ok ? `${result.revoked} signed out` : result.error;
 * }
 * ```
 */
export async function signOut({
	redirect = true,
	...options
}: ClientSignOutOptions = {}): Promise<ClientSignOutResult> {
	const result = await requestSignOut(options);
	await goOn(result, redirect);
	return result;
}

/** Asks the server to sign out, and leaves the page as it is. */
export const requestSignOut = (
	options: SignOutTarget & { callbackUrl?: string | undefined }
): Promise<ClientSignOutResult> =>
	post<SignOutResult, NothingEnded>('signout', options, {
		signedOut: false,
		revoked: 0,
		pending: false
	});

/** Leaves, or shows what is now true. */
export async function goOn(result: ClientSignOutResult, redirect: boolean): Promise<void> {
	if (redirect && result.signedOut) leave(result.url);
	// After a failure that ended nothing there is nothing new to load, and the page keeps its state.
	else if (result.ok || result.signedOut || result.revoked) await refresh();
}
