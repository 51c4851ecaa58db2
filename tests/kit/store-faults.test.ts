/** Sign-out with a store that is really out of order, on the built app over HTTP. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { createSealer } from '../../src/seal.js';
import {
	deletesAbort,
	deletesDoNothing,
	locked,
	sessionsGone,
	type Fault
} from '../support/faults.js';
import { COOKIE, type Answer } from './support/browser.js';
import { serve } from './support/served.js';

const ENDING = 'guardian.ending';
const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Lax';

const folder = await mkdtemp(join(tmpdir(), 'svelte-guardian-'));
const file = join(folder, 'guardian.db');
const secret = randomBytes(32).toString('base64url');
const app = await serve({ file, secret });
afterAll(async () => {
	await app.stop();
	await rm(folder, { recursive: true, force: true });
});

let mend = () => {};
function breakStore(fault: Fault, database = app.database): void {
	const undo = fault(database);
	mend = () => {
		mend = () => {};
		undo();
	};
}
afterEach(() => mend());

/** The cookies of an answer by name: `''` for one that is removed, else its value. */
const cookiesOf = ({ setCookies }: Answer) =>
	Object.fromEntries(setCookies.map((cookie) => cookie.split(';')[0]?.split('=') ?? []));

const FAILED = {
	ok: false,
	signedOut: false,
	revoked: 0,
	error: 'The session store cannot be reached. Try again in a moment.',
	code: 'store_unavailable',
	pending: true
};

const faults: [string, Fault][] = [
	['deletes fail', deletesAbort],
	['deletes do nothing and report success', deletesDoNothing],
	['the table is gone', sessionsGone],
	['another process holds the lock', locked]
];

describe.each(faults)('while %s', (_, fault) => {
	test('a fetch is told that it failed, and the browser keeps only the right to end', async () => {
		const { browser, token, user } = app.signedIn();
		breakStore(fault);

		const answer = await browser.postJson('/auth/signout');

		expect(answer.status).toBe(503);
		expect(answer.headers.get('retry-after')).toBe('5');
		expect(answer.headers.get('cache-control')).toBe('private, no-store');
		expect(answer.body).toEqual({ ...FAILED, url: '/signed-out' });
		expect(answer.setCookies).toEqual([
			expect.stringMatching(new RegExp(`^${ENDING}=[\\w.-]+; Max-Age=2592000; ${ATTRIBUTES}$`)),
			`${COOKIE}=; Max-Age=0; ${ATTRIBUTES}`
		]);
		expect(answer.text + answer.setCookies.join()).not.toContain(token);
		mend();
		expect(app.sessionsOf(user.id)).toBe(1);
	});

	test('a plain form gets a page that says so, with a button to try again', async () => {
		const { browser, user } = app.signedIn();
		breakStore(fault);

		const fields = { callbackUrl: '/dashboard', scope: 'all' };
		const answer = await browser.postForm('/auth/signout', fields);

		expect(answer.status).toBe(503);
		expect(answer.headers.get('retry-after')).toBe('5');
		expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(answer.text).toContain('You are not signed out yet');
		expect(answer.text).toContain('<form method="post" action="/auth/signout">');
		expect(answer.text).toContain('name="scope" value="all"');
		expect(answer.text).toContain('name="callbackUrl" value="/dashboard"');
		expect(answer.text).toContain('<button>Try again</button>');
		expect(cookiesOf(answer)).toEqual({ [ENDING]: expect.any(String), [COOKIE]: '' });

		mend();
		const again = await browser.postForm('/auth/signout', fields);
		expect(again).toMatchObject({ status: 303, location: '/dashboard' });
		expect(cookiesOf(again)).toMatchObject({ [ENDING]: '' });
		expect(app.sessionsOf(user.id)).toBe(0);
	});

	test('a copy of the token opens nothing here any more, neither now nor afterwards', async () => {
		const { browser, token, user } = app.signedIn();
		breakStore(fault);
		await browser.postJson('/auth/signout');

		expect(await app.opens(token)).toBe(false);
		mend();
		expect(app.sessionsOf(user.id)).toBe(1);
		expect(await app.opens(token)).toBe(false);
	});

	test.each(['browser', 'all'])(
		'trying again (%s) fails again, and succeeds when the store is back',
		async (scope) => {
			const { browser, user } = app.signedIn();
			breakStore(fault);
			await browser.postJson('/auth/signout', { scope });

			const tooEarly = await browser.postJson('/auth/signout', { scope });
			expect(tooEarly.status).toBe(503);
			expect(tooEarly.body).toEqual({ ...FAILED, url: '/signed-out' });
			expect(browser.cookies.has(ENDING)).toBe(true);

			mend();
			const again = await browser.postJson('/auth/signout', { scope });
			expect(again.status).toBe(200);
			expect(again.body).toEqual({ ok: true, signedOut: true, revoked: 1, url: '/signed-out' });
			expect(browser.cookies.size).toBe(0);
			expect(app.sessionsOf(user.id)).toBe(0);
		}
	);

	test('whatever else the browser asks for carries it out when the store is back', async () => {
		const { browser, user } = app.signedIn();
		breakStore(fault);
		await browser.postJson('/auth/signout');
		const during = await browser.get('/signed-out');
		expect(during).toMatchObject({ status: 200, setCookies: [] });

		mend();
		const after = await browser.get('/signed-out');

		expect(cookiesOf(after)).toEqual({ [ENDING]: '' });
		expect(app.sessionsOf(user.id)).toBe(0);
	});

	test('the server itself carries it out when the store is back, without the browser', async () => {
		const bystander = app.signedIn();
		const { browser, user } = app.signedIn();
		breakStore(fault);
		await browser.postJson('/auth/signout');
		mend();
		expect(app.sessionsOf(user.id)).toBe(1);

		await vi.waitFor(
			async () => {
				await bystander.browser.session();
				expect(app.sessionsOf(user.id)).toBe(0);
			},
			{ timeout: 5000, interval: 50 }
		);
		expect(app.sessionsOf(bystander.user.id)).toBe(1);
	});
});

