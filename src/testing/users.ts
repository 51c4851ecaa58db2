import type { Database, UserPatch, UserRow } from '../stores/contract.js';
import { conformanceCase } from './conformance-case.js';
import { gone, rejects, same, untouched } from './expect.js';
import { alive, sessionRow, signedIn, someone, userRow } from './rows.js';
import { awkwardTexts, freeTexts } from './texts.js';

const everyColumn = {
	email: 'ann@example.com',
	name: 'Ann',
	image: 'https://example.com/ann.png',
	emailVerified: true,
	data: '{"plan":"pro","größe":1}',
	passwordHash: '$argon2id$v=19$hash',
	disabledAt: 1_700_000_000_123
} satisfies UserPatch;

const nothing = {
	email: null,
	name: null,
	image: null,
	emailVerified: false,
	data: '{}',
	passwordHash: null,
	disabledAt: null
} satisfies UserPatch;

export const userCases = [
	conformanceCase('a user is found by id and by e-mail, column by column', async (database) => {
		const ann = await someone(database, { ...everyColumn, epoch: 3 });
		const nameless = await someone(database, nothing);
		await stored(database, [ann, nameless], 'has to return every column as it was inserted');
		same(
			await database.users.byEmail('ann@example.com'),
			ann,
			'byEmail() has to find the user whose e-mail it is, with every column.'
		);
	}),

	conformanceCase('any text of a user comes back as it was', async (database) => {
		const unchanged = 'has to hold any Unicode text, unchanged and whole';
		for (const text of awkwardTexts) {
			await stored(database, [await someone(database, { id: text, email: text })], unchanged);
		}
		for (const text of freeTexts) {
			const columns = { name: text, image: text, passwordHash: text, data: JSON.stringify(text) };
			await stored(database, [await someone(database, columns)], unchanged);
		}
	}),

	conformanceCase('unknown users are not found', async ({ users }) => {
		await users.insert(userRow({ id: 'ann', email: 'ann@example.com' }));
		await users.insert(userRow({ email: null }));
		const found = [
			await users.byId('ANN'),
			await users.byId('ann '),
			await users.byEmail('ANN@example.com'),
			await users.byEmail('ann@example.com '),
			await users.byEmail('_nn@example.com'),
			await users.byEmail('')
		];
		same(
			found.filter((user) => user !== null).length,
			0,
			'byId() and byEmail() have to compare exactly, and to resolve to null when nobody is found.'
		);
	}),

	conformanceCase('an e-mail belongs to one user', async (database) => {
		const ann = await someone(database, { email: 'ann@example.com' });
		const second = userRow({ email: 'ann@example.com' });
		same(
			await database.users.insert(second),
			'email_taken',
			"insert() has to resolve to 'email_taken' when the e-mail belongs to somebody."
		);
		same(
			await database.users.byId(second.id),
			null,
			"An insert() that resolves to 'email_taken' must not write anything."
		);
		await stored(database, [ann], 'has to stay as it was when another insert() is refused');
	}),

	conformanceCase('of twenty who take one e-mail at once, one gets it', async ({ users }) => {
		const answers = await Promise.all(
			Array.from({ length: 20 }, () => users.insert(userRow({ email: 'ann@example.com' })))
		);
		same(
			answers.filter((answer) => answer === 'ok').length,
			1,
			'insert() has to let exactly one of many concurrent inserts have an e-mail.'
		);
	}),

	conformanceCase('an id of a user is used once', async (database) => {
		const ann = await someone(database);
		await rejects(
			database.users.insert(userRow({ id: ann.id, email: 'other@example.com' })),
			'users.insert() of an id that is in use has to reject; it never overwrites.'
		);
		await stored(database, [ann], 'has to stay as it was when its id is inserted again');
	}),

	conformanceCase('a change writes just the given columns', async (database) => {
		for (const [before, patch] of [
			[nothing, everyColumn],
			[everyColumn, nothing]
		] as const) {
			let user = await someone(database, { ...before, epoch: 2 });
			const other = await someone(database, { name: 'Bob' });
			for (const [column, value] of Object.entries<string | number | boolean | null>(patch)) {
				same(
					await database.users.update(user.id, { [column]: value }),
					'ok',
					"update() has to resolve to 'ok' when it wrote."
				);
				user = { ...user, [column]: value };
				await stored(database, [user, other], `has to change in ${column} only, after update()`);
			}
			await database.users.update(user.id, { email: null });
		}
	}),

	conformanceCase('changes at the same time do not undo each other', async (database) => {
		const user = await someone(database, { name: null, image: null });
		await Promise.all([
			database.users.update(user.id, { name: 'Ann' }),
			database.users.raiseEpoch(user.id),
			database.users.update(user.id, { image: 'ann.png' }),
			database.users.raiseEpoch(user.id)
		]);
		await stored(
			database,
			[{ ...user, name: 'Ann', image: 'ann.png', epoch: 2 }],
			'has to carry every one of several changes made at the same time'
		);
	}),

	conformanceCase('a change of e-mail keeps it unique', async (database) => {
		const ann = await someone(database, { email: 'ann@example.com' });
		const bob = await someone(database, { email: 'bob@example.com' });
		const { users } = database;
		same(
			await users.update(bob.id, { email: 'ann@example.com', name: 'Ann too' }),
			'email_taken',
			"update() has to resolve to 'email_taken' when the e-mail belongs to somebody else."
		);
		await stored(database, [ann, bob], 'has to stay as it was when update() is refused');
		same(
			[
				await users.update(bob.id, { email: 'bob@example.com' }),
				await users.update(ann.id, { email: null }),
				await users.update(bob.id, { email: 'ann@example.com' })
			],
			['ok', 'ok', 'ok'],
			"update() has to accept the user's own e-mail and one that has become free."
		);
		same(
			[(await users.byEmail('ann@example.com'))?.id, await users.byEmail('bob@example.com')],
			[bob.id, null],
			'byEmail() has to follow a change of e-mail.'
		);
	}),

	conformanceCase('there is no changing a user who is not there', async ({ users }) => {
		same(
			await users.update('nobody', { name: 'Ann' }),
			'not_found',
			"update() has to resolve to 'not_found' for an unknown user."
		);
		same(await users.raiseEpoch('nobody'), null, 'raiseEpoch() of an unknown user is null.');
		same(await users.delete('nobody'), false, 'delete() of an unknown user is false.');
		same(await users.byId('nobody'), null, 'Changing an unknown user must not add one.');
	}),

	conformanceCase('the epoch goes up by one each time', async (database) => {
		const user = await someone(database);
		const other = await someone(database);
		const epochs = await Promise.all(
			Array.from({ length: 20 }, () => database.users.raiseEpoch(user.id))
		);
		same(
			epochs.map(Number).sort((a, b) => a - b),
			Array.from({ length: 20 }, (_, index) => index + 1),
			'raiseEpoch() has to add one, atomically, and to resolve to the new value.'
		);
		await stored(database, [{ ...user, epoch: 20 }, other], 'has to keep its own epoch');
	}),

	conformanceCase('a user goes with every session, and nobody else does', async (database) => {
		const [ann, bob] = [await someone(database), await someone(database)];
		const hers = [await signedIn(database, ann), await signedIn(database, ann)];
		const his = await signedIn(database, bob);
		same(await database.users.delete(ann.id), true, 'delete() of a user who is there is true.');
		same(await database.users.byId(ann.id), null, 'delete() has to remove the user.');
		await gone(database, hers, "delete() of a user has to remove all of the user's sessions.");
		await untouched(database, [his], 'delete() of a user must not remove sessions of others.');
		same(
			await database.sessions.insert(sessionRow({ userId: ann.id }), { epoch: 0, alive }),
			null,
			'sessions.insert() has to resolve to null once the user is deleted.'
		);
		await someone(database, ann);
		await gone(
			database,
			hers,
			'A deleted user who is added again must not find the old sessions again.'
		);
	})
];

async function stored({ users }: Database, rows: UserRow[], promise: string): Promise<void> {
	for (const row of rows) same(await users.byId(row.id), row, `A user ${promise}.`);
}
