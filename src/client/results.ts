import type { ErrorCode } from '../errors.js';
import type { SignInResult, SignOutResult, SignOutScope } from '../types.js';

/**
 * Why no answer of ours came: `offline` when the browser says that it has no connection, otherwise
 * `network`, also when something between answered instead, such as a proxy with a page of its own.
 */
export type NoAnswerCode = 'network' | 'offline';

/** Every code a client function can report. */
export type ClientErrorCode = ErrorCode | NoAnswerCode;

/** Stands in for an answer that did not come. The server may have acted all the same. */
export interface NoAnswer {
	ok: false;
	/** The page one is on. */
	url: string;
	/** One sentence for people, naming the HTTP status if there was one. */
	error: string;
	code: NoAnswerCode;
}

/**
 * What {@link signOut} resolves to: the server's {@link SignOutResult}, or that no answer came. Then
 * nobody knows whether the sign-out happened: `signedOut` is false, and `error` says so.
 *
 * @example
 * ```ts
 * import type { ClientSignOutResult } from 'svelte-guardian/client';
 *
 * export const toast = (result: ClientSignOutResult) =>
 * 	result.ok ? `Signed out of ${result.revoked} sessions` : result.error;
 * ```
 */
export type ClientSignOutResult = SignOutResult | (NoAnswer & NothingEnded);

/** What is known to have ended when no answer came. */
export interface NothingEnded {
	signedOut: false;
	revoked: 0;
	pending: false;
}

/**
 * What {@link signIn} and {@link signUp} resolve to: the server's {@link SignInResult}, or that no
 * answer came.
 *
 * @example
 * ```ts
 * import type { ClientSignInResult } from 'svelte-guardian/client';
 *
 * export const message = (result: ClientSignInResult) =>
 * 	result.code === 'rate_limited' ? `Try again in ${result.retryAfter} s` : result.error;
 * ```
 */
export type ClientSignInResult =
	SignInResult | (NoAnswer & { session?: undefined; retryAfter?: undefined });

/**
 * Which sessions to end: by scope, all of one's own, or one given. Two of them contradict, and a
 * `sessionId` that may be undefined is refused: it would sign out this browser instead.
 */
export type SignOutTarget =
	| { scope?: SignOutScope | undefined; allSessions?: undefined; sessionId?: undefined }
	| { allSessions: boolean; scope?: undefined; sessionId?: undefined }
	| { sessionId: string; scope?: undefined; allSessions?: undefined };