describe('a server that knows nothing of it', () => {
	test('carries out what the browser alone still holds', async () => {
		const file = join(folder, 'restarted.db');
		const before = await serve({ file, secret });
		const user = before.newUser();
		const elsewhere = before.signedIn(user);
		const [one, everywhere] = [before.signedIn(), before.signedIn(user)];
		breakStore(deletesAbort, before.database);
		await one.browser.postJson('/auth/signout');
		await everywhere.browser.postJson('/auth/signout', { scope: 'all' });
		mend();
		await before.stop();

		const after = await serve({ file, secret });
		try {
			expect([after.sessionsOf(one.user.id), after.sessionsOf(user.id)]).toEqual([1, 2]);
			for (const { browser } of [one, everywhere]) {
				const again = after.newBrowser();
				for (const [name, value] of browser.cookies) again.cookies.set(name, value);
				expect([...again.cookies.keys()]).toEqual([ENDING]);
				expect(await again.session()).toBeNull();
				expect(again.cookies.size).toBe(0);
			}
			expect([after.sessionsOf(one.user.id), after.sessionsOf(user.id)]).toEqual([0, 0]);
			expect(await after.opens(elsewhere.token)).toBe(false);
		} finally {
			await after.stop();
		}
	});
});

describe('reading while the store is down', () => {
	test('is answered with 503, not with "signed out", and touches no cookie', async () => {
		const { browser, token } = app.signedIn();
		breakStore(sessionsGone);

		for (const path of ['/dashboard', '/sessions', '/auth/session', '/auth/sessions']) {
			const answer = await browser.get(path);
			expect([path, answer.status]).toEqual([path, 503]);
			expect(answer.headers.get('retry-after')).toBe('5');
			expect(answer.headers.get('cache-control')).toBe('private, no-store');
			expect(answer.setCookies).toEqual([]);
			if (path.startsWith('/auth')) expect(answer.body.code).toBe('store_unavailable');
		}

		mend();
		expect(await browser.session()).not.toBeNull();
		expect(browser.cookies.get(COOKIE)).toBe(token);
	});

	test('shows in page data, too', async () => {
		const { browser } = app.signedIn();
		breakStore(sessionsGone);
		const { body, setCookies } = await browser.get('/dashboard/__data.json');
		expect(body.nodes).toContainEqual({
			type: 'error',
			error: { status: 503, message: expect.stringContaining('cannot be reached') }
		});
		expect(setCookies).toEqual([]);
	});

	test('concerns nobody who has no cookie', async () => {
		breakStore(sessionsGone);
		const stranger = app.newBrowser();
		expect(await stranger.get('/')).toMatchObject({ status: 200, setCookies: [] });
		expect(await stranger.get('/auth/session')).toMatchObject({
			status: 200,
			body: { session: null }
		});
		expect(await stranger.get('/dashboard')).toMatchObject({ status: 303 });
		expect(await stranger.postJson('/auth/signout')).toMatchObject({
			status: 200,
			body: { ok: true, revoked: 0 }
		});
	});

	test('is possible while only writing is not, even when activity should be written', async () => {
		const { browser } = app.signedIn(undefined, { activeAgo: 60 * 60 * 1000 });
		breakStore(locked);
		expect(await browser.get('/dashboard')).toMatchObject({ status: 200, setCookies: [] });
	});
});

