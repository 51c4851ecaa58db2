/** How the SQLite store comes to its file: late, politely, and with errors that name the fix. */
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../../src/stores/contract.js';
import { sqlite } from '../../src/stores/sqlite.js';
import { alive, annNow, annSignedIn, folder, meddle, session, started, user } from './support.js';

const misconfigured = (message: string | RegExp) =>
	expect.objectContaining({
		name: 'GuardianError',
		code: 'invalid_config',
		message: expect.stringMatching(message)
	});

/** A store that is closed after the test. */
function store(source: string | DatabaseSync): Database {
	const database = sqlite(source);
	onTestFinished(() => database.close?.());
	return database;
}

describe('sqlite(path)', () => {
	it('touches nothing before the first call', async () => {
		const file = join(folder(), 'guardian.db');
		const database = store(file);
		expect(existsSync(file)).toBe(false);
		expect(await database.users.byId('ann')).toBeNull();
		expect(existsSync(file)).toBe(true);
	});

	it('keeps sessions for the next process', async () => {
		const { file, database } = await annSignedIn();
		await database.close?.();
		expect(await annNow(store(file))).toEqual([['one', 'three', 'two'], 0]);
	});

	it('works again after close()', async () => {
		const { database } = await annSignedIn();
		await database.close?.();
		expect(await annNow(database)).toEqual([['one', 'three', 'two'], 0]);
	});

	it('writes ahead, so that readers and a writer do not wait for each other', async () => {
		const { file } = await annSignedIn();
		const other = new DatabaseSync(file);
		expect(other.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
		other.close();
	});

	it.each(['file:', 'file://'])('takes a %s address', async (scheme) => {
		const file = join(folder(), 'guardian.db');
		await store(scheme + file).users.insert(user('ann'));
		expect(await store(file).users.byId('ann')).toEqual(user('ann'));
	});

	it.each(['memory:', ':memory:'])('keeps %s apart from every other', async (source) => {
		const database = store(source);
		await database.users.insert(user('ann'));
		expect(await database.users.byId('ann')).toEqual(user('ann'));
		expect(await store(source).users.byId('ann')).toBeNull();
	});

	it.each(['', '  ', 'postgres://localhost/app', 'sqlite:guardian.db'])(
		'refuses %o at once',
		(source) => {
			expect(() => sqlite(source)).toThrow(misconfigured(/guardian\.db/));
		}
	);

	it('names a folder that is missing, and works once it is there', async () => {
		const missing = join(folder(), 'data');
		for (const source of [
			join(missing, 'guardian.db'),
			`file:${missing}/guardian.db?cache=private`
		]) {
			const database = store(source);
			const complaint = misconfigured(`the folder ${missing} does not exist`);
			await expect(database.users.byId('ann')).rejects.toEqual(complaint);
			mkdirSync(missing);
			expect(await database.users.insert(user('ann'))).toBe('ok');
			await database.close?.();
			rmSync(missing, { recursive: true });
		}
	});

	it('says so when the path cannot be opened as a file', async () => {
		const path = folder();
		const database = store(path);
		await expect(database.users.byId('ann')).rejects.toEqual(misconfigured('cannot be opened'));
	});

	it('leaves a file of another kind as it is, and works once that is gone', async () => {
		const file = join(folder(), 'guardian.db');
		writeFileSync(file, 'Notes to myself. '.repeat(1000));
		const database = store(file);
		const complaint = misconfigured('is not an SQLite database');
		await expect(database.users.byId('ann')).rejects.toEqual(complaint);
		rmSync(file);
		expect(await database.users.insert(user('ann'))).toBe('ok');
	});

	it('says so when it may not write', async () => {
		const file = join(folder(), 'guardian.db');
		writeFileSync(file, '');
		const database = store(`file:${file}?mode=ro`);
		await expect(database.users.byId('ann')).rejects.toEqual(misconfigured('cannot be written to'));
	});

	it('rejects writes to a file that may only be read, and goes on reading', async () => {
		const { file } = await annSignedIn();
		const database = store(`file:${file}?mode=ro`);
		await expect(database.sessions.end({ userId: 'ann' }, alive)).rejects.toThrow('readonly');
		expect(await annNow(database)).toEqual([['one', 'three', 'two'], 0]);
	});

	it('refuses tables made by a newer version, and leaves them alone', async () => {
		const { file, database } = await annSignedIn();
		await database.close?.();
		meddle(file, 'INSERT INTO guardian_schema (version) VALUES (2)');
		const complaint = misconfigured('of version 2; .* up to version 1');
		await expect(database.sessions.read('one')).rejects.toEqual(complaint);

		meddle(file, 'DELETE FROM guardian_schema WHERE version = 2');
		expect(await annNow(database)).toEqual([['one', 'three', 'two'], 0]);
	});

	it('waits while another process is busy with the new file', async () => {
		const file = join(folder(), 'guardian.db');
		await started('hold-lock.js', file, '100');
		expect(await store(file).users.insert(user('ann'))).toBe('ok');
	});

	it('is set up once by many processes that start at the same time', async () => {
		const file = join(folder(), 'guardian.db');
		const names = ['ann', 'bob', 'cy', 'dee'];
		const children = await Promise.all(names.map((name) => started('sign-up.js', file, name)));
		const answers = children.map((child) => once(child, 'message'));
		for (const child of children) child.send('go');
		expect((await Promise.all(answers)).flatMap(([answer]) => answer)).toEqual(
			names.map(() => 'ok')
		);
		for (const name of names) expect((await store(file).users.byId(name))?.id).toBe(name);
	}, 30_000);
});

describe('sqlite(database)', () => {
	it("lives beside the app's own tables, and changes no setting", async () => {
		const app = new DatabaseSync(join(folder(), 'app.db'), { enableForeignKeyConstraints: false });
		app.exec('CREATE TABLE notes (text); PRAGMA user_version = 42');
		const database = store(app);
		await database.users.insert(user('ann'));

		expect(app.prepare('PRAGMA user_version').get()).toEqual({ user_version: 42 });
		expect(app.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'delete' });
		expect(app.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 0 });
		expect(app.prepare('PRAGMA busy_timeout').get()).toEqual({ timeout: 0 });
		const tables = app.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
		expect(tables.map(({ name }) => name).sort()).toEqual([
			'guardian_identities',
			'guardian_marks',
			'guardian_schema',
			'guardian_sessions',
			'guardian_users',
			'notes'
		]);
		app.close();
	});

	it('stays open when the store is closed', async () => {
		const app = new DatabaseSync(':memory:');
		const database = sqlite(app);
		await database.users.insert(user('ann'));
		await database.close?.();
		expect(app.isOpen).toBe(true);
		expect(await database.users.byId('ann')).toEqual(user('ann'));
	});

	it("never writes inside the app's transaction, which could be rolled back", async () => {
		const app = new DatabaseSync(':memory:');
		app.exec('CREATE TABLE notes (text)');
		const database = sqlite(app);
		await database.users.insert(user('ann'));
		await database.sessions.insert(session('one'), { epoch: 0, alive });

		app.exec(`BEGIN; INSERT INTO notes VALUES ('mine')`);
		await expect(database.sessions.end({ ids: ['one'] }, alive)).rejects.toThrow('transaction');
		await expect(database.sessions.touch('one', 5000, alive)).rejects.toThrow('transaction');
		app.exec('COMMIT');
		expect(app.prepare('SELECT text FROM notes').all()).toEqual([{ text: 'mine' }]);
		expect(await database.sessions.end({ ids: ['one'] }, alive)).toHaveLength(1);
	});

	it('rejects every call when its file is replaced, since it is not ours to open again', async () => {
		const file = join(folder(), 'app.db');
		const app = new DatabaseSync(file);
		const database = sqlite(app);
		await database.users.insert(user('ann'));
		rmSync(file);
		await store(file).users.insert(user('bob'));
		await expect(database.users.byId('ann')).rejects.toThrow('replaced');
		await expect(database.users.byId('ann')).rejects.toThrow('replaced');
		app.close();
	});
});
