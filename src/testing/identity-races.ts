import type { Database, IdentityRow, UserRow } from '../stores/contract.js';
import { conformanceCase } from './conformance-case.js';
import { same } from './expect.js';
import { identityRow, someone, userRow } from './rows.js';

const twenty = Array.from({ length: 20 }, (_, index) => index);
const account = { provider: 'github', accountId: 'account' };

export const identityRaceCases = [
	conformanceCase('of twenty first sign-ins with one account, one adds a user', (database) =>
		race(database, () => userRow())
	),

	conformanceCase('it is the account that counts when they share an e-mail, too', (database) =>
		race(database, () => userRow({ email: 'ann@example.com' }))
	),

	conformanceCase('of twenty users who link one account at once, one gets it', async (database) => {
		const users = await Promise.all(twenty.map(() => someone(database)));
		const rows = users.map(({ id }) => identityRow({ ...account, userId: id }));
		const answers = await Promise.all(rows.map((row) => database.users.link(row)));
		oneOk(answers, 'link() has to let exactly one of many concurrent users have an account.');
		await onlyWinner(database, rows, answers);
	}),

	conformanceCase('of two unlinks of the last two ways in, one is refused', async (database) => {
		const { users } = database;
		for (const round of twenty) {
			const user = await someone(database);
			const providers = round % 2 === 0 ? ['github', 'google'] : ['google', 'github'];
			for (const provider of ['github', 'google']) {
				await users.link(identityRow({ userId: user.id, provider }));
			}
			const answers = await Promise.all(
				providers.map((provider) => users.unlink(user.id, provider))
			);
			same(
				[answers.sort(), (await users.identities(user.id)).length],
				[['last_way_in', 'ok'], 1],
				'unlink() has to look for another way in and to remove in one transaction: one has to stay.'
			);
		}
	}),

	conformanceCase('no link outlives the user it races the removal of', async (database) => {
		const { users } = database;
		for (const round of twenty) {
			const user = await someone(database);
			const row = identityRow({ userId: user.id });
			const link = () => users.link(row);
			const remove = () => users.delete(user.id);
			await Promise.all(round % 2 === 0 ? [link(), remove()] : [remove(), link()]);
			await someone(database, user);
			same(
				await users.identities(user.id),
				[],
				'link() has to look for the user and to write in one transaction: it must not outlive delete().'
			);
		}
	})
];

/** Many requests find the account unknown, and each adds a user for it. */
async function race(database: Database, newUser: () => UserRow): Promise<void> {
	const signUps = twenty.map(() => {
		const user = newUser();
		return { user, identity: identityRow({ ...account, userId: user.id }) };
	});
	const answers = await Promise.all(
		signUps.map(({ user, identity }) => database.users.insert(user, identity))
	);
	oneOk(
		answers,
		"insert() has to let exactly one of many have an account, and to tell the others 'identity_taken'."
	);
	const rows = signUps.map(({ identity }) => identity);
	await onlyWinner(database, rows, answers);
	const added = await Promise.all(signUps.map(({ user }) => database.users.byId(user.id)));
	same(
		added.filter((user) => user !== null).length,
		1,
		'Of many concurrent inserts with one account, just the one that got it may add its user.'
	);
}

function oneOk(answers: string[], sentence: string): void {
	const expected = [...Array<string>(answers.length - 1).fill('identity_taken'), 'ok'];
	same([...answers].sort(), expected, sentence);
}

async function onlyWinner(
	{ users }: Database,
	rows: IdentityRow[],
	answers: string[]
): Promise<void> {
	const winner = rows[answers.indexOf('ok')];
	const owner = await users.byIdentity(account.provider, account.accountId);
	const all = await Promise.all(rows.map(({ userId }) => users.identities(userId)));
	same(
		[owner?.id, all.flat()],
		[winner?.userId, [winner]],
		"An account that many wanted has to belong to the one who was told 'ok', and to nobody else."
	);
}
