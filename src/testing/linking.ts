import { conformanceCase } from './conformance-case.js';
import { belongsTo, hasIdentities, same } from './expect.js';
import { ago, identityRow, someone, someoneBy } from './rows.js';
import { lookalikes } from './texts.js';

const [text, ...others] = lookalikes;

export const linkingCases = [
	conformanceCase('linking adds one more way to sign in', async (database) => {
		const { user, identity } = await someoneBy(database, { createdAt: ago(5) });
		const older = identityRow({ userId: user.id, createdAt: ago(9) });
		const newer = identityRow({ userId: user.id, provider: older.provider, createdAt: ago(1) });
		for (const row of [newer, older]) {
			same(await database.users.link(row), 'ok', "link() has to resolve to 'ok' when it added.");
			await belongsTo(database, row, user);
		}
		await hasIdentities(
			database,
			user,
			[older, identity, newer],
			'identities() has to return all of them, the oldest first.'
		);
	}),

	conformanceCase('linking what is linked already changes nothing', async (database) => {
		const { user, identity } = await someoneBy(database, { createdAt: ago(5) });
		same(
			await database.users.link({ ...identity, createdAt: ago(1) }),
			'ok',
			"link() has to resolve to 'ok' for an account that the user has already."
		);
		await hasIdentities(database, user, [identity], 'A link() of what is there must not write.');
	}),

	conformanceCase("linking never takes somebody else's account", async (database) => {
		const ann = await someoneBy(database);
		const bob = await someoneBy(database);
		same(
			await database.users.link({ ...ann.identity, userId: bob.user.id }),
			'identity_taken',
			"link() has to resolve to 'identity_taken' when the account belongs to somebody else."
		);
		await belongsTo(database, ann.identity, ann.user);
		await hasIdentities(database, bob.user, [bob.identity], 'A refused link() must not write.');
	}),

	conformanceCase('there is no linking to a user who is not there', async (database) => {
		const identity = identityRow({ userId: 'nobody' });
		same(
			await database.users.link(identity),
			'not_found',
			"link() has to resolve to 'not_found' when there is no such user."
		);
		const nobody = await someone(database, { id: 'nobody' });
		await hasIdentities(database, nobody, [], "A link() that is 'not_found' must not write.");
	}),

	conformanceCase("unlinking removes the user's accounts at one provider", async (database) => {
		const { users } = database;
		const [ann, bob] = [
			await someoneBy(database, { provider: text }),
			await someoneBy(database, { provider: text })
		];
		const second = identityRow({ userId: ann.user.id, provider: text });
		const kept = others.map((provider, index) =>
			identityRow({ userId: ann.user.id, provider, createdAt: index })
		);
		for (const row of [second, ...kept]) await users.link(row);
		same(await users.unlink(ann.user.id, text), 'ok', "unlink() is 'ok' when it removed.");
		await hasIdentities(
			database,
			ann.user,
			kept,
			"unlink() has to remove all of the user's identities at the provider, and no others."
		);
		await belongsTo(database, ann.identity, null);
		await belongsTo(database, second, null);
		await belongsTo(database, bob.identity, bob.user);
		same(
			await users.link({ ...second, userId: bob.user.id }),
			'ok',
			'link() has to accept an account that unlink() has set free.'
		);
	}),

	conformanceCase('there is no unlinking what is not linked', async (database) => {
		const ann = await someoneBy(database, { provider: text });
		const bob = await someone(database, { passwordHash: 'hash' });
		const attempts = [
			[bob.id, text],
			['nobody', text],
			...others.map((provider) => [ann.user.id, provider] as const)
		] as const;
		for (const [userId, provider] of attempts) {
			same(
				await database.users.unlink(userId, provider),
				'not_found',
				"unlink() has to resolve to 'not_found' when the user has no identity at the provider."
			);
		}
		await belongsTo(database, ann.identity, ann.user);
	}),

	conformanceCase('the last way in stays', async (database) => {
		const { users } = database;
		const { user, identity } = await someoneBy(database, { provider: text, createdAt: ago(2) });
		const second = identityRow({ userId: user.id, provider: text, createdAt: ago(1) });
		await users.link(second);
		same(
			await users.unlink(user.id, text),
			'last_way_in',
			"unlink() has to resolve to 'last_way_in' without a password and without another provider; a second account at the same one would go, too."
		);
		await hasIdentities(
			database,
			user,
			[identity, second],
			"An unlink() that is 'last_way_in' must not remove anything."
		);
	}),

	conformanceCase('with a password the last identity may go', async (database) => {
		const { user, identity } = await someoneBy(database, {}, { passwordHash: 'hash' });
		same(
			await database.users.unlink(user.id, identity.provider),
			'ok',
			'unlink() has to accept that a password is all that is left.'
		);
		await hasIdentities(database, user, [], 'unlink() has to remove the identity.');
	}),

	conformanceCase('a user goes with every identity, and nobody else does', async (database) => {
		const [ann, bob] = [await someoneBy(database), await someoneBy(database)];
		const second = identityRow({ userId: ann.user.id });
		await database.users.link(second);
		await database.users.delete(ann.user.id);
		await belongsTo(database, ann.identity, null);
		await belongsTo(database, bob.identity, bob.user);
		const again = await someone(database, ann.user);
		await hasIdentities(
			database,
			again,
			[],
			'A deleted user who is added again must not find the old identities again.'
		);
		same(
			await database.users.link({ ...second, userId: bob.user.id }),
			'ok',
			'delete() has to set the accounts of the user free.'
		);
	})
];
