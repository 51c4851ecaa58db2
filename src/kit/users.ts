/** The users as server code of the app works with them. */
import { GuardianError } from '../errors.js';
import type { SignIn } from '../sign-in/sign-in.js';
import type { UserRow } from '../stores/contract.js';
import type { SignOutResult, User } from '../types.js';
import type { Attempts } from '../users/attempts.js';
import type { Identities } from '../users/identities.js';
import { toUser } from '../users/user.js';
import type { NewUser, UserChanges, Users } from '../users/users.js';
import { currentEvent, type Browsers } from './browsers.js';

/** Users as the server sees them. Every method rejects with a GuardianError whose code says why. */
export interface ServerUsers {
	/**
	 * Adds a user.
	 *
	 * @throws GuardianError `invalid_request`, `weak_password`, `email_taken`, `store_unavailable`.
	 */
	create(user: NewUser): Promise<User>;
	get(id: string): Promise<User | null>;
	getByEmail(email: string): Promise<User | null>;
	/**
	 * Changes what is given and leaves the rest.
	 *
	 * @throws GuardianError `invalid_request`, `invalid_options` (no such user), `email_taken`.
	 */
	update(id: string, changes: UserChanges): Promise<void>;
	/**
	 * Sets a password and ends all of the user's sessions. In a request of that very user the browser
	 * gets a new session. For a user who changes their own password give `currentPassword`, which then
	 * has to be right; for a reset, after the app has checked who it is, leave it out.
	 *
	 * @throws GuardianError `invalid_credentials`, `weak_password`, `rate_limited`, `invalid_options`.
	 */
	setPassword(
		id: string,
		password: string,
		options?: { currentPassword?: string }
	): Promise<SignOutResult>;
	/** The providers the user can sign in with, besides a password, the oldest first. */
	identities(id: string): Promise<{ provider: string; createdAt: Date }[]>;
	/** Keeps a user from signing in, and ends all of their sessions. */
	disable(id: string): Promise<SignOutResult>;
	/** Lets a user sign in again. */
	enable(id: string): Promise<void>;
	/** Ends all sessions of a user and, once that is confirmed, removes the user. */
	delete(id: string): Promise<SignOutResult>;
}

export interface ServerUsersParts {
	users: Users;
	identities: Identities;
	attempts: Attempts;
	signIn: SignIn;
	revokeAll(userId: string): Promise<SignOutResult>;
	browsers: Browsers;
}

export function createServerUsers(parts: ServerUsersParts): ServerUsers {
	const { users, identities, attempts, signIn, revokeAll, browsers } = parts;

	async function checkCurrent(id: string, password: string, ip: string | null): Promise<void> {
		const user = await users.byId(id);
		const account = user?.email ?? '';
		const attempt = await attempts.reserve({ account, address: ip });
		if ((await users.verify(account, password))?.id !== id) {
			throw new GuardianError('invalid_credentials', 'The current password is wrong.');
		}
		await attempt.refund();
	}

	const orNull = (row: UserRow | null): User | null => row && toUser(row);

	return {
		create: async (user) => toUser(await users.create(user)),
		get: async (id) => orNull(await users.byId(id)),
		getByEmail: async (email) => orNull(await users.byEmail(email)),
		update: (id, changes) => users.update(id, changes),
		async setPassword(id, password, { currentPassword } = {}) {
			const event = currentEvent();
			const browser = event && browsers.of(event);
			if (currentPassword !== undefined) {
				await checkCurrent(id, currentPassword, browser?.visitor.ip ?? null);
			}
			const active = browser && (await browser.read());
			await users.setPassword(id, password);
			const result = await revokeAll(id);
			const user = await users.byId(id);
			if (!browser || user === null || active?.user.id !== id || !result.ok) return result;
			browser.keep(await signIn.open(user, browser.visitor));
			return { ...result, signedOut: false };
		},
		identities: async (id) =>
			(await identities.list(id)).map(({ provider, createdAt }) => ({
				provider,
				createdAt: new Date(createdAt)
			})),
		async disable(id) {
			await users.setDisabled(id, true);
			return revokeAll(id);
		},
		enable: (id) => users.setDisabled(id, false),
		async delete(id) {
			const result = await revokeAll(id);
			if (result.ok) await users.delete(id);
			return result;
		}
	};
}
