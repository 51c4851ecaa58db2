/** A Credentials provider of @auth/core, beside the password. */
import { describe, expect, test } from 'vitest';
import { startApp } from './support/app.js';
import { COOKIE, type Browser } from './support/browser.js';

const app = await startApp();

const signIn = (browser: Browser, number: string, pin = '1234') =>
	browser.postJson('/auth/signin/card', { number, pin, callbackUrl: '/private' });

describe('signing in with Credentials', () => {
	test('by JSON gives a session of ours, and the same user each time', async () => {
		const [browser, elsewhere] = [app.newBrowser(), app.newBrowser()];
		const { status, body, setCookies } = await signIn(browser, '21');
		const again = await signIn(elsewhere, '21');

		expect([status, body.url]).toEqual([200, '/private']);
		expect(body.session).toMatchObject({ provider: 'card', user: { name: 'Card 21' } });
		expect(setCookies).toEqual([expect.stringMatching(/^guardian\.session=/)]);
		expect(again.body.session.user.id).toBe(body.session.user.id);
		expect(await browser.session()).not.toBeNull();
	});

	test('by a form redirects', async () => {
		const browser = app.newBrowser();

		const answer = await browser.postForm('/auth/signin/card', { number: '22', pin: '1234' });

		expect([answer.status, answer.location]).toEqual([303, '/']);
		expect(await browser.session()).toMatchObject({ provider: 'card' });
	});

	test("by the app's own form action, and by signIn() in the server", async () => {
		const [form, server] = [app.newBrowser(), app.newBrowser()];
		const fields = { number: '23', pin: '1234' };

		const answer = await form.postForm('/login?/signIn', { provider: 'card', ...fields });
		await server.postJson('/api/sign-in', { provider: 'card', fields, redirect: false });

		expect(answer.location).toBe('/');
		expect((await form.session())?.user.id).toBe((await server.session())?.user.id);
	});

	test('ends the session that was there', async () => {
		const browser = app.newBrowser();
		await signIn(browser, '24');
		const token = browser.cookies.get(COOKIE) ?? '';
		await signIn(browser, '24');

		expect(await app.opens(token)).toBe(false);
		expect(await browser.session()).not.toBeNull();
	});

	test('is signed out of like any other', async () => {
		const browser = app.newBrowser();
		await signIn(browser, '25');
		const token = browser.cookies.get(COOKIE) ?? '';

		const { body } = await browser.postJson('/auth/signout', {});

		expect(body).toMatchObject({ ok: true, signedOut: true, revoked: 1 });
		expect(await app.opens(token)).toBe(false);
	});

	test('keeps no provider tokens, and no PIN', async () => {
		const { body } = await signIn(app.newBrowser(), '26', '1234');
		const row = app.database
			.prepare('SELECT * FROM guardian_sessions WHERE id = ?')
			.get(body.session.id);

		expect(row).toMatchObject({ sealed_tokens: null, issuer: null, subject: null, sid: null });
	});
});

describe('what is refused', () => {
	test('a wrong PIN, by JSON with 401 and by a form with the way back', async () => {
		const browser = app.newBrowser();
		const json = await signIn(browser, '31', '0000');
		const form = await browser.postForm('/auth/signin/card', {
			number: '31',
			pin: '0000',
			callbackUrl: '/private'
		});

		expect([json.status, json.body.code]).toEqual([401, 'invalid_credentials']);
		expect(form.location).toBe('/login?error=invalid_credentials&callbackUrl=%2Fprivate');
		expect(await browser.session()).toBeNull();
	});

	test('guesses at one card, before the app is asked; other cards stay open', async () => {
		const address = '198.51.100.7';
		const browser = app.newBrowser({ address });
		const statuses: number[] = [];
		for (let guess = 0; guess < 11; guess += 1) {
			statuses.push((await signIn(browser, ' 32 ', String(guess))).status);
		}

		expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
		expect((await signIn(browser, '32')).body.code).toBe('rate_limited');
		expect((await signIn(browser, '33')).status).toBe(200);
	});

	test('an `authorize` that fails is not a wrong PIN, and its words stay in the server', async () => {
		const { status, body, text } = await signIn(app.newBrowser(), '500');

		expect([status, body.code]).toEqual([503, 'provider_unavailable']);
		expect(text).not.toContain('out of order');
	});

	test('a user without an id, who would be a new one each time: a mistake of the app', async () => {
		const browser = app.newBrowser();
		const { status, setCookies } = await signIn(browser, '0');

		expect([status, setCookies]).toEqual([500, []]);
	});

	test('a post of another site', async () => {
		const browser = app.newBrowser();
		const answer = await browser.postJson(
			'/auth/signin/card',
			{ number: '34', pin: '1234' },
			{ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
		);

		expect([answer.status, answer.body.code]).toEqual([403, 'cross_site']);
		expect(answer.setCookies).toEqual([]);
	});

	test.each(['/auth/callback/card', '/auth/link/card', '/auth/unlink/card'])(
		'there is no %s',
		async (path) => {
			expect((await app.newBrowser().get(path)).text).toContain('Anything else');
		}
	);
});