describe('the cookie that only ends', () => {
	/** A browser whose sign-out failed, and the cookie that it got. */
	async function failedSignOut() {
		const parts = app.signedIn();
		breakStore(deletesAbort);
		await parts.browser.postJson('/auth/signout');
		mend();
		const ending = parts.browser.cookies.get(ENDING) ?? '';
		expect(ending).not.toBe('');
		return { ...parts, ending };
	}

	test('holds neither the token nor readable text', async () => {
		const { ending, token, id, user } = await failedSignOut();
		const decoded = ending
			.split('.')
			.map((part) => Buffer.from(part, 'base64url').toString('latin1'));
		const all = [ending, ...decoded].join();
		for (const known of [token, id, user.id, 'presented', 'browser']) {
			expect(all).not.toContain(known);
		}
	});

	test('is no credential, as neither of the two cookies', async () => {
		const { ending } = await failedSignOut();
		for (const name of [COOKIE, ENDING]) {
			const thief = app.newBrowser();
			thief.cookies.set(name, ending);
			expect(await thief.get('/dashboard')).toMatchObject({
				status: 303,
				location: '/signin?callbackUrl=/dashboard'
			});
		}
	});

	const endingOf = (id: string) =>
		JSON.stringify([{ presented: [id], target: 'session', userId: null }]);
	const flipLast = (text: string) => text.slice(0, -2) + (text.endsWith('AA') ? 'BB' : 'AA');

	test.each<[what: string, forge: (id: string) => string]>([
		['garbage', () => 'garbage'],
		['plain JSON', (id) => encodeURIComponent(endingOf(id))],
		[
			'plain JSON in the shape of a sealed text',
			(id) => `AAAAAAAA.${btoa(endingOf(id)).replaceAll('=', '')}`
		],
		[
			'one with a letter changed',
			(id) => flipLast(createSealer([secret]).seal('ending', [], endingOf(id)))
		],
		[
			'one sealed with another secret',
			(id) => createSealer(['x'.repeat(32)]).seal('ending', [], endingOf(id))
		],
		[
			'one sealed for another purpose',
			(id) => createSealer([secret]).seal('tokens', [], endingOf(id))
		],
		['a very long one', () => `AAAAAAAA.${'A'.repeat(8000)}`]
	])('that is %s does nothing and is removed', async (_, forge) => {
		const victim = app.signedIn();
		const forger = app.newBrowser();
		forger.cookies.set(ENDING, forge(victim.id));

		const answer = await forger.get('/');

		expect(answer.status).toBe(200);
		expect(cookiesOf(answer)).toEqual({ [ENDING]: '' });
		expect(app.sessionsOf(victim.user.id)).toBe(1);
		expect(await app.opens(victim.token)).toBe(true);
	});

	test('ends, on the other hand, what this server has sealed', async () => {
		const { id, user } = app.signedIn();
		const browser = app.newBrowser();
		browser.cookies.set(ENDING, createSealer([secret]).seal('ending', [], endingOf(id)));
		await browser.get('/');
		expect(app.sessionsOf(user.id)).toBe(0);
	});
});

