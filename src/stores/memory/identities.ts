import type { UserStore } from '../contract.js';
import { identityKey, type Tables } from './tables.js';

type Identities = Pick<UserStore, 'byIdentity' | 'identities' | 'link' | 'unlink'>;

export function memoryIdentities({ users, identities }: Tables): Identities {
	const entriesOf = (userId: string) =>
		[...identities].filter(([, identity]) => identity.userId === userId);

	return {
		async byIdentity(provider, accountId) {
			const identity = identities.get(identityKey({ provider, accountId }));
			const user = identity && users.get(identity.userId);
			return user ? { ...user } : null;
		},

		async identities(userId) {
			return entriesOf(userId)
				.map(([, identity]) => ({ ...identity }))
				.sort((a, b) => a.createdAt - b.createdAt);
		},

		async link(identity) {
			if (!users.has(identity.userId)) return 'not_found';
			const key = identityKey(identity);
			const owner = identities.get(key)?.userId;
			if (owner === undefined) identities.set(key, { ...identity });
			return owner === undefined || owner === identity.userId ? 'ok' : 'identity_taken';
		},

		async unlink(userId, provider) {
			const all = entriesOf(userId);
			const going = all.filter(([, identity]) => identity.provider === provider);
			if (going.length === 0) return 'not_found';
			const hasPassword = typeof users.get(userId)?.passwordHash === 'string';
			if (going.length === all.length && !hasPassword) return 'last_way_in';
			for (const [key] of going) identities.delete(key);
			return 'ok';
		}
	};
}
