import { describe, expect, test } from 'vitest';
import { startApp } from './support/app.js';
import { COOKIE, newEmail, PASSWORD } from './support/browser.js';

const app = await startApp();

const SECURE = '__Host-guardian.session';
const HTTPS = { origin: 'https://shop.example' };

describe('on https', () => {
	test('the cookie is a __Host- cookie and lives as long as the session can', async () => {
		const browser = app.newBrowser(HTTPS);
		const { user } = await browser.signUp();

		const answer = await browser.postForm('/auth/signin/password', {
			email: user.email ?? '',
			password: PASSWORD
		});

		expect(answer.setCookies).toEqual([
			expect.stringMatching(
				/^__Host-guardian\.session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/
			)
		]);
	});

	test('it is cleared with the attributes it was set with', async () => {
		const browser = app.newBrowser(HTTPS);
		await browser.signUp();

		const { setCookies } = await browser.postForm('/auth/signout');

		expect(setCookies).toEqual([`${SECURE}=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax`]);
		expect(await browser.session()).toBeNull();
	});

	test('the name without the prefix opens nothing, and is cleared on the way out', async () => {
		const { token } = app.signedIn();
		const browser = app.newBrowser(HTTPS);
		browser.cookies.set(COOKIE, token);

		expect(await browser.session()).toBeNull();
		await browser.postForm('/auth/signout');

		expect(browser.cookies.has(COOKIE)).toBe(false);
		expect(await app.opens(token)).toBe(true);
	});
});

describe('on plain http away from loopback', () => {
	test('nobody gets in or is added, and the answer is a plain failure', async () => {
		const browser = app.newBrowser({ origin: 'http://shop.example' });
		const email = newEmail();

		const answer = await browser.postJson('/auth/signup', { email, password: PASSWORD });

		expect([answer.status, answer.setCookies]).toEqual([500, []]);
		expect(await app.newBrowser().call('users', 'getByEmail', email)).toBeNull();
	});
});

describe('cookies of another library', () => {
	test.each(['sign-in', 'sign-out'])('are cleared at %s when configured', async (when) => {
		const browser = app.newBrowser();
		const { user } = await browser.signUp();
		browser.cookies.set('authjs.session-token', 'old');
		browser.cookies.set('theme', 'dark');

		if (when === 'sign-in') await browser.signIn(user.email);
		else await browser.postForm('/auth/signout');

		expect([...browser.cookies.keys()]).toEqual(when === 'sign-in' ? [COOKIE, 'theme'] : ['theme']);
	});
});

describe('the session cookie given several times', () => {
	/** Presents these values at once. */
	function presenting(...values: string[]) {
		const cookie = values.map((value) => `${COOKIE}=${value}`).join('; ');
		const { send } = app.newBrowser();
		return {
			session: async () =>
				(await send('GET', '/auth/session', { headers: { cookie } })).body.session,
			signOut: (options: object = {}) =>
				send('POST', '/auth/signout', {
					headers: { cookie, origin: 'http://localhost', 'content-type': 'application/json' },
					body: JSON.stringify(options)
				})
		};
	}
	const UNKNOWN = 'A'.repeat(43);

	test('counts when exactly one is live, wherever it stands', async () => {
		const { token, id } = app.signedIn();

		expect(await presenting(token, 'junk').session()).toMatchObject({ id });
		expect(await presenting('junk', UNKNOWN, token).session()).toMatchObject({ id });
		expect(await presenting(token, token).session()).toMatchObject({ id });
	});

	test('counts as signed out when two are live, and a sign-out ends both', async () => {
		const [first, second] = [app.signedIn(), app.signedIn()];
		const browser = presenting(first.token, second.token);

		expect(await browser.session()).toBeNull();
		const { body } = await browser.signOut();

		expect(body).toMatchObject({ ok: true, signedOut: true, revoked: 2 });
		expect(await app.opens(first.token)).toBe(false);
		expect(await app.opens(second.token)).toBe(false);
	});

	test('is not looked at beyond the fourth', async () => {
		const { token } = app.signedIn();
		const unknown = ['B', 'C', 'D', 'E'].map((letter) => letter.repeat(43));

		expect(await presenting(...unknown, token).session()).toBeNull();
		expect(await presenting(...unknown.slice(1), token).session()).not.toBeNull();
	});

	test('ends the live one with every scope that reaches this browser', async () => {
		for (const scope of ['session', 'browser', 'all']) {
			const { token } = app.signedIn();
			const { body } = await presenting(UNKNOWN, token).signOut({ scope });
			expect(body).toMatchObject({ ok: true, signedOut: true, revoked: 1 });
			expect(await app.opens(token)).toBe(false);
		}
	});
});

describe('a cookie that is no token', () => {
	test.each([
		['too short', 'A'.repeat(42)],
		['too long', 'A'.repeat(44)],
		['of other characters', `${'A'.repeat(42)}!`],
		['quoted', `"${'A'.repeat(43)}"`],
		['huge', 'A'.repeat(7000)],
		['percent-encoded nonsense', '%E0%A4%A']
	])('(%s) is nobody, and nothing breaks', async (_name, value) => {
		const browser = app.newBrowser();
		browser.cookies.set(COOKIE, value);

		expect((await browser.get('/private')).location).toBe('/login');
		expect((await browser.get('/auth/session')).body).toEqual({ session: null });
	});

	test('opens nothing when it is a session’s id', async () => {
		const { id } = app.signedIn();

		expect(await app.opens(id)).toBe(false);
	});
});
