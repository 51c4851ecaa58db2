import { beforeEach, describe, expect, test } from 'vitest';
import { startApp } from './support/app.js';
import { stopTheClock } from './support/clock.js';
import { COOKIE, newEmail, PASSWORD, type Answer, type Browser } from './support/browser.js';

const app = await startApp();

const WRONG = 'not the right password';
const SESSION = /^guardian\.session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/;

/** Somebody who has signed up and left. */
async function member(): Promise<string> {
	const { user } = await app.newBrowser().signUp();
	return user.email ?? '';
}

const signIn = (browser: Browser, email: string, password: string) =>
	browser.postJson('/auth/signin/password', { email, password });

/** What anybody can see of an answer. */
const visible = ({ status, location, setCookies, text, headers }: Answer) => ({
	status,
	location,
	setCookies,
	text,
	headers: [...headers]
});

describe('G9 signing up', () => {
	test('by JSON gives the session, and the token in the cookie alone', async () => {
		const [browser, email] = [app.newBrowser(), newEmail()];

		const answer = await browser.postJson('/auth/signup', {
			email,
			password: PASSWORD,
			name: 'Ada',
			callbackUrl: '/private'
		});

		expect(answer.status).toBe(200);
		expect(answer.body).toMatchObject({
			ok: true,
			url: '/private',
			session: { user: { email, name: 'Ada', emailVerified: false }, provider: 'password' }
		});
		expect(answer.setCookies).toEqual([expect.stringMatching(SESSION)]);
		expect(answer.text).not.toContain(browser.cookies.get(COOKIE));
		expect(answer.text).not.toContain('argon2');
		expect((await browser.get('/private')).text).toContain(email);
	});

	test.each([
		['/auth/signup', '/'],
		['/login?/signUp', '/']
	])('by a form to %s redirects', async (path, to) => {
		const browser = app.newBrowser();

		const answer = await browser.postForm(path, { email: newEmail(), password: PASSWORD });

		expect([answer.status, answer.location]).toEqual([303, to]);
		expect(answer.setCookies).toEqual([expect.stringMatching(SESSION)]);
	});

	test.each([
		['a short password', { password: 'short' }, 400, 'weak_password'],
		['a common password', { password: 'Password123' }, 400, 'weak_password'],
		['no password', { password: undefined }, 400, 'weak_password'],
		['a password that is a number', { password: 12345678901 }, 400, 'weak_password'],
		['a password that is too long', { password: 'x'.repeat(257) }, 400, 'weak_password'],
		['no address', { email: undefined }, 400, 'invalid_request'],
		['a broken address', { email: 'not an address' }, 400, 'invalid_request'],
		['an address that is a list', { email: ['a@example.com'] }, 400, 'invalid_request']
	])('with %s is refused and adds nobody', async (_name, wrong, status, code) => {
		const [browser, email] = [app.newBrowser(), newEmail()];

		const answer = await browser.postJson('/auth/signup', { email, password: PASSWORD, ...wrong });

		expect([answer.status, answer.body]).toMatchObject([status, { ok: false, code }]);
		expect(answer.body.error).toEqual(expect.stringMatching(/\.$/));
		expect(answer.setCookies).toEqual([]);
		expect(await browser.call('users', 'getByEmail', email)).toBeNull();
	});

	test('with an address that is taken is refused, however it is spelled', async () => {
		const email = await member();

		for (const spelling of [email, email.toUpperCase(), ` ${email} `.trim()]) {
			const { status, body } = await app
				.newBrowser()
				.postJson('/auth/signup', { email: spelling, password: PASSWORD });
			expect([status, body.code]).toEqual([409, 'email_taken']);
		}
	});

	test('that fails by a form goes back to it with 303, the code and the target', async () => {
		const fields = { email: newEmail(), password: 'short', callbackUrl: '/private?a=1' };

		const { status, location } = await app.newBrowser().postForm('/auth/signup', fields);

		expect([status, location]).toEqual([
			303,
			'/auth/signup?error=weak_password&callbackUrl=%2Fprivate%3Fa%3D1'
		]);
	});
});

