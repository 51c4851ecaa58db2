/** What apps see: users, sessions, and the results of signing in and out. */
import type { ErrorCode } from './errors.js';

/**
 * Your app's own data about a user, kept as JSON in `user.data`. Give it a type by augmenting it.
 *
 * @example
 * ```ts
 * declare module 'svelte-guardian' {
 * 	interface UserData {
 * 		plan?: 'free' | 'pro';
 * 	}
 * }
 * ```
 */
export interface UserData {}

/** A person. Never holds a password hash or a token. */
export interface User {
	id: string;
	name: string | null;
	email: string | null;
	image: string | null;
	/** True only when a provider or the app said so. */
	emailVerified: boolean;
	data: UserData;
}

/** One signed-in state, with its user. Plain data: return it from a `load` function as it is. */
export interface Session {
	/** Names the session; it opens nothing. */
	id: string;
	user: User;
	/** Id of the provider that signed the user in, such as `password`. */
	provider: string;
	createdAt: Date;
	lastActiveAt: Date;
	/** When it ends if it is not used any more: the idle or the absolute limit, whichever is first. */
	expiresAt: Date;
	/** When the user last proved who they are. */
	authTime: Date;
}

/** One row of a user's list of sessions. */
export interface SessionInfo {
	id: string;
	/** Whether this is the session of the request that asked. */
	current: boolean;
	provider: string;
	createdAt: Date;
	lastActiveAt: Date;
	expiresAt: Date;
	userAgent: string | null;
	ip: string | null;
}

/** Whom a sign-out reaches. */
export type SignOutScope =
	/** The active session. */
	| 'session'
	/** Every account signed in in this browser. */
	| 'browser'
	/** The active user's sessions elsewhere. */
	| 'others'
	/** Every session of the active user. */
	| 'all';

/** The codes a sign-out can answer with on the server. */
export type SignOutErrorCode = Extract<
	ErrorCode,
	| 'invalid_request'
	| 'invalid_options'
	| 'no_session'
	| 'forbidden'
	| 'cross_site'
	| 'too_large'
	| 'store_unavailable'
	| 'partially_revoked'
>;

/**
 * What a sign-out did. `ok` is true only when the store confirmed every end.
 *
 * - `signedOut`: this browser's active session has ended, or there was none.
 * - `revoked`: how many unexpired sessions this call ended.
 * - `url`: where to go next.
 * - `pending`: the end is not confirmed yet and will be carried out as soon as the store answers.
 */
export type SignOutResult =
	| {
			ok: true;
			signedOut: boolean;
			revoked: number;
			url: string;
			error?: undefined;
			code?: undefined;
			pending?: undefined;
	  }
	| {
			ok: false;
			signedOut: boolean;
			revoked: number;
			url: string;
			/** One sentence for people. */
			error: string;
			code: SignOutErrorCode;
			pending: boolean;
	  };

/** The codes a sign-in or sign-up can answer with on the server. */
export type SignInErrorCode = Exclude<
	ErrorCode,
	'no_session' | 'invalid_config' | 'partially_revoked'
>;

/** What a sign-in or sign-up did. With `session: null` the user has to go to `url` to go on. */
export type SignInResult =
	| { ok: true; url: string; session: Session | null; error?: undefined; code?: undefined }
	| {
			ok: false;
			url: string;
			session?: undefined;
			error: string;
			code: SignInErrorCode;
			/** Seconds to wait, for `rate_limited`. */
			retryAfter?: number;
	  };

/** Why sessions ended: a person asked for it in their browser, or server code did. */
export type SignOutReason = 'user' | 'server';

/** What `events` may listen to. A listener gets one second; its failure is logged and changes nothing. */
export interface GuardianEvents {
	afterSignIn?(event: { user: User; session: Session }): unknown;
	afterSignUp?(event: { user: User; session: Session }): unknown;
	/**
	 * Called once the store has confirmed, with who it was. `session` is the session that asked, or
	 * the one that server code ended; `null` where it was "every session of a user".
	 */
	afterSignOut?(event: {
		user: User;
		session: Session | null;
		scope: SignOutScope;
		reason: SignOutReason;
		revoked: number;
	}): unknown;
}

/** The part of SvelteKit's `Cookies` that is used here; satisfied by SvelteKit 2 and 3. */
export interface CookieJar {
	get(name: string): string | undefined;
	set(name: string, value: string, options: CookieAttributes): void;
}

/** The attributes every cookie of ours is written with (RFC 6265bis). */
export interface CookieAttributes {
	path: string;
	httpOnly: boolean;
	sameSite: 'lax';
	secure: boolean;
	/** Seconds; 0 removes the cookie. */
	maxAge: number;
}

/** The part of SvelteKit's `RequestEvent` that is used here; satisfied by SvelteKit 2 and 3. */
export interface GuardianRequestEvent {
	readonly request: Request;
	readonly url: URL;
	readonly cookies: CookieJar & {
		serialize(name: string, value: string, options: CookieAttributes): string;
	};
	readonly locals: object;
	readonly route: { readonly id: string | null };
	readonly isDataRequest: boolean;
	readonly isRemoteRequest?: boolean;
	getClientAddress(): string;
}
