import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Ending } from '../../../src/sessions/ending.js';
import { newToken, sessionIdOf } from '../../../src/sessions/token.js';
import { PartialEnd } from '../../../src/stores/contract.js';
import { memory } from '../../../src/stores/memory.js';
import { deletesAbort, sessionsGone } from '../../support/faults.js';
import { breakable, IDLE, START, withSessions } from '../sessions/support.js';
import { destinations, setUpSignOut } from './support.js';

beforeEach(() => {
	vi.useFakeTimers({ now: START });
});
afterEach(() => vi.useRealTimers());

const unknownId = () => sessionIdOf(newToken());

/** Ada here and elsewhere, and Eve. */
async function household(options: Parameters<typeof setUpSignOut>[0] = {}) {
	const parts = setUpSignOut(options);
	const { addUser, open, sessions } = parts;
	const ada = await addUser('ada');
	const [mine, elsewhere] = [await open(ada), await open(ada)];
	const eves = await open(await addUser('eve'));
	/** Which of them are still signed in. */
	async function left() {
		const rows = [...(await sessions.list('ada')), ...(await sessions.list('eve'))];
		const ids = new Set(rows.map(({ id }) => id));
		return { mine: ids.has(mine), elsewhere: ids.has(elsewhere), eves: ids.has(eves) };
	}
	return { ...parts, mine, elsewhere, eves, left };
}

describe('a sign-out that is confirmed', () => {
	test.each(['session', 'browser'] as const)('(%s) ends this session alone', async (scope) => {
		const { mine, leave, left, heard } = await household();
		const { result, cleared, held } = await leave([mine], scope);
		expect(result).toEqual({ ok: true, signedOut: true, revoked: 1, url: '/goodbye' });
		expect({ cleared, held }).toEqual({ cleared: 1, held: [] });
		expect(await left()).toEqual({ mine: false, elsewhere: true, eves: true });
		expect(heard).toMatchObject([
			{ user: { id: 'ada' }, session: { id: mine }, scope, reason: 'user', revoked: 1 }
		]);
	});

	test('(browser) ends each of two live sessions presented together', async () => {
		const { mine, eves, leave, left } = await household();
		const { result, cleared } = await leave([mine, eves], 'browser');
		expect(result).toEqual({ ok: true, signedOut: true, revoked: 2, url: '/goodbye' });
		expect(cleared).toBe(1);
		expect(await left()).toEqual({ mine: false, elsewhere: true, eves: false });
	});

	test('(all) ends every session of the user', async () => {
		const { mine, leave, left, heard } = await household();
		const { result, cleared } = await leave([mine], 'all');
		expect(result).toEqual({ ok: true, signedOut: true, revoked: 2, url: '/goodbye' });
		expect(cleared).toBe(1);
		expect(await left()).toEqual({ mine: false, elsewhere: false, eves: true });
		expect(heard).toMatchObject([{ session: { id: mine }, scope: 'all', revoked: 2 }]);
	});

	test('(others) leaves this browser signed in and where it is', async () => {
		const { mine, leave, left, heard } = await household();
		const { result, cleared } = await leave([unknownId(), mine], 'others');
		expect(result).toEqual({ ok: true, signedOut: false, revoked: 1, url: '/sessions' });
		expect(cleared).toBe(0);
		expect(await left()).toEqual({ mine: true, elsewhere: false, eves: true });
		expect(heard).toMatchObject([{ session: { id: mine }, scope: 'others', revoked: 1 }]);
	});

	test("(sessionId) ends another session of one's own, and leaves this one", async () => {
		const { mine, elsewhere, leave, left } = await household();
		const { result, cleared } = await leave([mine], { sessionId: elsewhere });
		expect(result).toEqual({ ok: true, signedOut: false, revoked: 1, url: '/sessions' });
		expect(cleared).toBe(0);
		expect(await left()).toEqual({ mine: true, elsewhere: false, eves: true });
	});

	test('(sessionId) that is this very session leaves', async () => {
		const { mine, leave, left } = await household();
		const { result, cleared } = await leave([mine], { sessionId: mine });
		expect(result).toEqual({ ok: true, signedOut: true, revoked: 1, url: '/goodbye' });
		expect(cleared).toBe(1);
		expect(await left()).toEqual({ mine: false, elsewhere: true, eves: true });
	});

	test("(sessionId) answers the same for somebody else's session and for none", async () => {
		const { mine, eves, leave, left, heard } = await household();
		const foreign = await leave([mine], { sessionId: eves });
		const none = await leave([mine], { sessionId: unknownId() });
		expect(foreign).toEqual(none);
		expect(foreign.result).toEqual({ ok: true, signedOut: false, revoked: 0, url: '/sessions' });
		expect(await left()).toEqual({ mine: true, elsewhere: true, eves: true });
		expect(heard).toEqual([]);
	});

	test('(userId) of oneself is all', async () => {
		const { mine, leave, left, heard } = await household();
		const { result, cleared } = await leave([mine], { userId: 'ada' });
		expect(result).toEqual({ ok: true, signedOut: true, revoked: 2, url: '/goodbye' });
		expect(cleared).toBe(1);
		expect(await left()).toEqual({ mine: false, elsewhere: false, eves: true });
		expect(heard).toMatchObject([{ scope: 'all', revoked: 2 }]);
	});

	test('goes where the caller says, whatever it ends', async () => {
		const { mine, elsewhere, leave } = await household();
		const there = { destinations: { ...destinations, callbackUrl: '/there' } };
		expect(await leave([mine], { sessionId: elsewhere }, there)).toMatchObject({
			result: { ok: true, url: '/there' }
		});
		expect(await leave([mine], 'browser', there)).toMatchObject({
			result: { ok: true, url: '/there' }
		});
	});
});

