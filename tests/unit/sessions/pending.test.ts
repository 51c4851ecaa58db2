import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Ending } from '../../../src/sessions/ending.js';
import { endedDespite } from '../../../src/sessions/sessions.js';
import { newToken, sessionIdOf } from '../../../src/sessions/token.js';
import { PartialEnd, type Ended, type SessionStore } from '../../../src/stores/contract.js';
import { memory } from '../../../src/stores/memory.js';
import { deletesAbort, deletesDoNothing, sessionsGone } from '../../support/faults.js';
import { breakable, MINUTE, setUp, START, withSessions } from './support.js';

beforeEach(() => {
	vi.useFakeTimers({ now: START });
});
afterEach(() => vi.useRealTimers());

const PASSIVE = { activity: false };
const FAILED = { name: 'GuardianError', code: 'store_unavailable' };
const randomId = () => sessionIdOf(newToken());

const ownSession = (id: string): Ending => ({ presented: [id], target: 'session', userId: 'ada' });

/** Ada with a session, in a store that counts the attempts to end and can be put out of order. */
async function withAda() {
	const { database, file } = breakable();
	const end = vi.fn<SessionStore['end']>(database.sessions.end);
	const parts = setUp({ database: withSessions(database, { end }) });
	const { sessions, addUser, open } = parts;
	const ada = await addUser('ada');
	const late = vi.fn<(ending: Ending, ended: readonly Ended[]) => void>();
	sessions.onLateEnd(late);
	return {
		...parts,
		file,
		end,
		late,
		ada,
		id: await open(ada),
		isStored: async (id: string) => (await database.sessions.read(id)) !== null,
		/** Somebody else asks the store, which answers; then what that sets off has its time. */
		async storeAnswers(): Promise<void> {
			await sessions.list('somebody');
			await vi.advanceTimersByTimeAsync(0);
		}
	};
}

describe.each([
	['deletes fail', deletesAbort],
	['deletes do nothing', deletesDoNothing],
	['the table is gone', sessionsGone]
])('while %s', (_, fault) => {
	test('an end fails, the session is refused from then on, and ends when the store is back', async () => {
		const { sessions, file, id, late, isStored, storeAnswers } = await withAda();
		const mend = fault(file);

		await expect(sessions.finish(ownSession(id))).rejects.toMatchObject(FAILED);
		expect(await sessions.read([id], PASSIVE)).toBeNull();
		mend();
		expect(await isStored(id)).toBe(true);
		expect(await sessions.read([id], PASSIVE)).toBeNull();
		expect(late).not.toHaveBeenCalled();

		await storeAnswers();
		expect(await isStored(id)).toBe(false);
		expect(late).toHaveBeenCalledExactlyOnceWith(ownSession(id), [
			{ id, userId: 'ada', provider: 'password', live: true }
		]);
		expect(sessions.refuses(id)).toBe(true);
	});
});

describe('a store that answers but cannot end', () => {
	test('is tried again at most once a second', async () => {
		const { sessions, file, id, end, logged, storeAnswers } = await withAda();
		deletesAbort(file);
		sessions.defer(ownSession(id));

		for (let count = 0; count < 5; count++) await storeAnswers();
		expect(end).toHaveBeenCalledTimes(1);
		await vi.advanceTimersByTimeAsync(999);
		await storeAnswers();
		expect(end).toHaveBeenCalledTimes(1);
		await vi.advanceTimersByTimeAsync(1);
		await storeAnswers();
		expect(end).toHaveBeenCalledTimes(2);
		expect(new Set(logged)).toEqual(
			new Set(['An end is still not confirmed and will be tried again'])
		);
	});

	test('is tried with one of many, not with all', async () => {
		const { sessions, file, ada, open, end, storeAnswers } = await withAda();
		const ids: string[] = [];
		for (let count = 0; count < 50; count++) ids.push(await open(ada));
		const mend = deletesAbort(file);
		for (const each of ids) sessions.defer(ownSession(each));

		await storeAnswers();
		expect(end).toHaveBeenCalledTimes(1);

		mend();
		await vi.advanceTimersByTimeAsync(1000);
		await storeAnswers();
		expect(await sessions.list('ada')).toHaveLength(1);
	});

	test('for one session only does not hold up the others', async () => {
		const { sessions, file, ada, id, open, isStored, storeAnswers } = await withAda();
		const others = [await open(ada), await open(ada)];
		file.exec(`CREATE TRIGGER stuck BEFORE DELETE ON guardian_sessions WHEN OLD.id = '${id}'
			BEGIN SELECT RAISE(ABORT, 'this one is stuck'); END`);
		for (const ending of [id, ...others].map(ownSession)) sessions.defer(ending);

		await storeAnswers();
		await vi.advanceTimersByTimeAsync(1000);
		await storeAnswers();

		expect(await Promise.all(others.map(isStored))).toEqual([false, false]);
		expect(await isStored(id)).toBe(true);
		expect(sessions.refuses(id)).toBe(true);
	});
});