describe('G9 signing in', () => {
	test('by JSON gives the session and the target', async () => {
		const [browser, email] = [app.newBrowser(), await member()];

		const answer = await signIn(browser, email.toUpperCase(), PASSWORD);

		expect([answer.status, answer.body]).toMatchObject([
			200,
			{ ok: true, url: '/', session: { user: { email } } }
		]);
		expect(answer.setCookies).toEqual([expect.stringMatching(SESSION)]);
		expect(answer.text).not.toContain(browser.cookies.get(COOKIE));
	});

	test.each([
		['/private', '/private'],
		['https://app.example/in', 'https://app.example/in'],
		['https://evil.example/', '/'],
		['//evil.example', '/'],
		['/auth/signout', '/'],
		['javascript:alert(1)', '/'],
		[undefined, '/']
	])('by a form with the target %j goes to %s', async (callbackUrl, to) => {
		const fields = {
			email: await member(),
			password: PASSWORD,
			...(callbackUrl && { callbackUrl })
		};

		for (const path of ['/auth/signin/password', '/login?/signIn']) {
			const { status, location } = await app.newBrowser().postForm(path, fields);
			expect([status, location]).toEqual([303, to]);
		}
	});

	test('that fails by a form goes back to it with 303, the code and a safe target', async () => {
		const fields = { email: await member(), password: WRONG };
		const post = async (callbackUrl: string) =>
			app.newBrowser().postForm('/auth/signin/password', { ...fields, callbackUrl });

		expect(visible(await post('/private'))).toMatchObject({
			status: 303,
			location: '/login?error=invalid_credentials&callbackUrl=%2Fprivate',
			setCookies: []
		});
		expect((await post('https://evil.example')).location).toBe('/login?error=invalid_credentials');
	});

	test('that fails by a form action gives the page its code, sentence and address', async () => {
		const email = await member();

		const answer = await app.newBrowser().postForm('/login?/signIn', { email, password: WRONG });

		expect(answer.status).toBe(401);
		expect(answer.text).toContain('data-code="invalid_credentials"');
		expect(answer.text).toContain(`is wrong. (${email})`);
		expect(answer.text).not.toContain(WRONG);
	});

	test('answers an unknown user and a wrong password alike', async () => {
		const email = await member();
		const everyWay = async (address: string) => {
			const browser = app.newBrowser();
			const fields = { email: address, password: WRONG };
			return [
				visible(await browser.postJson('/auth/signin/password', fields)),
				visible(await browser.postForm('/auth/signin/password', fields)),
				(await browser.postForm('/login?/signIn', fields)).status,
				visible(await browser.postJson('/api/sign-in', { provider: 'password', ...fields }))
			];
		};

		expect(await everyWay(newEmail())).toEqual(await everyWay(email));
	});

	test.each<[string, object]>([
		['nothing', {}],
		['no password', { password: undefined }],
		['an empty password', { password: '' }],
		['a password that is an object', { password: { $ne: '' } }],
		['an address that is a list', { email: ['a@example.com'] }],
		['a huge password', { password: 'x'.repeat(50_000) }],
		['half a character for a password', { password: '\ud800'.repeat(12) }]
	])('with %s is wrong credentials', async (name, fields) => {
		const known = name === 'nothing' ? {} : { email: await member(), password: PASSWORD };

		const answer = await app
			.newBrowser()
			.postJson('/auth/signin/password', { ...known, ...fields });

		expect([answer.status, answer.body.code]).toEqual([401, 'invalid_credentials']);
		expect(answer.setCookies).toEqual([]);
	});

	test('is nothing that another site can do', async () => {
		const fields = { email: await member(), password: PASSWORD };
		const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };

		const json = await app.newBrowser().postJson('/auth/signin/password', fields, foreign);
		const form = await app.newBrowser().postForm('/auth/signin/password', fields, foreign);
		const signUp = await app
			.newBrowser()
			.postJson('/auth/signup', { email: newEmail(), password: PASSWORD }, foreign);

		expect([json.status, form.status, signUp.status]).toEqual([403, 403, 403]);
		expect(json.body.code).toBe('cross_site');
		expect([json, form, signUp].flatMap(({ setCookies }) => setCookies)).toEqual([]);
	});
});