describe('without a live session', () => {
	async function presenting(what: 'nothing' | 'an unknown one' | 'an expired one') {
		const parts = await household();
		if (what === 'nothing') return { ...parts, presented: [] };
		if (what === 'an unknown one') return { ...parts, presented: [unknownId()] };
		vi.setSystemTime(START + IDLE);
		return { ...parts, presented: [parts.mine] };
	}

	describe.each(['nothing', 'an unknown one', 'an expired one'] as const)('but %s', (what) => {
		test.each(['session', 'browser'] as const)('%s succeeds with nothing ended', async (scope) => {
			const { presented, leave, heard } = await presenting(what);
			const { result, cleared } = await leave(presented, scope);
			expect(result).toEqual({ ok: true, signedOut: true, revoked: 0, url: '/goodbye' });
			expect(cleared).toBe(1);
			expect(heard).toEqual([]);
		});

		test.each<Ending['target']>(['others', 'all', { sessionId: unknownId() }])(
			'%j is no_session and clears the cookie',
			async (target) => {
				const { presented, leave } = await presenting(what);
				const { result, cleared } = await leave(presented, target);
				expect(result).toMatchObject({
					ok: false,
					code: 'no_session',
					signedOut: true,
					revoked: 0,
					url: '/login',
					pending: false
				});
				expect(cleared).toBe(1);
			}
		);
	});

	test('but two live ones, all ends just these: whose else they would be is not known', async () => {
		const { mine, eves, leave, left } = await household();
		const { result, cleared } = await leave([mine, eves], 'all');
		expect(result).toMatchObject({ ok: false, code: 'no_session', signedOut: true, revoked: 2 });
		expect(cleared).toBe(1);
		expect(await left()).toEqual({ mine: false, elsewhere: true, eves: false });
	});
});

