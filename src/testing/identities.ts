import type { Database, IdentityRow, UserRow } from '../stores/contract.js';
import { conformanceCase } from './conformance-case.js';
import { belongsTo, hasIdentities, rejects, same } from './expect.js';
import { ago, identityRow, someone, someoneBy, userRow } from './rows.js';
import { awkwardTexts, lookalikes } from './texts.js';

const [text, ...others] = lookalikes;

export const identityCases = [
	conformanceCase('a user comes with a first identity, and is found by it', async (database) => {
		const ann = await someoneBy(database, { createdAt: ago(7) }, { passwordHash: 'hash' });
		const bob = await someone(database);
		await hasIdentities(
			database,
			ann.user,
			[ann.identity],
			'identities() has to return what insert() was given, column by column.'
		);
		await hasIdentities(database, bob, [], 'identities() of a user without any is empty.');
		await belongsTo(database, ann.identity, ann.user);
	}),

	conformanceCase('accounts at providers are told apart exactly', async (database) => {
		const { user } = await someoneBy(database, { provider: text, accountId: text });
		await database.users.link(identityRow({ userId: user.id, provider: 'ab', accountId: 'c' }));
		const apart = [
			{ provider: 'a', accountId: 'bc' },
			{ provider: 'c', accountId: 'ab' },
			...others.map((provider) => ({ provider, accountId: text })),
			...others.map((accountId) => ({ provider: text, accountId }))
		];
		for (const { provider, accountId } of apart) {
			same(
				await database.users.byIdentity(provider, accountId),
				null,
				'byIdentity() has to compare both texts exactly, and to resolve to null for unknown ones.'
			);
		}
		for (const other of apart) await someoneBy(database, other);
	}),

	conformanceCase('any text of an identity comes back as it was', async (database) => {
		for (const text of awkwardTexts) {
			const ann = await someoneBy(database, { provider: text, accountId: text });
			await hasIdentities(
				database,
				ann.user,
				[ann.identity],
				'The text columns of an identity have to hold any Unicode text, unchanged and whole.'
			);
			await belongsTo(database, ann.identity, ann.user);
		}
	}),

	conformanceCase(
		'a changed identity in the hands of the caller changes nothing',
		async (database) => {
			const ann = await someone(database);
			const given = identityRow({ userId: ann.id });
			const identity = { ...given };
			await database.users.link(given);
			given.userId = 'eve';
			const [found] = await database.users.identities(ann.id);
			if (found) found.userId = 'eve';
			await hasIdentities(
				database,
				ann,
				[identity],
				'The store has to keep and hand out copies of identities, so that nobody changes them from outside.'
			);
		}
	),

	conformanceCase('an account at a provider belongs to one user', async (database) => {
		const ann = await someoneBy(database);
		const stranger = userRow();
		await refused(database, stranger, { ...ann.identity, userId: stranger.id }, 'identity_taken');
		await belongsTo(database, ann.identity, ann.user);
	}),

	conformanceCase('a taken e-mail keeps the identity out as well', async (database) => {
		const ann = await someoneBy(database);
		const stranger = userRow({ email: ann.user.email });
		const identity = identityRow({ userId: stranger.id });
		await refused(database, stranger, identity, 'email_taken');
		await belongsTo(database, identity, null);
		await someoneBy(database, { provider: identity.provider, accountId: identity.accountId });
	}),

	conformanceCase(
		"an account that is taken counts before the e-mail's being so",
		async (database) => {
			const ann = await someoneBy(database);
			const again = userRow({ email: ann.user.email });
			await refused(database, again, { ...ann.identity, userId: again.id }, 'identity_taken');
		}
	),

	conformanceCase('a user who cannot be added leaves no identity behind', async (database) => {
		const ann = await someone(database);
		const identity = identityRow({ userId: ann.id });
		await rejects(
			database.users.insert(userRow({ id: ann.id, email: null }), identity),
			'users.insert() of an id that is in use has to reject, with an identity, too.'
		);
		await belongsTo(database, identity, null);
		await hasIdentities(database, ann, [], 'An insert() that rejects must not add its identity.');
	})
];

async function refused(
	{ users }: Database,
	user: UserRow,
	identity: IdentityRow,
	answer: 'email_taken' | 'identity_taken'
): Promise<void> {
	same(
		await users.insert(user, identity),
		answer,
		`users.insert() has to resolve to '${answer}' then.`
	);
	same(
		[await users.byId(user.id), await users.identities(user.id)],
		[null, []],
		`An insert() that resolves to '${answer}' must write neither the user nor the identity.`
	);
}
