/** Several ways in side by side: two OpenID providers, plain OAuth, Credentials and a password. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { COOKIE, newEmail, PASSWORD } from './support/browser.js';
import { startAppWithProviders } from './support/providers.js';

const app = await startAppWithProviders();
const refused = '/login?error=callback_invalid';

describe('each provider knows its own people', () => {
	test('the same name at two of them is two users', async () => {
		const [one, other] = [app.newBrowser(), app.newBrowser()];
		await app.signIn(one, 'first', 'ada');
		const answer = await app.signIn(other, 'second', 'ada');

		// Both say ada@idp.example, and neither takes the place of the other.
		expect(answer.location).toBe('/login?error=email_taken');
		expect(await other.session()).toBeNull();
		expect(await one.session()).toMatchObject({ provider: 'first' });
	});

	test('Credentials and OpenID in one app, one after the other in one browser', async () => {
		const browser = app.newBrowser();
		await browser.postForm('/auth/signin/card', { number: '17', pin: '1234' });
		const withCard = await browser.session();
		const token = browser.cookies.get(COOKIE) ?? '';
		await app.signIn(browser, 'first', 'bob');

		expect(withCard).toMatchObject({ provider: 'card', user: { name: 'Card 17' } });
		expect(await browser.session()).toMatchObject({ provider: 'first', user: { name: 'bob' } });
		expect(await app.opens(token)).toBe(false);
	});
});

describe('a mix-up of two providers', () => {
	test('a callback meant for one counts nothing at the other', async () => {
		const browser = app.newBrowser();
		const { pathname, search } = new URL(await app.callbackOf(browser, 'first', 'carol'));

		const answer = await app.comeBack(
			browser,
			`http://localhost${pathname.replace('first', 'second')}${search}`
		);

		expect(answer.location).toBe(refused);
		expect(await browser.session()).toBeNull();
	});

	test('a code of one, brought with the state of the other, signs nobody in', async () => {
		const browser = app.newBrowser();
		const begun = await browser.postForm('/auth/signin/second');
		const { searchParams: ofSecond } = new URL(begun.location ?? '');
		const code = new URL(await app.callbackOf(app.newBrowser(), 'first', 'dave')).searchParams;
		const query = new URLSearchParams({
			code: code.get('code') ?? '',
			state: ofSecond.get('state') ?? ''
		});

		const answer = await app.comeBack(
			browser,
			`http://localhost/auth/callback/second?${query.toString()}`
		);

		expect(answer.location).toBe(refused);
		expect(await browser.session()).toBeNull();
	});

	test('the issuer in a callback has to be the one that was asked (RFC 9207)', async () => {
		const browser = app.newBrowser();
		const url = new URL(await app.callbackOf(browser, 'first', 'erin'));
		expect(url.searchParams.get('iss')).toBe(app.first.issuer);
		url.searchParams.set('iss', app.second.issuer);

		expect((await app.comeBack(browser, url.href)).location).toBe(refused);
		expect(await browser.session()).toBeNull();
	});
});

describe('the app hears', () => {
	test('of a sign-up the first time, and of a sign-in each time', async () => {
		const browser = app.newBrowser();
		await app.signIn(browser, 'first', 'frank');
		await app.signIn(browser, 'first', 'frank');
		const session = await browser.session();
		const userId = session?.user.id ?? '';

		expect(await app.heard('afterSignUp', userId)).toHaveLength(1);
		expect(await app.heard('afterSignIn', userId)).toMatchObject([
			{ user: { name: 'frank' }, session: { provider: 'first' } },
			{ user: { name: 'frank' }, session: { provider: 'first', id: session?.id } }
		]);
	});

	test('of no sign-in when an account was linked', async () => {
		const browser = app.newBrowser();
		const { user } = await browser.signUp();
		const url = await app.callbackOf(browser, 'first', 'grace', { path: 'link' });

		expect((await app.comeBack(browser, url)).location).toBe('/');
		expect(await app.heard('afterSignIn', user.id)).toHaveLength(1);
	});
});

describe('what a session remembers of its provider', () => {
	test('issuer, subject, sid and when it was proved', async () => {
		const browser = app.newBrowser();
		const before = Date.now();
		await app.signIn(browser, 'first', 'heidi');
		const session = await browser.session();
		const row = app.database
			.prepare('SELECT * FROM guardian_sessions WHERE id = ?')
			.get(session?.id ?? '');

		expect(row).toMatchObject({
			provider: 'first',
			issuer: app.first.issuer,
			subject: 'heidi',
			sid: expect.stringMatching(/^.{10,}$/)
		});
		expect(Math.abs(Date.parse(String(session?.authTime)) - before)).toBeLessThan(60_000);
	});
});

describe('the built-in pages and the cookies', () => {
	test('on https every cookie of a sign-in under way is __Host-', async () => {
		const browser = app.newBrowser({ origin: 'https://guarded.example' });

		const { setCookies, location } = await browser.postForm('/auth/signin/first');

		expect(new URL(location ?? '').searchParams.get('redirect_uri')).toBe(
			'https://guarded.example/auth/callback/first'
		);
		expect(setCookies.map((cookie) => cookie.split('=')[0]).sort()).toEqual([
			'__Host-guardian.flow',
			'__Host-guardian.nonce',
			'__Host-guardian.pkce',
			'__Host-guardian.state'
		]);
		for (const cookie of setCookies) {
			expect(cookie).toMatch(/; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
		}
	});

	test('a provider of @auth/core as it comes sends the browser to its own site', async () => {
		Object.assign(process.env, { AUTH_GITHUB_ID: 'an-id', AUTH_GITHUB_SECRET: 'a-secret' });

		const { location } = await app.newBrowser().postForm('/auth/signin/github');

		const { origin, searchParams } = new URL(location ?? '');
		expect(origin).toBe('https://github.com');
		expect(Object.fromEntries(searchParams)).toMatchObject({
			client_id: 'an-id',
			redirect_uri: 'http://localhost/auth/callback/github',
			code_challenge_method: 'S256',
			state: expect.stringMatching(/./)
		});
	});

	test.each(['ID', 'SECRET'])('one that has no %s is a mistake of the app', async (part) => {
		vi.stubEnv('AUTH_GITHUB_ID', 'the-id');
		vi.stubEnv('AUTH_GITHUB_SECRET', 'the-secret');
		vi.stubEnv(`AUTH_GITHUB_${part}`, undefined);
		onTestFinished(() => void vi.unstubAllEnvs());

		const { status, setCookies } = await app.newBrowser().postForm('/auth/signin/github');

		expect([status, setCookies]).toEqual([500, []]);
	});
});

test('one who was refused by a provider may come in another way', async () => {
	const browser = app.newBrowser();
	const url = await app.callbackOf(browser, 'first', null, { fields: { callbackUrl: '/private' } });

	const back = await app.comeBack(browser, url);
	expect(back.location).toBe('/login?error=access_denied&callbackUrl=%2Fprivate');
	const email = newEmail();
	await browser.postForm('/auth/signup', { email, password: PASSWORD });
	expect(await browser.session()).toMatchObject({ user: { email } });
});
