import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isToken, newToken, sessionIdOf } from '../../../src/sessions/token.js';
import type { SessionStore } from '../../../src/stores/contract.js';
import { memory } from '../../../src/stores/memory.js';
import { sessionsGone } from '../../support/faults.js';
import {
	breakable,
	IDLE,
	MINUTE,
	never,
	openingOf,
	setUp,
	START,
	stores,
	withSessions
} from './support.js';

beforeEach(() => {
	vi.useFakeTimers({ now: START });
});
afterEach(() => vi.useRealTimers());

const ACTIVE = { activity: true };
const unknown = () => sessionIdOf(newToken());

describe.each(stores)('with the %s store', (_, create) => {
	test('the one live session among several cookies is used', async () => {
		const { sessions, addUser, open } = setUp({ database: create() });
		const ada = await addUser('ada');
		const expired = await open(ada);
		vi.setSystemTime(START + IDLE);
		const live = await open(ada);

		const reading = await sessions.read([unknown(), expired, live], ACTIVE);

		expect(reading?.session.id).toBe(live);
		expect(reading?.user.email).toBe('ada@example.org');
	});

	test('two live sessions count as signed out', async () => {
		const { sessions, addUser, open } = setUp({ database: create() });
		const ada = await addUser('ada');
		const ids = [await open(ada), await open(await addUser('eve'))];
		expect(await sessions.read(ids, ACTIVE)).toBeNull();
	});

	test('a session that was ended here is refused, even if the store still had it', async () => {
		const { database, sessions, addUser, open } = setUp({ database: create() });
		const id = await open(await addUser('ada'));
		const row = await database.sessions.read(id);
		if (row === null) throw new Error('The session was not stored.');
		await sessions.end({ ids: [id] });
		// A backup comes back, or a replica is late.
		const alive = { createdAfter: 0, activeAfter: 0 };
		await database.sessions.insert(row.session, { epoch: 0, alive });

		expect(await sessions.read([id], ACTIVE)).toBeNull();
		expect(sessions.refuses(id)).toBe(true);
	});

	test('a session of an earlier epoch is not valid', async () => {
		const { database, sessions, addUser, open } = setUp({ database: create() });
		const id = await open(await addUser('ada'));
		await database.users.raiseEpoch('ada');
		expect(await sessions.read([id], ACTIVE)).toBeNull();
	});

	test('a session of a disabled user is not valid', async () => {
		const { database, sessions, addUser, open } = setUp({ database: create() });
		const id = await open(await addUser('ada'));
		await database.users.update('ada', { disabledAt: START });
		expect(await sessions.read([id], ACTIVE)).toBeNull();
	});
});

test('without a session to look for the store is not asked', async () => {
	const read = vi.fn<SessionStore['read']>(never);
	const { sessions } = setUp({ database: withSessions(memory(), { read }) });
	expect(await sessions.read([], ACTIVE)).toBeNull();
	expect(read).not.toHaveBeenCalled();
});

test('activity that cannot be written is logged, and the session is valid all the same', async () => {
	const { database, file } = breakable();
	const { sessions, logged, addUser, open } = setUp({ database });
	const id = await open(await addUser('ada'));
	file.exec(`CREATE TRIGGER no_touch BEFORE UPDATE ON guardian_sessions
		BEGIN SELECT RAISE(ABORT, 'out of order'); END`);
	vi.setSystemTime(START + 5 * MINUTE);

	expect((await sessions.read([id], ACTIVE))?.session.id).toBe(id);
	expect(logged).toEqual(['Activity could not be written']);
});

test('an expired session that cannot be removed is logged, and is not valid all the same', async () => {
	const { database, file } = breakable();
	const { sessions, logged, addUser, open } = setUp({ database });
	const id = await open(await addUser('ada'));
	file.exec(`CREATE TRIGGER no_delete BEFORE DELETE ON guardian_sessions
		BEGIN SELECT RAISE(ABORT, 'out of order'); END`);
	vi.setSystemTime(START + IDLE);

	expect(await sessions.read([id], ACTIVE)).toBeNull();
	expect(logged).toEqual(['An expired session could not be removed']);
});

test('a store that fails is no answer: neither signed in nor signed out', async () => {
	const { database, file } = breakable();
	const { sessions, addUser, open } = setUp({ database });
	const id = await open(await addUser('ada'));
	const mend = sessionsGone(file);
	const failure = { name: 'GuardianError', code: 'store_unavailable' };

	await expect(sessions.read([id], ACTIVE)).rejects.toMatchObject(failure);
	await expect(sessions.find(id)).rejects.toMatchObject(failure);
	await expect(sessions.list('ada')).rejects.toMatchObject(failure);
	await expect(sessions.end({ ids: [id] })).rejects.toMatchObject(failure);

	mend();
	expect((await sessions.read([id], ACTIVE))?.session.id).toBe(id);
});

describe('a store that does not answer', () => {
	const hanging = () => {
		const silent = { insert: never, read: never, list: never, end: never };
		return setUp({ database: withSessions(memory(), silent) });
	};

	test.each([
		['reading', 2000, ({ sessions }) => sessions.read([unknown()], ACTIVE)],
		['listing', 2000, ({ sessions }) => sessions.list('ada')],
		['ending', 3000, ({ sessions }) => sessions.end({ ids: [unknown()] })],
		[
			'opening',
			3000,
			async ({ sessions, addUser }) => sessions.open(openingOf(await addUser('ada')))
		]
	] satisfies [string, number, (parts: ReturnType<typeof hanging>) => Promise<unknown>][])(
		'is given up on: %s after %i ms',
		async (_, limit, call) => {
			const outcome = call(hanging()).catch((error: unknown) => error);
			const seen = vi.fn();
			void outcome.then(seen);

			await vi.advanceTimersByTimeAsync(limit - 1);
			expect(seen).not.toHaveBeenCalled();
			await vi.advanceTimersByTimeAsync(1);
			expect(seen).toHaveBeenCalledOnce();
			expect(await outcome).toMatchObject({
				code: 'store_unavailable',
				cause: { message: `The store did not answer within ${limit / 1000} s` }
			});
		}
	);
});

describe('a token', () => {
	test('is 32 random bytes in 43 characters', () => {
		const tokens = Array.from({ length: 1000 }, newToken);
		expect(new Set(tokens).size).toBe(1000);
		for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
	});

	test.each([
		'',
		'short',
		'a'.repeat(42),
		'a'.repeat(44),
		`${'a'.repeat(42)}.`,
		`${'a'.repeat(42)}\n`,
		`${'a'.repeat(43)}\n`,
		'é'.repeat(43)
	])('is not %j', (value) => {
		expect(isToken(value)).toBe(false);
	});

	test('opens the session whose id is its SHA-256', () => {
		expect(sessionIdOf('abc')).toBe(
			'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
		);
	});
});