describe('all sessions of another user', () => {
	const target = { userId: 'eve' };

	test('stay where that is not allowed', async () => {
		const { mine, leave, left } = await household();
		const { result, cleared } = await leave([mine], target);
		expect(result).toMatchObject({ ok: false, code: 'forbidden', revoked: 0, url: '/sessions' });
		expect(cleared).toBe(0);
		expect(await left()).toEqual({ mine: true, elsewhere: true, eves: true });
	});

	test('end where it is, and this browser stays signed in', async () => {
		const { mine, leave, left, heard } = await household();
		const mayEndSessionsOf = vi.fn(async () => true);
		const { result, cleared } = await leave([mine], target, { mayEndSessionsOf });
		expect(result).toEqual({ ok: true, signedOut: false, revoked: 1, url: '/sessions' });
		expect(cleared).toBe(0);
		expect(await left()).toEqual({ mine: true, elsewhere: true, eves: false });
		expect(mayEndSessionsOf).toHaveBeenCalledExactlyOnceWith(
			'eve',
			expect.objectContaining({ session: expect.objectContaining({ id: mine }) })
		);
		expect(heard).toMatchObject([{ user: { id: 'eve' }, session: null, scope: 'all' }]);
	});

	test('stay for good when the store failed before anybody was asked', async () => {
		const { database, file } = breakable();
		const { mine, leave, left, sessions } = await household({ database });
		const mend = sessionsGone(file);
		const mayEndSessionsOf = vi.fn(async () => false);

		const { result, held } = await leave([mine], target, { mayEndSessionsOf });

		expect(result).toMatchObject({ code: 'store_unavailable', pending: false, revoked: 0 });
		expect(held).toEqual([]);
		mend();
		await sessions.list('ada');
		await vi.advanceTimersByTimeAsync(0);
		expect(await left()).toEqual({ mine: true, elsewhere: true, eves: true });
		expect(mayEndSessionsOf).not.toHaveBeenCalled();
	});
});

describe('a sign-out that is not confirmed', () => {
	const unavailable = {
		ok: false,
		signedOut: false,
		revoked: 0,
		error: 'The session store cannot be reached. Try again in a moment.',
		code: 'store_unavailable',
		pending: true
	};

	test.each<[Ending['target'], url: string]>([
		['session', '/goodbye'],
		['browser', '/goodbye'],
		['all', '/goodbye'],
		['others', '/sessions']
	])('because reading failed (%j) is held for later', async (target, url) => {
		const { database, file } = breakable();
		const { mine, leave, sessions, heard, logged } = await household({ database });
		const mend = sessionsGone(file);

		const { result, cleared, held } = await leave([mine], target);

		expect(result).toEqual({ ...unavailable, url });
		expect(held).toEqual([{ presented: [mine], target, userId: null }]);
		expect(cleared).toBe(0);
		expect(logged).toEqual(['A sign-out could not be confirmed']);
		expect(sessions.refuses(mine)).toBe(target !== 'others');
		expect(heard).toEqual([]);
		mend();
	});

	test('because ending failed is held for later, with whose it is', async () => {
		const { database, file } = breakable();
		const { mine, elsewhere, leave, left, sessions, heard } = await household({ database });
		const mend = deletesAbort(file);

		const all = await leave([mine], { userId: 'ada' });
		expect(all.result).toEqual({ ...unavailable, url: '/goodbye' });
		expect(all.held).toEqual([{ presented: [mine], target: 'all', userId: 'ada' }]);
		expect(heard).toEqual([]);

		mend();
		await left();
		await vi.advanceTimersByTimeAsync(0);
		expect(await left()).toEqual({ mine: false, elsewhere: false, eves: true });
		expect(sessions.refuses(elsewhere)).toBe(true);
		expect(heard).toMatchObject([
			{ user: { id: 'ada' }, session: null, scope: 'all', reason: 'user', revoked: 2 }
		]);
	});

	test('for the lack of a live session is not told as no_session', async () => {
		const { database, file } = breakable();
		const { leave, mine } = await household({ database });
		vi.setSystemTime(START + IDLE);
		deletesAbort(file);
		const { result, held } = await leave([mine], 'all');
		expect(result).toEqual({ ...unavailable, url: '/goodbye' });
		expect(held).toEqual([{ presented: [mine], target: 'browser', userId: null }]);
	});

	test.each([
		['is this one', true],
		['is another', false]
	] as const)('but in part says so; what ended %s', async (_, own) => {
		const database = memory();
		const chosen: string[] = [];
		const { mine, elsewhere, leave, heard } = await household({
			database: withSessions(database, {
				async end(_where, alive) {
					throw new PartialEnd(await database.sessions.end({ ids: chosen }, alive), 'lost');
				}
			})
		});
		chosen.push(own ? mine : elsewhere);

		const { result, held } = await leave([mine], 'all');

		expect(result).toMatchObject({
			ok: false,
			code: 'partially_revoked',
			signedOut: own,
			revoked: 1,
			pending: true
		});
		expect(held).toHaveLength(1);
		expect(heard).toEqual([]);
	});
});

