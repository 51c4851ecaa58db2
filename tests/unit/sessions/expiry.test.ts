import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLifetimes } from '../../../src/sessions/lifetimes.js';
import { toSession } from '../../../src/sessions/session.js';
import { toUser } from '../../../src/users/user.js';
import { DAY, IDLE, MAX_AGE, MINUTE, START, setUp, stores } from './support.js';

beforeEach(() => {
	vi.useFakeTimers({ now: START });
});
afterEach(() => vi.useRealTimers());

const ACTIVE = { activity: true };
const PASSIVE = { activity: false };

describe.each(stores)('with the %s store', (_, create) => {
	async function withSession(options: { maxAge?: number; idleTimeout?: number } = {}) {
		const { database, sessions, addUser, open } = setUp({ database: create(), ...options });
		const id = await open(await addUser('ada'));
		const readAt = (time: number, options: { activity: boolean }) => {
			vi.setSystemTime(time);
			return sessions.read([id], options);
		};
		const lastActiveAt = async () => (await database.sessions.read(id))?.session.lastActiveAt;
		return { database, sessions, id, readAt, lastActiveAt };
	}

	test.each([ACTIVE, PASSIVE])('an unused session ends to the millisecond (%j)', async (how) => {
		const { readAt } = await withSession();
		expect(await readAt(START + IDLE - 1, PASSIVE)).not.toBeNull();
		expect(await readAt(START + IDLE, how)).toBeNull();
	});

	test('a session that was idle too long is removed and stays ended', async () => {
		const { database, id, readAt } = await withSession();
		await readAt(START + IDLE, ACTIVE);
		expect(await database.sessions.read(id)).toBeNull();
		expect(await readAt(START + 1, ACTIVE)).toBeNull();
	});

	test('use moves the end, to the millisecond', async () => {
		const { readAt } = await withSession();
		await readAt(START + DAY, ACTIVE);
		expect(await readAt(START + DAY + IDLE - 1, PASSIVE)).not.toBeNull();
		expect(await readAt(START + DAY + IDLE, ACTIVE)).toBeNull();
	});

	test('activity is written exactly five minutes after the last one, not before', async () => {
		const { readAt, lastActiveAt } = await withSession();

		await readAt(START + 5 * MINUTE - 1, ACTIVE);
		expect(await lastActiveAt()).toBe(START);

		const reading = await readAt(START + 5 * MINUTE, ACTIVE);
		expect(await lastActiveAt()).toBe(START + 5 * MINUTE);
		expect(reading?.session.lastActiveAt).toBe(START + 5 * MINUTE);

		await readAt(START + 10 * MINUTE - 1, ACTIVE);
		expect(await lastActiveAt()).toBe(START + 5 * MINUTE);
		await readAt(START + 10 * MINUTE, ACTIVE);
		expect(await lastActiveAt()).toBe(START + 10 * MINUTE);
	});

	test('with a short idle time activity is written every tenth of it', async () => {
		const { readAt, lastActiveAt } = await withSession({ idleTimeout: 10 * MINUTE });
		await readAt(START + MINUTE - 1, ACTIVE);
		expect(await lastActiveAt()).toBe(START);
		await readAt(START + MINUTE, ACTIVE);
		expect(await lastActiveAt()).toBe(START + MINUTE);
	});

	test('asking without using never counts as activity', async () => {
		const { readAt, lastActiveAt } = await withSession();
		for (let day = 1; day < 7; day++) await readAt(START + day * DAY, PASSIVE);
		expect(await lastActiveAt()).toBe(START);
		expect(await readAt(START + IDLE, PASSIVE)).toBeNull();
	});

	test('a session in constant use ends exactly at its greatest age', async () => {
		const { readAt } = await withSession();
		for (let day = 1; day < 30; day++) {
			expect(await readAt(START + day * DAY, ACTIVE)).not.toBeNull();
		}
		expect(await readAt(START + MAX_AGE - 1, ACTIVE)).not.toBeNull();
		expect(await readAt(START + MAX_AGE, ACTIVE)).toBeNull();
	});

	test('an expired session is not listed', async () => {
		const { sessions, id } = await withSession();
		vi.setSystemTime(START + IDLE - 1);
		expect((await sessions.list('ada')).map((row) => row.id)).toEqual([id]);
		vi.setSystemTime(START + IDLE);
		expect(await sessions.list('ada')).toEqual([]);
	});

	test('ending an expired session counts it as not live', async () => {
		const { sessions, id } = await withSession();
		vi.setSystemTime(START + IDLE);
		expect(await sessions.end({ ids: [id] })).toMatchObject([{ id, live: false }]);
	});

	test('what apps see as its end is the earlier of the two limits', async () => {
		const { readAt } = await withSession();
		const shown = async (time: number) => {
			const reading = await readAt(time, ACTIVE);
			if (reading === null) throw new Error('The session has ended.');
			const { session, user } = reading;
			return toSession(createLifetimes(MAX_AGE, IDLE), session, toUser(user)).expiresAt;
		};
		expect(await shown(START)).toEqual(new Date(START + IDLE));
		for (let day = 5; day < 25; day += 5) await readAt(START + day * DAY, ACTIVE);
		expect(await shown(START + 25 * DAY)).toEqual(new Date(START + MAX_AGE));
	});
});