test('an end that was carried out by a retry does not strike again, at who came later', async () => {
	const { sessions, file, ada, id, open, storeAnswers } = await withAda();
	const everywhere: Ending = { presented: [id], target: 'all', userId: 'ada' };
	const mend = deletesAbort(file);
	await expect(sessions.finish(everywhere)).rejects.toMatchObject(FAILED);
	// Uses up the second in which the store is not tried again.
	await storeAnswers();
	mend();

	expect(await sessions.finish(everywhere)).toMatchObject([{ id, live: true }]);
	const later = await open({ ...ada, epoch: 1 });
	await vi.advanceTimersByTimeAsync(1000);
	await storeAnswers();

	expect((await sessions.read([later], PASSIVE))?.session.id).toBe(later);
});

describe('what is kept is bounded', () => {
	test('a thousand ends wait; beyond, the oldest is left to its browser', async () => {
		const { sessions, file, ada, id, open, isStored, storeAnswers } = await withAda();
		const mend = deletesAbort(file);
		sessions.defer(ownSession(id));
		const waiting: string[] = [];
		for (let count = 0; count < 1000; count++) waiting.push(await open(ada));
		for (const each of waiting) sessions.defer(ownSession(each));
		mend();

		await vi.advanceTimersByTimeAsync(1000);
		await storeAnswers();

		expect(await isStored(id)).toBe(true);
		expect(await sessions.list('ada')).toHaveLength(1);
	});

	test('ten thousand unconfirmed sessions are refused, the latest ones', () => {
		const { sessions } = setUp();
		const ids = Array.from({ length: 10_001 }, randomId);
		for (const id of ids) sessions.defer(ownSession(id));
		expect(ids.filter((id) => !sessions.refuses(id))).toEqual(ids.slice(0, 1));
	});

	test('sessions that did end do not push out those that may not have', async () => {
		const { database, sessions, addUser, open } = setUp();
		const unconfirmed = await open(await addUser('ada'));
		sessions.defer(ownSession(unconfirmed));
		const alive = { createdAfter: 0, activeAfter: 0 };
		const eve = await addUser('eve');
		const row = (await database.sessions.read(await open(eve)))?.session;
		if (row === undefined) throw new Error('The session was not stored.');
		for (let count = 0; count < 10_001; count++) {
			await database.sessions.insert({ ...row, id: randomId() }, { epoch: 0, alive });
		}

		expect(await sessions.end({ userId: 'eve' })).toHaveLength(10_002);

		expect(sessions.refuses(unconfirmed)).toBe(true);
	});
});