describe('afterSignOut', () => {
	test('that throws is logged and changes nothing', async () => {
		const { mine, leave, logged } = await household({
			afterSignOut() {
				throw new Error('analytics are down');
			}
		});
		expect((await leave([mine], 'browser')).result).toMatchObject({ ok: true, revoked: 1 });
		expect(logged).toEqual(['events.afterSignOut failed']);
	});

	test('that takes long is waited for one second', async () => {
		const { mine, leave, logged } = await household({ afterSignOut: () => new Promise(() => {}) });
		const outcome = leave([mine], 'browser');
		const seen = vi.fn();
		void outcome.then(seen);
		await vi.advanceTimersByTimeAsync(999);
		expect(seen).not.toHaveBeenCalled();
		await vi.advanceTimersByTimeAsync(1);
		expect(await outcome).toMatchObject({ result: { ok: true, revoked: 1 } });
		expect(logged).toHaveLength(1);
	});

	test('is not called, and that is logged, when nobody knows any more who it was', async () => {
		const database = memory();
		const { signOut, heard, logged } = await household({
			database: {
				...database,
				users: { ...database.users, byId: () => Promise.reject(new Error()) }
			}
		});
		expect(await signOut.asServer({ userId: 'eve' }, '/')).toMatchObject({ ok: true, revoked: 1 });
		expect(heard).toEqual([]);
		expect(logged).toEqual(['events.afterSignOut was not called: the user could not be read']);
	});
});

describe('as the server', () => {
	test('one session ends, whoever it belongs to', async () => {
		const { eves, signOut, left, heard } = await household();
		const result = await signOut.asServer({ sessionId: eves }, '/goodbye');
		expect(result).toEqual({ ok: true, signedOut: true, revoked: 1, url: '/goodbye' });
		expect(await left()).toEqual({ mine: true, elsewhere: true, eves: false });
		expect(heard).toMatchObject([
			{ user: { id: 'eve' }, session: { id: eves }, scope: 'session', reason: 'server' }
		]);
	});

	test('every session of a user ends', async () => {
		const { signOut, left, heard } = await household();
		expect(await signOut.asServer({ userId: 'ada' }, '/')).toMatchObject({ ok: true, revoked: 2 });
		expect(await left()).toEqual({ mine: false, elsewhere: false, eves: true });
		expect(heard).toMatchObject([
			{ user: { id: 'ada' }, session: null, scope: 'all', reason: 'server', revoked: 2 }
		]);
	});

	test('ending what is not there ends nothing', async () => {
		const { signOut, heard } = await household();
		const session = await signOut.asServer({ sessionId: unknownId() }, '/');
		const user = await signOut.asServer({ userId: 'nobody' }, '/');
		expect([session, user]).toMatchObject([
			{ ok: true, revoked: 0 },
			{ ok: true, revoked: 0 }
		]);
		expect(heard).toEqual([]);
	});

	test.each([
		['reading and ending fail', sessionsGone],
		['ending fails', deletesAbort]
	])('a session is refused and ends later when %s', async (_, fault) => {
		const { database, file } = breakable();
		const { mine, signOut, left, sessions, heard } = await household({ database });
		const mend = fault(file);
		expect(await signOut.asServer({ sessionId: mine }, '/')).toMatchObject({
			ok: false,
			code: 'store_unavailable',
			revoked: 0,
			pending: true
		});
		expect(sessions.refuses(mine)).toBe(true);
		mend();
		await left();
		await vi.advanceTimersByTimeAsync(0);
		expect(await left()).toEqual({ mine: false, elsewhere: true, eves: true });
		expect(heard).toMatchObject([{ user: { id: 'ada' }, scope: 'session', revoked: 1 }]);
	});

	test('ending some of many says how many', async () => {
		const database = memory();
		const { signOut } = await household({
			database: withSessions(database, {
				async end(_where, alive) {
					const [row] = await database.sessions.list('ada', alive);
					const ended = await database.sessions.end({ ids: [row?.id ?? ''] }, alive);
					throw new PartialEnd(ended, 'lost');
				}
			})
		});
		expect(await signOut.asServer({ userId: 'ada' }, '/')).toMatchObject({
			ok: false,
			code: 'partially_revoked',
			revoked: 1,
			pending: true
		});
	});
});

