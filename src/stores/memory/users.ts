import type { UserRow, UserStore } from '../contract.js';
import { patched } from '../patch.js';
import { memoryIdentities } from './identities.js';
import { identityKey, type Tables } from './tables.js';

export function memoryUsers(tables: Tables): UserStore {
	const { users, identities, sessions } = tables;
	const ownerOf = (email: string | null): UserRow | undefined =>
		email === null ? undefined : [...users.values()].find((user) => user.email === email);

	return {
		...memoryIdentities(tables),

		async insert(user, identity) {
			if (users.has(user.id)) throw new Error('There is a user with this id already.');
			if (identity && identities.has(identityKey(identity))) return 'identity_taken';
			if (ownerOf(user.email)) return 'email_taken';
			users.set(user.id, { ...user });
			if (identity) identities.set(identityKey(identity), { ...identity });
			return 'ok';
		},

		async byId(id) {
			const user = users.get(id);
			return user ? { ...user } : null;
		},

		async byEmail(email) {
			const user = ownerOf(email);
			return user ? { ...user } : null;
		},

		async update(id, patch) {
			const user = users.get(id);
			if (!user) return 'not_found';
			const next = patched(user, patch);
			const owner = ownerOf(next.email);
			if (owner && owner.id !== id) return 'email_taken';
			users.set(id, next);
			return 'ok';
		},

		async raiseEpoch(id) {
			const user = users.get(id);
			if (!user) return null;
			const epoch = user.epoch + 1;
			users.set(id, { ...user, epoch });
			return epoch;
		},

		async delete(id) {
			for (const session of sessions.values()) {
				if (session.userId === id) sessions.delete(session.id);
			}
			for (const [key, { userId }] of identities) {
				if (userId === id) identities.delete(key);
			}
			return users.delete(id);
		}
	};
}
