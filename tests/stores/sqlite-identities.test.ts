/** Identities in a file that does not do what it should, or that two processes write to at once. */
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Database, IdentityRow } from '../../src/stores/contract.js';
import { annSignedIn, meddle, started, user } from './support.js';

const unavailable = expect.objectContaining({
	code: 'store_unavailable',
	message: expect.stringContaining('trigger on guardian_identities')
});

const identity = (provider: string, userId = 'ann', accountId = userId): IdentityRow => ({
	provider,
	accountId,
	userId,
	createdAt: 2000
});

const both = [identity('github'), identity('google')];

/** A database file in which Ann can sign in with two providers. */
async function annLinked(): Promise<{ file: string; database: Database }> {
	const made = await annSignedIn();
	for (const row of both) await made.database.users.link(row);
	return made;
}

interface Call {
	write: 'INSERT' | 'DELETE';
	name: string;
	call: (database: Database) => Promise<unknown>;
}

describe('a trigger that lets writes of identities fail', () => {
	const calls: Call[] = [
		{ write: 'INSERT', name: 'link()', call: ({ users }) => users.link(identity('gitlab')) },
		{
			write: 'INSERT',
			name: 'insert()',
			call: ({ users }) => users.insert(user('bob'), identity('github', 'bob'))
		},
		{ write: 'DELETE', name: 'unlink()', call: ({ users }) => users.unlink('ann', 'github') },
		{ write: 'DELETE', name: 'delete()', call: ({ users }) => users.delete('ann') }
	];
	const aborted = expect.objectContaining({ message: expect.stringContaining('not today') });
	const cases = calls.flatMap((call) => [
		{ ...call, how: 'in silence', action: 'RAISE(IGNORE)', complaint: unavailable },
		{ ...call, how: 'loudly', action: `RAISE(ABORT, 'not today')`, complaint: aborted }
	]);

	it.each(cases)(
		'$how makes $name reject, with nothing changed',
		async ({ write, call, action, complaint }) => {
			const { file, database } = await annLinked();
			const { users, sessions } = database;
			meddle(
				file,
				`CREATE TRIGGER fault BEFORE ${write} ON guardian_identities BEGIN SELECT ${action}; END`
			);
			await expect(call(database)).rejects.toEqual(complaint);
			expect(await users.identities('ann')).toEqual(both);
			expect(await users.byId('ann')).toEqual(user('ann'));
			expect(await users.byId('bob')).toBeNull();
			expect((await sessions.read('one'))?.session.userId).toBe('ann');

			meddle(file, 'DROP TRIGGER fault');
			expect(await call(database)).toEqual(expect.toBeOneOf(['ok', true]));
		}
	);

	it('in silence for one of two accounts makes unlink() reject, with both still there', async () => {
		const { file, database } = await annLinked();
		const second = identity('github', 'ann', 'second');
		await database.users.link(second);
		meddle(
			file,
			`CREATE TRIGGER fault BEFORE DELETE ON guardian_identities
			WHEN old.account_id = 'second' BEGIN SELECT RAISE(IGNORE); END`
		);
		await expect(database.users.unlink('ann', 'github')).rejects.toEqual(unavailable);
		expect(await database.users.identities('ann')).toEqual([both[0], second, both[1]]);
	});
});

describe('of two processes', () => {
	/** What each answers for 0 to 19, when both do the same at the same time. */
	async function answersOf(file: string, action: string, owns: string[]): Promise<string[][]> {
		const start = (own: string) => started('identities.js', file, action, own);
		const children = await Promise.all(owns.map(start));
		const messages = children.map((child) => once(child, 'message'));
		for (const child of children) child.send('go');
		return (await Promise.all(messages)).map(([answers]) => answers);
	}

	const sorted = (all: string[][], index: number) => all.map((answers) => answers[index]).sort();

	it('that sign up with the same accounts, one gets each, and the other adds nobody', async () => {
		const { file, database } = await annSignedIn();
		const answers = await answersOf(file, 'sign up', ['x', 'y']);
		for (let index = 0; index < 20; index++) {
			expect(sorted(answers, index)).toEqual(['identity_taken', 'ok']);
			const [winner, loser] = answers[0]?.[index] === 'ok' ? ['x', 'y'] : ['y', 'x'];
			const owner = await database.users.byIdentity('github', `${index}`);
			expect(owner?.id).toBe(`${winner} ${index}`);
			expect(await database.users.byId(`${loser} ${index}`)).toBeNull();
		}
	}, 30_000);

	it('that unlink the last two ways in, one is refused each time', async () => {
		const { file, database } = await annSignedIn();
		for (let index = 0; index < 20; index++) {
			const id = `user ${index}`;
			await database.users.insert(user(id), identity('github', id));
			await database.users.link(identity('google', id));
		}
		const answers = await answersOf(file, 'unlink', ['github', 'google']);
		for (let index = 0; index < 20; index++) {
			expect(sorted(answers, index)).toEqual(['last_way_in', 'ok']);
			expect(await database.users.identities(`user ${index}`)).toHaveLength(1);
		}
	}, 30_000);
});