describe('guessing a password', () => {
	const guess = async (address: string, email: string, times: number) => {
		const browser = app.newBrowser({ address });
		const answers: Answer[] = [];
		for (let i = 0; i < times; i++) answers.push(await signIn(browser, email, WRONG));
		return answers.map(({ status }) => status);
	};
	const TEN = Array<number>(10).fill(401);

	// Attempts are counted by quarters of an hour: no test may run into the next one.
	beforeEach(stopTheClock);

	test('stops after ten attempts from one address, even for the right one, with Retry-After', async () => {
		const email = await member();

		expect(await guess('203.0.113.1', email, 11)).toEqual([...TEN, 429]);
		const right = await signIn(app.newBrowser({ address: '203.0.113.1' }), email, PASSWORD);
		const form = await app
			.newBrowser({ address: '203.0.113.1' })
			.postForm('/auth/signin/password', { email, password: PASSWORD });

		expect([right.status, right.body.code]).toEqual([429, 'rate_limited']);
		expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(Number(right.headers.get('retry-after'))).toBeLessThanOrEqual(15 * 60);
		expect(right.setCookies).toEqual([]);
		expect(form.location).toBe('/login?error=rate_limited');
	});

	test('leaves the owner, who is elsewhere, alone', async () => {
		const email = await member();
		await guess('203.0.113.2', email, 11);

		const { status } = await signIn(app.newBrowser({ address: '198.51.100.2' }), email, PASSWORD);

		expect(status).toBe(200);
	});

	test('stops in the same way for somebody who does not exist', async () => {
		expect(await guess('203.0.113.3', newEmail(), 11)).toEqual([...TEN, 429]);
	});

	test('is not sped up by guessing all at once', async () => {
		const email = await member();
		const { send } = app.newBrowser({ address: '203.0.113.4' });

		const answers = await Promise.all(
			Array.from({ length: 25 }, () =>
				send('POST', '/auth/signin/password', {
					headers: { origin: 'http://localhost', 'content-type': 'application/json' },
					body: JSON.stringify({ email, password: WRONG })
				})
			)
		);

		const statuses = answers.map(({ status }) => status);
		expect(statuses.filter((status) => status === 401)).toEqual(TEN);
		expect(statuses.filter((status) => status === 429)).toHaveLength(15);
	});

	test('counts the households of IPv6 by their network', async () => {
		const email = await member();
		for (let i = 1; i <= 10; i++) await guess(`2001:db8:1:1::${i}`, email, 1);

		expect(await guess('2001:db8:1:1:ffff::1', email, 1)).toEqual([429]);
		expect(await guess('2001:db8:1:2::1', email, 1)).toEqual([401]);
	});

	test('is not what signing in well counts as', async () => {
		const email = await member();
		const browser = app.newBrowser({ address: '203.0.113.5' });

		for (let i = 0; i < 12; i++) expect((await signIn(browser, email, PASSWORD)).status).toBe(200);
	});

	test('has a limit for creating accounts, too', async () => {
		const browser = app.newBrowser({ address: '203.0.113.6' });
		const signUp = () => browser.postJson('/auth/signup', { email: newEmail(), password: 'short' });
		for (let i = 0; i < 100; i++) expect((await signUp()).status).toBe(400);

		const { status, body, headers } = await signUp();

		expect([status, body.code]).toEqual([429, 'rate_limited']);
		expect(headers.get('retry-after')).toMatch(/^\d+$/);
	});
});
