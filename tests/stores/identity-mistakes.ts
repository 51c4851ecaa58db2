import { setImmediate as later } from 'node:timers/promises';
import type { IdentityRow, UserStore } from '../../src/stores/contract.js';
import type { Mistake } from './broken.js';

const insertMistakes: Mistake[] = [
	[
		'users.insert() forgets the identity',
		({ users }) => ({ users: { insert: (user) => users.insert(user) } }),
		/what insert\(\) was given, column by column/
	],
	[
		'users.insert() adds the user although the account is taken',
		({ users }) => ({
			users: {
				async insert(user, identity) {
					const answer = await users.insert(user, identity);
					if (answer === 'identity_taken') await users.insert(user);
					return answer;
				}
			}
		}),
		/'identity_taken' must write neither/
	],
	[
		'users.insert() adds the user first, and the identity in another step',
		({ users }) => ({
			users: {
				async insert(user, identity) {
					const answer = await users.insert(user);
					if (answer !== 'ok' || !identity) return answer;
					await later();
					if ((await users.link(identity)) === 'ok') return 'ok';
					await users.delete(user.id);
					return 'identity_taken';
				}
			}
		}),
		/resolve to 'identity_taken' then/
	],
	[
		'users.insert() adds the identity although the e-mail is taken',
		({ users }) => {
			const stray = new Set<string>();
			return {
				users: {
					async insert(user, identity) {
						if (identity && stray.has(identity.accountId)) return 'identity_taken';
						const answer = await users.insert(user, identity);
						if (identity && answer === 'email_taken') stray.add(identity.accountId);
						return answer;
					}
				}
			};
		},
		/e-mail and account at the provider are free/
	],
	[
		'users.insert() adds the identity to the user who has the id already',
		({ users }) => ({
			users: {
				async insert(user, identity) {
					if (identity && (await users.byId(user.id))) await users.link(identity);
					return users.insert(user, identity);
				}
			}
		}),
		/and nobody else/
	],
	[
		'users.insert() looks for the account, waits, and then writes',
		({ users }) => ({
			users: {
				async insert(user, identity) {
					const owner = identity && (await users.byIdentity(identity.provider, identity.accountId));
					if (owner) return 'identity_taken';
					await later();
					const answer = await users.insert(user, identity);
					return answer === 'identity_taken' ? users.insert(user) : answer;
				}
			}
		}),
		/exactly one of many have an account/
	]
];

const readMistakes: Mistake[] = [
	[
		'byIdentity() ignores case',
		({ users }) => ({
			users: {
				byIdentity: async (provider, accountId) =>
					(await users.byIdentity(provider, accountId)) ??
					(await users.byIdentity(provider.toLowerCase(), accountId.toLowerCase()))
			}
		}),
		/byIdentity\(\) has to compare both texts exactly/
	],
	[
		'provider and account run into each other',
		({ users }) => ({ users: joined(users, ({ provider, accountId }) => provider + accountId) }),
		/byIdentity\(\) has to compare both texts exactly/
	],
	[
		'byIdentity() hides the password hash',
		({ users }) => ({
			users: {
				async byIdentity(provider, accountId) {
					const user = await users.byIdentity(provider, accountId);
					return user && { ...user, passwordHash: null };
				}
			}
		}),
		/whose account it is, with every column/
	],
	[
		'identities() has the newest first',
		({ users }) => ({
			users: { identities: async (userId) => (await users.identities(userId)).reverse() }
		}),
		/the oldest first/
	]
];

const linkMistakes: Mistake[] = [
	[
		"link() takes somebody else's account",
		({ users }) => ({
			users: {
				async link(identity) {
					const owner = await users.byIdentity(identity.provider, identity.accountId);
					if (owner && owner.id !== identity.userId) await users.delete(owner.id);
					return users.link(identity);
				}
			}
		}),
		/belongs to somebody else/
	],
	[
		'link() refuses what the user has already',
		({ users }) => ({
			users: {
				async link(identity) {
					const owner = await users.byIdentity(identity.provider, identity.accountId);
					return owner ? 'identity_taken' : users.link(identity);
				}
			}
		}),
		/for an account that the user has already/
	],
	[
		'link() to an unknown user is fine',
		({ users }) => ({
			users: {
				async link(identity) {
					const answer = await users.link(identity);
					return answer === 'not_found' ? 'ok' : answer;
				}
			}
		}),
		/'not_found' when there is no such user/
	],
	[
		'link() looks for the owner, waits, and then says ok',
		({ users }) => ({
			users: {
				async link(identity) {
					const owner = await users.byIdentity(identity.provider, identity.accountId);
					if (owner && owner.id !== identity.userId) return 'identity_taken';
					await later();
					const answer = await users.link(identity);
					return answer === 'identity_taken' ? 'ok' : answer;
				}
			}
		}),
		/exactly one of many concurrent users/
	]
];

