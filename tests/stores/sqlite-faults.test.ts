/** What the SQLite store says when its file does not do what it should. Every fault is real. */
import { once } from 'node:events';
import { renameSync, rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Database, EndWhere } from '../../src/stores/contract.js';
import { sqlite } from '../../src/stores/sqlite.js';
import { alive, annNow, annSignedIn, meddle, session, started, user } from './support.js';

const everyWhere: EndWhere[] = [
	{ ids: ['one', 'two', 'three'] },
	{ ids: ['one', 'two', 'three'], userId: 'ann' },
	{ userId: 'ann' },
	{ userId: 'ann', except: 'one' },
	{ browserKey: 'browser' },
	{ issuer: 'https://id.example', sid: 'sid' },
	{ issuer: 'https://id.example', subject: 'subject', notAfter: 3000 }
];

const unavailable = expect.objectContaining({ code: 'store_unavailable' });
const asBefore = [['one', 'three', 'two'], 0];

describe('a trigger that aborts deletes', () => {
	const fault = `CREATE TRIGGER fault BEFORE DELETE ON guardian_sessions
		WHEN old.id = 'three' BEGIN SELECT RAISE(ABORT, 'not today'); END`;

	it.each(everyWhere)('makes end(%o) reject, with nothing changed', async (where) => {
		const { file, database } = await annSignedIn();
		meddle(file, fault);
		await expect(database.sessions.end(where, alive)).rejects.toThrow('not today');
		expect(await annNow(database)).toEqual(asBefore);

		meddle(file, 'DROP TRIGGER fault');
		const ended = await database.sessions.end(where, alive);
		expect(ended).toHaveLength('except' in where ? 2 : 3);
	});
});

describe('a trigger that lets deletes fail in silence', () => {
	const fault = `CREATE TRIGGER fault BEFORE DELETE ON guardian_sessions
		WHEN old.id = 'three' BEGIN SELECT RAISE(IGNORE); END`;

	it.each(everyWhere)('makes end(%o) reject, with nothing changed', async (where) => {
		const { file, database } = await annSignedIn();
		meddle(file, fault);
		await expect(database.sessions.end(where, alive)).rejects.toEqual(unavailable);
		expect(await annNow(database)).toEqual(asBefore);
	});

	it('makes a sign-in that replaces the session reject, without a new session', async () => {
		const { file, database } = await annSignedIn();
		meddle(file, fault);
		const insert = database.sessions.insert(session('four'), {
			epoch: 0,
			replaces: ['one', 'three'],
			alive
		});
		await expect(insert).rejects.toEqual(unavailable);
		expect(await annNow(database)).toEqual(asBefore);
	});

	it('makes the removal of the user reject, with nothing changed', async () => {
		const { file, database } = await annSignedIn();
		meddle(file, fault);
		await expect(database.users.delete('ann')).rejects.toEqual(unavailable);
		expect(await annNow(database)).toEqual(asBefore);
	});
});

describe('a trigger that lets other writes fail in silence', () => {
	const ignore = (write: string): string =>
		`CREATE TRIGGER fault BEFORE ${write} BEGIN SELECT RAISE(IGNORE); END`;

	const cases: [write: string, call: string, (database: Database) => Promise<unknown>][] = [
		[
			'INSERT ON guardian_sessions',
			'sessions.insert()',
			({ sessions }) => sessions.insert(session('four'), { epoch: 0, replaces: ['one'], alive })
		],
		[
			'UPDATE ON guardian_sessions',
			'sessions.end() of the others',
			({ sessions }) => sessions.end({ userId: 'ann', except: 'one' }, alive)
		],
		[
			'UPDATE ON guardian_users',
			'sessions.end() of all',
			({ sessions }) => sessions.end({ userId: 'ann' }, alive)
		],
		['UPDATE ON guardian_users', 'users.raiseEpoch()', ({ users }) => users.raiseEpoch('ann')],
		[
			'UPDATE ON guardian_users',
			'users.update()',
			({ users }) => users.update('ann', { name: 'Ann' })
		],
		['INSERT ON guardian_users', 'users.insert()', ({ users }) => users.insert(user('bob'))],
		['DELETE ON guardian_users', 'users.delete()', ({ users }) => users.delete('ann')],
		['INSERT ON guardian_marks', 'marks.bump()', ({ marks }) => marks.bump('key', 60)]
	];

	it.each(cases)('%s: %s rejects, with nothing changed', async (write, _, call) => {
		const { file, database } = await annSignedIn();
		meddle(file, ignore(write));
		await expect(call(database)).rejects.toEqual(unavailable);
		expect(await annNow(database)).toEqual(asBefore);

		meddle(file, 'DROP TRIGGER fault');
		await expect(call(database)).resolves.toEqual(expect.anything());
	});

	it('UPDATE ON guardian_sessions: sessions.touch() says that it did not write', async () => {
		const { file, database } = await annSignedIn();
		meddle(file, ignore('UPDATE ON guardian_sessions'));
		expect(await database.sessions.touch('one', 5000, alive)).toBe(false);
	});
});

