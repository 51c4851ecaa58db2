import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isToken, newToken, sessionIdOf } from '../../../src/sessions/token.js';
import { deletesAbort } from '../../support/faults.js';
import { breakable, IDLE, MINUTE, openingOf, setUp, START, stores } from './support.js';

beforeEach(() => {
	vi.useFakeTimers({ now: START });
});
afterEach(() => vi.useRealTimers());

const PASSIVE = { activity: false };

describe.each(stores)('with the %s store', (_, create) => {
	test('opening gives a token, and the store only what it hashes to', async () => {
		const { database, sessions, addUser } = setUp({ database: create() });
		const opened = await sessions.open(openingOf(await addUser('ada')));
		if (opened === null) throw new Error('The session was not opened.');

		expect(isToken(opened.token)).toBe(true);
		const stored = await database.sessions.read(sessionIdOf(opened.token));
		expect(stored?.session).toEqual(opened.reading.session);
		expect(JSON.stringify(stored)).not.toContain(opened.token);
	});

	test('what the browser presented ends with it, and those who listen are told', async () => {
		const { sessions, told, addUser, open } = setUp({ database: create() });
		const ada = await addUser('ada');
		const before = await open(ada);

		const after = await open(ada, { replaces: [before, sessionIdOf(newToken())] });

		expect(await sessions.read([before, after], PASSIVE)).toMatchObject({ session: { id: after } });
		expect((await sessions.list('ada')).map(({ id }) => id)).toEqual([after]);
		expect(told).toMatchObject([{ id: before, userId: 'ada', live: true }]);
	});

	test('nothing is opened, and nothing ends, when all sessions were ended on the way', async () => {
		const { database, sessions, told, addUser, open } = setUp({ database: create() });
		const ada = await addUser('ada');
		const others = await open(await addUser('eve'));
		await sessions.end({ userId: 'ada' });
		told.length = 0;

		expect(await sessions.open({ ...openingOf(ada), replaces: [others] })).toBeNull();

		expect(await sessions.list('ada')).toEqual([]);
		expect(await database.sessions.read(others)).not.toBeNull();
		expect(told).toEqual([]);
	});

	test('ending the others keeps the one, across a raised epoch', async () => {
		const { sessions, addUser, open } = setUp({ database: create() });
		const ada = await addUser('ada');
		const [mine, other] = [await open(ada), await open(ada)];

		expect(await sessions.end({ userId: 'ada', except: mine })).toMatchObject([
			{ id: other, live: true }
		]);

		expect((await sessions.read([mine], PASSIVE))?.session.id).toBe(mine);
		expect(await sessions.open(openingOf(ada))).toBeNull();
	});
});

describe('expired rows are swept when sessions are opened', () => {
	/** Leaves `count` sessions that have expired. */
	async function withExpired(count: number) {
		const { database, file } = breakable();
		const parts = setUp({ database });
		const ada = await parts.addUser('ada');
		const ids: string[] = [];
		for (let index = 0; index < count; index++) ids.push(await parts.open(ada));
		vi.setSystemTime(START + IDLE);
		const left = async () => {
			const rows = await Promise.all(ids.map((id) => parts.database.sessions.read(id)));
			return rows.filter((row) => row !== null).length;
		};
		return { ...parts, file, ada, left };
	}

	test('within an hour once', async () => {
		const { open, ada, left, database } = await withExpired(3);
		await open(ada);
		expect(await left()).toBe(0);

		const outdated = await open(ada);
		await database.users.raiseEpoch('ada');
		vi.setSystemTime(START + IDLE + 60 * MINUTE - 1);
		await open({ ...ada, epoch: 1 });
		expect(await database.sessions.read(outdated)).not.toBeNull();
		vi.setSystemTime(START + IDLE + 60 * MINUTE);
		await open({ ...ada, epoch: 1 });
		expect(await database.sessions.read(outdated)).toBeNull();
	});

	test('and again at once when there were more than one sweep takes', async () => {
		const { open, ada, left } = await withExpired(1500);
		await open(ada);
		expect(await left()).toBe(500);
		await open(ada);
		expect(await left()).toBe(0);
	});

	test('and a sweep that fails is logged and stops nobody', async () => {
		const { open, ada, file, sessions, logged } = await withExpired(1);
		deletesAbort(file);

		const id = await open(ada);

		expect((await sessions.read([id], PASSIVE))?.session.id).toBe(id);
		expect(logged).toEqual(['Expired rows could not be removed']);
	});
});