describe('what a browser holds from before', () => {
	const held = (id: string): Ending => ({ presented: [id], target: 'session', userId: 'ada' });

	test('is carried out one by one, and what fails is named', async () => {
		const { database, file } = breakable();
		const { mine, elsewhere, signOut, left, heard } = await household({ database });
		file.exec(`CREATE TRIGGER stuck BEFORE DELETE ON guardian_sessions WHEN OLD.id = '${mine}'
			BEGIN SELECT RAISE(ABORT, 'this one is stuck'); END`);

		expect(await signOut.settle([held(mine), held(elsewhere), held(unknownId())])).toEqual({
			held: 3,
			revoked: 1,
			unconfirmed: [held(mine)]
		});
		expect(await left()).toEqual({ mine: true, elsewhere: false, eves: true });
		expect(heard).toMatchObject([{ user: { id: 'ada' }, session: null, reason: 'user' }]);
	});

	const confirmed = { held: 1, revoked: 1, unconfirmed: [] };
	const unconfirmed = { held: 2, revoked: 1, unconfirmed: [held('a'.repeat(64))] };

	test('counts together with what ends now', async () => {
		const { mine, leave } = await household();
		expect((await leave([mine], 'browser', { settled: confirmed })).result).toEqual({
			ok: true,
			signedOut: true,
			revoked: 2,
			url: '/goodbye'
		});
	});

	test('makes a repeated sign-out everywhere a success, not no_session', async () => {
		const { leave } = await household();
		const { result } = await leave([], 'all', { settled: confirmed });
		expect(result).toEqual({ ok: true, signedOut: true, revoked: 1, url: '/goodbye' });
		const there = { ...destinations, callbackUrl: '/there' };
		const again = await leave([], 'all', { settled: confirmed, destinations: there });
		expect(again.result.url).toBe('/there');
	});

	test('does not turn a failure of now into a success', async () => {
		const { database, file } = breakable();
		const { mine, leave } = await household({ database });
		const forbidden = await leave([mine], { userId: 'eve' }, { settled: confirmed });
		expect(forbidden.result).toMatchObject({ ok: false, code: 'forbidden', revoked: 1 });
		deletesAbort(file);
		const failed = await leave([mine], 'browser', { settled: confirmed });
		expect(failed.result).toMatchObject({
			ok: false,
			code: 'store_unavailable',
			revoked: 1,
			pending: true
		});
	});

	test.each<[Ending['target'], presented: boolean]>([
		['browser', true],
		['browser', false],
		['all', false],
		['others', false]
	])('is no success while it is not confirmed (%j, signed in: %j)', async (target, signedIn) => {
		const { mine, leave } = await household();
		const { result } = await leave(signedIn ? [mine] : [], target, { settled: unconfirmed });
		expect(result).toMatchObject({
			ok: false,
			...(!signedIn && { signedOut: false }),
			revoked: signedIn ? 2 : 1,
			code: 'store_unavailable',
			url: '/goodbye',
			pending: true
		});
	});
});