describe('an end whose user could not be asked for', () => {
	const unknown = (ending: Pick<Ending, 'presented' | 'target'>): Ending => ({
		...ending,
		userId: null
	});

	/** Two devices of Ada's, this browser's stale cookie beside its live one, and Eve. */
	async function household() {
		const parts = setUp({ idleTimeout: 10 * MINUTE });
		const { addUser, open, sessions } = parts;
		const [ada, eve] = [await addUser('ada'), await addUser('eve')];
		const stale = await open(ada);
		vi.setSystemTime(START + 10 * MINUTE);
		const [mine, elsewhere, eves] = [await open(ada), await open(ada), await open(eve)];
		const left = async () => {
			const rows = [...(await sessions.list('ada')), ...(await sessions.list('eve'))];
			return new Set(rows.map(({ id }) => id));
		};
		return { ...parts, stale, mine, elsewhere, eves, left };
	}

	test('reaches all of the user who is found then', async () => {
		const { sessions, stale, mine, eves, left } = await household();
		await sessions.finish(unknown({ presented: [stale, mine], target: 'all' }));
		expect(await left()).toEqual(new Set([eves]));
	});

	test('keeps the live session, not the stale one, when it is about the others', async () => {
		const { sessions, stale, mine, eves, left } = await household();
		await sessions.finish(unknown({ presented: [stale, mine], target: 'others' }));
		expect(await left()).toEqual(new Set([mine, eves]));
	});

	test("reaches one's own session by its id", async () => {
		const { sessions, stale, mine, elsewhere, eves, left } = await household();
		const target = { sessionId: elsewhere };
		await sessions.finish(unknown({ presented: [stale, mine], target }));
		expect(await left()).toEqual(new Set([mine, eves]));
	});

	test("never reaches somebody else's", async () => {
		const { sessions, mine, elsewhere, eves, left } = await household();
		await sessions.finish(unknown({ presented: [mine], target: { sessionId: eves } }));
		expect(await left()).toEqual(new Set([mine, elsewhere, eves]));
	});

	test.each(['all', 'others'] as const)(
		'reaches nobody (%s) with an expired session',
		async (target) => {
			const { sessions, stale, mine, elsewhere, eves, left } = await household();
			await sessions.finish(unknown({ presented: [stale], target }));
			expect(await left()).toEqual(new Set([mine, elsewhere, eves]));
		}
	);
});

describe('a store that ends some of many', () => {
	/** Ends the first that matches and gives up. */
	function halfWay() {
		const database = memory();
		return withSessions(database, {
			async end(where, alive) {
				const [first] = 'userId' in where ? await database.sessions.list(where.userId, alive) : [];
				const ended = await database.sessions.end({ ids: [first?.id ?? ''] }, alive);
				throw new PartialEnd(ended, new Error('lost the connection'));
			}
		});
	}

	test('is partially_revoked, names those that ended, and tells who listens', async () => {
		const { sessions, told, addUser, open } = setUp({ database: halfWay() });
		const ada = await addUser('ada');
		const [first, second] = [await open(ada), await open(ada)];

		const failure = await sessions
			.finish({ presented: [second], target: 'all', userId: 'ada' })
			.catch((error: unknown) => error);

		expect(failure).toMatchObject({ name: 'GuardianError', code: 'partially_revoked' });
		expect(endedDespite(failure)).toMatchObject([{ id: first, live: true }]);
		expect(told).toMatchObject([{ id: first }]);
		expect(sessions.refuses(second)).toBe(true);
		expect((await sessions.list('ada')).map(({ id }) => id)).toEqual([second]);
	});

	test('with nothing ended is store_unavailable', async () => {
		const { sessions } = setUp({ database: halfWay() });
		const everywhere: Ending = { presented: [randomId()], target: 'all', userId: 'nobody' };
		await expect(sessions.finish(everywhere)).rejects.toMatchObject(FAILED);
	});
});

test('an end that the store confirms too late is told to who listens', async () => {
	const database = memory();
	const { sessions, told, addUser, open } = setUp({
		database: withSessions(database, {
			async end(where, alive) {
				await new Promise((wake) => setTimeout(wake, 5000));
				return database.sessions.end(where, alive);
			}
		})
	});
	const id = await open(await addUser('ada'));

	const outcome = sessions.end({ ids: [id] }).catch((error: unknown) => error);
	await vi.advanceTimersByTimeAsync(3000);
	expect(await outcome).toMatchObject(FAILED);
	expect(told).toEqual([]);
	await vi.advanceTimersByTimeAsync(2000);
	expect(told).toMatchObject([{ id, live: true }]);
});