describe('what could not be ended', () => {
	/** A browser, and the same user on another device. */
	function twoDevices() {
		const here = app.signedIn();
		return { ...here, elsewhere: app.signedIn(here.user) };
	}

	test.each([
		['deletes fail', deletesAbort],
		['the table is gone', sessionsGone]
	])('everywhere ends everywhere with the next request (%s)', async (_, fault) => {
		const { browser, user, token, elsewhere } = twoDevices();
		breakStore(fault);
		await browser.postJson('/auth/signout', { allSessions: true });
		mend();

		await browser.get('/');

		expect(app.sessionsOf(user.id)).toBe(0);
		expect([await app.opens(token), await app.opens(elsewhere.token)]).toEqual([false, false]);
	});

	test.each([
		['deletes fail', deletesAbort],
		['the table is gone', sessionsGone]
	])('elsewhere ends there, and this browser stays signed in (%s)', async (_, fault) => {
		const { browser, token, elsewhere } = twoDevices();
		breakStore(fault);

		const failed = await browser.postJson('/auth/signout', { scope: 'others' });
		expect(failed.body).toEqual({ ...FAILED, url: '/' });
		expect(Object.keys(cookiesOf(failed))).toEqual([ENDING]);
		mend();
		expect(await app.opens(elsewhere.token)).toBe(true);

		expect(await browser.get('/dashboard')).toMatchObject({ status: 200 });
		expect([await app.opens(token), await app.opens(elsewhere.token)]).toEqual([true, false]);
		expect([...browser.cookies.keys()]).toEqual([COOKIE]);
	});

	test('of two single sessions ends both, however often it was tried', async () => {
		const { browser, user, token, elsewhere } = twoDevices();
		const third = app.signedIn(user);
		breakStore(deletesAbort);
		for (const { id } of [elsewhere, third, elsewhere, third, elsewhere]) {
			const failed = await browser.postJson('/auth/signout', { sessionId: id });
			expect(failed.body).toEqual({ ...FAILED, url: '/' });
		}
		mend();

		const again = await browser.postJson('/auth/signout', { sessionId: elsewhere.id });

		expect(again.body).toMatchObject({ ok: true, signedOut: false, revoked: 2 });
		expect([await app.opens(token), app.sessionsOf(user.id)]).toEqual([true, 1]);
		expect([...browser.cookies.keys()]).toEqual([COOKIE]);
	});

	test("of somebody else's does not end later either", async () => {
		const stranger = app.signedIn();
		const { browser } = app.signedIn();
		breakStore(sessionsGone);
		await browser.postJson('/auth/signout', { sessionId: stranger.id });
		mend();

		await browser.get('/');

		expect(await app.opens(stranger.token)).toBe(true);
		expect([...browser.cookies.keys()]).toEqual([COOKIE]);
	});

	test('does not strike at a sign-in that came after it was ended', async () => {
		const { browser, user } = app.signedIn();
		breakStore(deletesAbort);
		await browser.postJson('/auth/signout', { scope: 'all' });
		await browser.get('/');
		mend();
		expect((await browser.postJson('/auth/signout', { scope: 'all' })).body.revoked).toBe(1);

		const later = app.signedIn(user);
		await new Promise((wake) => setTimeout(wake, 1100));
		expect(await later.browser.session()).not.toBeNull();
		expect(await later.browser.session()).not.toBeNull();
	});
});

describe("the app's own code", () => {
	test.each(faults)('that signs out with a redirect fails openly while %s', async (_, fault) => {
		const { browser, token, user } = app.signedIn();
		breakStore(fault);

		const failed = await browser.get('/ways-out/link');

		expect(failed.status).toBe(503);
		expect(failed.location).toBeNull();
		expect(cookiesOf(failed)).toEqual({ [ENDING]: expect.any(String), [COOKIE]: '' });
		expect(await app.opens(token)).toBe(false);
		mend();
		expect(await browser.get('/ways-out/link')).toMatchObject({ status: 303, location: '/' });
		expect([browser.cookies.size, app.sessionsOf(user.id)]).toEqual([0, 0]);
	});

	test('that is the exported form action shows its page with the failure', async () => {
		const { browser, user } = app.signedIn();
		breakStore(deletesAbort);
		const failed = await browser.postForm('/ways-out?/signOut');
		expect(failed.status).toBe(503);
		expect(cookiesOf(failed)).toEqual({ [ENDING]: expect.any(String), [COOKIE]: '' });
		mend();
		expect(await browser.postForm('/ways-out?/signOut')).toMatchObject({ status: 303 });
		expect(app.sessionsOf(user.id)).toBe(0);
	});

	test('that asks for a result gets the error in it', async () => {
		const { browser } = app.signedIn();
		breakStore(deletesAbort);
		const failed = await browser.postJson('/ways-out/api');
		expect(failed.status).toBe(500);
		expect(failed.body.error).toContain('The session store cannot be reached');
		expect(cookiesOf(failed)).toEqual({ [ENDING]: expect.any(String), [COOKIE]: '' });
	});
});
