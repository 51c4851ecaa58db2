/**
 * What a store must do. Times are milliseconds since the Unix epoch, as `Date.now()` gives them.
 * A method that resolves has done what it says; one that could not, or cannot tell, rejects.
 */

/** One signed-in state. The token that opens it is not here: `id` is its SHA-256. */
export interface SessionRow {
	/** 64 lower-case hex digits. */
	id: string;
	userId: string;
	/** The user's epoch when this session was authenticated; valid only while the two are equal. */
	epoch: number;
	createdAt: number;
	lastActiveAt: number;
	/** Id of the provider that signed the user in, such as `password`. */
	provider: string;
	/** When the user last proved who they are. */
	authTime: number;
	userAgent: string | null;
	ip: string | null;
	/** Shared by all accounts of one browser. */
	browserKey: string | null;
	/** `iss`, `sub`, `sid` and `iat` of the id token that opened this session (OpenID Connect Core). */
	issuer: string | null;
	subject: string | null;
	sid: string | null;
	tokenIssuedAt: number | null;
	/** The provider's tokens of this very session, encrypted. */
	sealedTokens: string | null;
}

export interface UserRow {
	id: string;
	/** Normalised and unique. */
	email: string | null;
	name: string | null;
	image: string | null;
	emailVerified: boolean;
	/** The app's own data, as JSON text. */
	data: string;
	passwordHash: string | null;
	/** Starts at 0; raised when all of the user's sessions end. */
	epoch: number;
	createdAt: number;
	disabledAt: number | null;
}

/** A user's link to a provider: whoever signs in there as that account is that user. */
export interface IdentityRow {
	/** Id of the provider, such as `github`. */
	provider: string;
	/** The provider's own id of the account: `sub` in OpenID Connect. */
	accountId: string;
	userId: string;
	createdAt: number;
}

/** A user as read with a session: without the password hash. */
export type SessionUser = Omit<UserRow, 'passwordHash'>;

/**
 * When a session counts as live: created and last active after these moments, and of the user's
 * current epoch.
 */
export interface Alive {
	createdAfter: number;
	activeAfter: number;
}

/** Which sessions to end. */
export type EndWhere =
	/** These; with `userId` only those of them that belong to that user. */
	| { ids: readonly string[]; userId?: string }
	/** All of a user's, but `except`: raises the epoch, and re-stamps the one that stays. */
	| { userId: string; except?: string }
	| { browserKey: string }
	| { issuer: string; sid: string }
	/** Those whose id token was issued at `notAfter` or before. */
	| { issuer: string; subject: string; notAfter: number };

/** A session that has ended, and whether it was live until then. */
export interface Ended {
	id: string;
	userId: string;
	provider: string;
	live: boolean;
}

/** Some of the sessions that matched have ended, others may not have. */
export class PartialEnd extends Error {
	override readonly name = 'PartialEnd';
	readonly ended: readonly Ended[];

	constructor(ended: readonly Ended[], cause: unknown) {
		super('Some of the sessions could not be ended', { cause });
		this.ended = ended;
	}
}

export interface SessionStore {
	/**
	 * Adds a session if the user's epoch still is `epoch`, and ends those named in `replaces` (ids
	 * unknown to the store are passed over) in the same transaction. Resolves to what was replaced,
	 * or to `null` when the epoch has moved on or the user is gone; then nothing was written.
	 */
	insert(
		row: SessionRow,
		options: { epoch: number; replaces?: readonly string[]; alive: Alive }
	): Promise<Ended[] | null>;
	/** One session with its user, in one query; also when expired or of an old epoch. */
	read(id: string): Promise<{ session: SessionRow; user: SessionUser } | null>;
	/**
	 * Moves `lastActiveAt` forward to `at` if the session is there and alive. Never adds a row, never
	 * moves backwards. Resolves to whether it wrote.
	 */
	touch(id: string, at: number, alive: Alive): Promise<boolean>;
	/**
	 * Ends every session that matches, in one transaction however many they are, and resolves to
	 * those it ended. Rejects when one that matches is still there afterwards; a store that cannot do
	 * it in one transaction rejects with a {@link PartialEnd} that names those that did end.
	 */
	end(where: EndWhere, alive: Alive): Promise<Ended[]>;
	/** The user's live sessions, the last active first. */
	list(userId: string, alive: Alive): Promise<SessionRow[]>;
	/** Removes sessions that are no longer alive, `limit` at most, and resolves to how many. */
	deleteExpired(alive: Alive, limit: number): Promise<number>;
}

/** The columns of a user that may change. */
export type UserPatch = Partial<
	Pick<
		UserRow,
		'email' | 'name' | 'image' | 'emailVerified' | 'data' | 'passwordHash' | 'disabledAt'
	>
>;

export interface UserStore {
	/**
	 * Adds a user and, in the same transaction, its first identity. Writes nothing when the address,
	 * or the account at the provider, belongs to somebody; `'identity_taken'` when both do, so that
	 * of two first sign-ins at the same time the later one can look for the user again.
	 */
	insert(user: UserRow, identity?: IdentityRow): Promise<'ok' | 'email_taken' | 'identity_taken'>;
	byId(id: string): Promise<UserRow | null>;
	byEmail(email: string): Promise<UserRow | null>;
	byIdentity(provider: string, accountId: string): Promise<UserRow | null>;
	/** The user's identities, the oldest first. */
	identities(userId: string): Promise<IdentityRow[]>;
	/**
	 * Adds an identity; `'ok'` too when that very user has it already. `'not_found'` when there is no
	 * such user.
	 */
	link(identity: IdentityRow): Promise<'ok' | 'identity_taken' | 'not_found'>;
	/**
	 * Removes the user's identities at a provider, unless nothing would be left to sign in with: no
	 * password and no other identity.
	 */
	unlink(userId: string, provider: string): Promise<'ok' | 'not_found' | 'last_way_in'>;
	/** Writes just the given columns. */
	update(id: string, patch: UserPatch): Promise<'ok' | 'not_found' | 'email_taken'>;
	/** Adds one to the user's epoch and resolves to the new value; `null` when there is no such user. */
	raiseEpoch(id: string): Promise<number | null>;
	/**
	 * Removes the user and, with it, its identities and every session it has left. Resolves to whether
	 * it was there.
	 */
	delete(id: string): Promise<boolean>;
}

/** Small counters that forget themselves: attempt limits, things seen once. */
export interface MarkStore {
	/**
	 * Adds `by` to the counter and resolves to its new value, atomically. A counter that is not there
	 * starts at 0 and lives for `ttl` seconds from then; later bumps do not prolong it.
	 */
	bump(key: string, ttl: number, by?: number): Promise<number>;
	/** Removes counters whose time is over, `limit` at most, and resolves to how many. */
	deleteExpired(limit: number): Promise<number>;
}

/** A complete store. */
export interface Database {
	sessions: SessionStore;
	users: UserStore;
	marks: MarkStore;
	/** Lets go of files and connections. */
	close?(): Promise<void>;
}