describe('a table that is taken away', () => {
	const calls: [name: string, (database: Database) => Promise<unknown>][] = [
		['read', ({ sessions }) => sessions.read('one')],
		['list', ({ sessions }) => sessions.list('ann', alive)],
		['touch', ({ sessions }) => sessions.touch('one', 5000, alive)],
		['insert', ({ sessions }) => sessions.insert(session('four'), { epoch: 0, alive })],
		['end', ({ sessions }) => sessions.end({ userId: 'ann' }, alive)],
		['deleteExpired', ({ sessions }) => sessions.deleteExpired(alive, 10)]
	];
	const away = 'ALTER TABLE guardian_sessions RENAME TO elsewhere';
	const back = 'ALTER TABLE elsewhere RENAME TO guardian_sessions';

	it.each(calls)('makes %s reject until it is back', async (_, call) => {
		const { file, database } = await annSignedIn();
		meddle(file, away);
		await expect(call(database)).rejects.toThrow('no such table');
		await expect(call(database)).rejects.toThrow('no such table');

		meddle(file, back);
		expect(await annNow(database)).toEqual(asBefore);
		await expect(call(database)).resolves.toEqual(expect.anything());
	});

	it('is missed by a store that is opened meanwhile, which then works', async () => {
		const { file } = await annSignedIn();
		meddle(file, away);
		const late = sqlite(file);
		await expect(late.sessions.read('one')).rejects.toThrow('no such table');

		meddle(file, back);
		expect(await annNow(late)).toEqual(asBefore);
		await late.close?.();
	});
});

describe('a lock held by another process', () => {
	it('lets reads pass and makes writes reject, soon and with nothing changed', async () => {
		const { file, database } = await annSignedIn();
		const other = await started('hold-lock.js', file);

		const before = performance.now();
		await expect(database.sessions.end({ userId: 'ann' }, alive)).rejects.toThrow('locked');
		expect(performance.now() - before).toBeLessThan(2000);
		expect(await annNow(database)).toEqual(asBefore);

		other.send('let go');
		await once(other, 'exit');
		expect(await database.sessions.end({ userId: 'ann' }, alive)).toHaveLength(3);
	});

	it('does not keep a store from being opened for reading', async () => {
		const { file } = await annSignedIn();
		await started('hold-lock.js', file);
		const late = sqlite(file);
		expect(await annNow(late)).toEqual(asBefore);
		await late.close?.();
	});
});

describe('a file that is', () => {
	it('moved away makes every call reject until it is back', async () => {
		const { file, database } = await annSignedIn();
		renameSync(file, `${file}.away`);
		await expect(database.sessions.end({ ids: ['one'] }, alive)).rejects.toEqual(unavailable);
		await expect(database.sessions.read('one')).rejects.toThrow('deleted or moved away');

		renameSync(`${file}.away`, file);
		expect(await annNow(database)).toEqual(asBefore);
	});

	it('moved away makes reads reject within a tenth of a second', async () => {
		const { file, database } = await annSignedIn();
		await database.sessions.read('one');
		renameSync(file, `${file}.away`);
		await setTimeout(100);
		await expect(database.sessions.read('one')).rejects.toThrow('deleted or moved away');
	});

	it('deleted is never made anew in silence', async () => {
		const { file, database } = await annSignedIn();
		rmSync(file);
		for (const where of everyWhere) {
			await expect(database.sessions.end(where, alive)).rejects.toEqual(unavailable);
		}
		await expect(database.users.insert(user('bob'))).rejects.toEqual(unavailable);
	});

	it('replaced makes one call reject, and then the new one counts', async () => {
		const { file, database } = await annSignedIn();
		const next = sqlite(`${file}.next`);
		await next.users.insert({ ...user('ann'), epoch: 7 });
		await next.close?.();
		for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true });
		renameSync(`${file}.next`, file);

		await expect(database.sessions.end({ ids: ['one'] }, alive)).rejects.toThrow('replaced');
		expect(await annNow(database)).toEqual([[], 7]);
	});
});
