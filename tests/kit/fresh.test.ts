/** What only somebody may do who has proved not long ago who they are. */
import { describe, expect, test } from 'vitest';
import { later, stopTheClock } from './support/clock.js';
import { startAppWithProviders } from './support/providers.js';

const app = await startAppWithProviders();
const MINUTES = 60_000;

describe('requireFresh', () => {
	test('lets through who has just signed in', async () => {
		const browser = app.newBrowser();
		const { user } = await browser.signUp();

		expect((await browser.get('/fresh')).body).toBe(user.id);
	});

	test('sends others to sign in again, and leads back', async () => {
		stopTheClock();
		const browser = app.newBrowser();
		const { user } = await browser.signUp();
		later(1 * MINUTES);

		const away = await browser.get('/fresh');
		expect([away.status, away.location]).toEqual([
			303,
			'/login?error=reauthentication_required&callbackUrl=%2Ffresh'
		]);
		await browser.signIn(user.email);
		expect((await browser.get('/fresh')).body).toBe(user.id);
	});

	test('using the session is no proof of who uses it', async () => {
		stopTheClock();
		const browser = app.newBrowser();
		await browser.signUp();
		later(59_000);
		await browser.get('/private');
		later(1000);

		expect((await browser.get('/fresh')).location).toContain('reauthentication_required');
	});

	test('sends who is signed out to sign in', async () => {
		const { location } = await app.newBrowser().get('/fresh');

		expect(location).toBe('/login?error=no_session&callbackUrl=%2Ffresh');
	});
});

describe('linking', () => {
	test('ten minutes after the sign-in asks for another one first, and does not leave', async () => {
		stopTheClock();
		const browser = app.newBrowser();
		await browser.signUp();
		later(10 * MINUTES);

		const { location, setCookies } = await browser.postForm('/auth/link/first', {
			callbackUrl: '/private'
		});

		expect(location).toBe('/login?error=reauthentication_required&callbackUrl=%2Fprivate');
		expect(setCookies).toEqual([]);
	});

	test('by JSON says so with 401', async () => {
		stopTheClock();
		const browser = app.newBrowser();
		await browser.signUp();
		later(10 * MINUTES);

		const { status, body } = await browser.postJson('/auth/link/first');

		expect([status, body.code]).toEqual([401, 'reauthentication_required']);
	});

	test('just before that still links', async () => {
		stopTheClock();
		const browser = app.newBrowser();
		const { user } = await browser.signUp();
		later(10 * MINUTES - 1);
		await app.comeBack(browser, await app.callbackOf(browser, 'first', 'ada', { path: 'link' }));

		const elsewhere = app.newBrowser();
		await app.signIn(elsewhere, 'first', 'ada');
		expect((await elsewhere.session())?.user.id).toBe(user.id);
	});

	test('is for the session that began it: after another sign-in it links nothing', async () => {
		const browser = app.newBrowser();
		const { user } = await browser.signUp();
		const url = await app.callbackOf(browser, 'first', 'bob', { path: 'link' });
		await browser.signUp();

		await app.comeBack(browser, url);

		expect(await browser.session()).toMatchObject({ provider: 'first', user: { name: 'bob' } });
		expect((await browser.session())?.user.id).not.toBe(user.id);
	});
});

describe('unlinking', () => {
	test('asks for a sign-in of late as well', async () => {
		stopTheClock();
		const browser = app.newBrowser();
		await browser.signUp();
		await app.comeBack(browser, await app.callbackOf(browser, 'first', 'carol', { path: 'link' }));
		later(10 * MINUTES);

		const { location } = await browser.postForm('/auth/unlink/first', { callbackUrl: '/private' });

		expect(location).toBe('/login?error=reauthentication_required&callbackUrl=%2Fprivate');
		const elsewhere = app.newBrowser();
		await app.signIn(elsewhere, 'first', 'carol');
		expect((await elsewhere.session())?.user.id).toBe((await browser.session())?.user.id);
	});

	test.each(['/auth/link/first', '/auth/unlink/first'])(
		'%s from another site does nothing',
		async (path) => {
			const browser = app.newBrowser();
			await app.signIn(browser, 'second', 'dave');

			const { status, body } = await browser.postJson(
				path,
				{},
				{ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
			);

			expect([status, body.code]).toEqual([403, 'cross_site']);
		}
	);
});