const unlinkMistakes: Mistake[] = [
	[
		'unlink() removes the last way in',
		({ users }) => ({ users: { unlink: (...given) => unlinkAnyway(users, ...given) } }),
		/'last_way_in' without a password/
	],
	[
		'unlink() counts a second account at the provider as another way in',
		({ users }) => ({
			users: {
				async unlink(userId, provider) {
					const several = (await users.identities(userId)).length > 1;
					return several ? unlinkAnyway(users, userId, provider) : users.unlink(userId, provider);
				}
			}
		}),
		/'last_way_in' without a password/
	],
	[
		'unlink() does not count a password',
		({ users }) => ({
			users: {
				async unlink(userId, provider) {
					const last = (await users.identities(userId)).length === 1;
					return last ? 'last_way_in' : users.unlink(userId, provider);
				}
			}
		}),
		/a password is all that is left/
	],
	[
		'unlink() looks for another way in, waits, and then removes',
		({ users }) => ({
			users: {
				async unlink(userId, provider) {
					const all = await users.identities(userId);
					await later();
					return all.some((identity) => identity.provider !== provider)
						? unlinkAnyway(users, userId, provider)
						: users.unlink(userId, provider);
				}
			}
		}),
		/look for another way in and to remove in one transaction/
	],
	[
		'unlink() says that it removed and did not',
		({ users }) => ({
			users: {
				async unlink(userId, provider) {
					const there = (await users.identities(userId)).some((one) => one.provider === provider);
					return there ? 'ok' : 'not_found';
				}
			}
		}),
		/remove all of the user's identities at the provider/
	],
	[
		'unlink() of what is not linked is fine',
		({ users }) => ({
			users: {
				async unlink(userId, provider) {
					const answer = await users.unlink(userId, provider);
					return answer === 'not_found' ? 'ok' : answer;
				}
			}
		}),
		/'not_found' when the user has no identity/
	],
	[
		'delete() leaves the identities behind',
		({ users }) => {
			const left = new Map<string, IdentityRow[]>();
			return {
				users: {
					async delete(id) {
						left.set(id, await users.identities(id));
						return users.delete(id);
					},
					async insert(user, identity) {
						const answer = await users.insert(user, identity);
						for (const row of left.get(user.id) ?? []) await users.link(row);
						return answer;
					}
				}
			};
		},
		/must not find the old identities again/
	]
];

export const identityMistakes: Mistake[] = [
	...insertMistakes,
	...readMistakes,
	...linkMistakes,
	...unlinkMistakes
];

/** Gives the user a password for as long as it takes. */
async function unlinkAnyway(
	users: UserStore,
	userId: string,
	provider: string
): ReturnType<UserStore['unlink']> {
	const passwordHash = (await users.byId(userId))?.passwordHash ?? null;
	await users.update(userId, { passwordHash: 'for the moment' });
	const answer = await users.unlink(userId, provider);
	await users.update(userId, { passwordHash });
	return answer;
}

/** Looks accounts up by one text made of both. */
function joined(
	users: UserStore,
	keyOf: (account: Pick<IdentityRow, 'provider' | 'accountId'>) => string
): Pick<UserStore, 'insert' | 'link' | 'byIdentity'> {
	const owners = new Map<string, string>();
	const note = (identity: IdentityRow) => owners.set(keyOf(identity), identity.userId);
	return {
		async insert(user, identity) {
			const answer = await users.insert(user, identity);
			if (identity && answer === 'ok') note(identity);
			return answer;
		},
		async link(identity) {
			const answer = await users.link(identity);
			if (answer === 'ok') note(identity);
			return answer;
		},
		byIdentity: async (provider, accountId) =>
			users.byId(owners.get(keyOf({ provider, accountId })) ?? '')
	};
}
