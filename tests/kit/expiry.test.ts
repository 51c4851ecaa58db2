/** How long sessions last. The clock of this process is the server's: it is set, not waited for. */
import { beforeEach, describe, expect, test } from 'vitest';
import { startApp } from './support/app.js';
import { later, stopTheClock } from './support/clock.js';
import { newEmail, PASSWORD, type Browser } from './support/browser.js';

const MINUTE = 60 * 1000;
const IDLE = 10 * MINUTE;
const MOST = 60 * MINUTE;

const app = await startApp({ env: { IDLE_TIMEOUT: '600', MAX_AGE: '3600' } });

beforeEach(stopTheClock);

const visit = async (browser: Browser) => (await browser.get('/private')).status;

describe('a session that is not used', () => {
	test('is there until its idle time is over, to the millisecond', async () => {
		const { browser } = app.signedIn();

		later(IDLE - 1);
		expect(await browser.session()).not.toBeNull();
		later(1);
		expect(await browser.session()).toBeNull();
		expect(await visit(browser)).toBe(303);
	});

	test('stays ended when its cookie comes back later', async () => {
		const { browser, user } = app.signedIn();
		later(IDLE);

		expect(await visit(browser)).toBe(303);
		expect(await visit(browser)).toBe(303);
		expect(app.sessionsOf(user.id)).toBe(0);
	});
});

describe('using a session', () => {
	test('keeps it, as long as each pause is shorter than the idle time', async () => {
		const { browser } = app.signedIn();

		for (let visits = 0; visits < 5; visits++) {
			later(IDLE - MINUTE);
			expect(await visit(browser)).toBe(200);
		}
	});

	test.each(['/auth/session', '/auth/sessions', '/auth/signout', '/'])(
		'is not what asking for %s is',
		async (path) => {
			const { browser } = app.signedIn();

			for (let visits = 0; visits < 3; visits++) {
				later(IDLE / 4);
				expect((await browser.get(path)).status).toBe(200);
			}
			later(IDLE / 4);

			expect(await visit(browser)).toBe(303);
		}
	);

	test('does not lead beyond its greatest age, to the millisecond', async () => {
		const { browser } = app.signedIn();
		for (let visits = 0; visits < 11; visits++) {
			later(MOST / 12);
			expect(await visit(browser)).toBe(200);
		}

		later(MOST / 12 - 1);
		expect(await visit(browser)).toBe(200);
		later(1);
		expect(await visit(browser)).toBe(303);
	});
});

describe('expiresAt', () => {
	test('is when it ends if it is not used any more', async () => {
		const { browser } = app.signedIn();
		const start = Date.now();
		const expiresAt = async () => Date.parse(String((await browser.session())?.expiresAt));

		expect(await expiresAt()).toBe(start + IDLE);
		for (let visits = 0; visits < 11; visits++) {
			later(MOST / 12);
			await visit(browser);
		}
		expect(await expiresAt()).toBe(start + MOST);
	});
});

test('the cookie lasts as long as the session can, and is written once', async () => {
	const browser = app.newBrowser();

	const { setCookies } = await browser.postForm('/auth/signup', {
		email: newEmail(),
		password: PASSWORD
	});

	expect(setCookies).toEqual([expect.stringContaining('Max-Age=3600;')]);
	later(IDLE - MINUTE);
	expect((await browser.get('/private')).setCookies).toEqual([]);
});

test('a session that is over counts for nothing', async () => {
	const { browser, user } = app.signedIn();
	later(IDLE);
	const fresh = app.signedIn(user);

	const { body: list } = await fresh.browser.get('/auth/sessions');
	const others = await fresh.browser.postJson('/auth/signout', { scope: 'others' });
	const everywhere = await browser.postJson('/auth/signout', { allSessions: true });

	expect(list.sessions).toHaveLength(1);
	expect(others.body).toMatchObject({ ok: true, revoked: 0 });
	expect(everywhere.body.code).toBe('no_session');
	expect(await fresh.browser.session()).not.toBeNull();
});
