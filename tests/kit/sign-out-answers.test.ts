/** What a sign-out answers, ends and does to the cookie: the table of the security rules. */
import { describe, expect, test } from 'vitest';
import { startApp } from './support/app.js';
import { COOKIE, type Answer } from './support/browser.js';

const app = await startApp();

const CLEARED = [`${COOKIE}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax`];

type SignedIn = ReturnType<typeof app.signedIn>;
type Options = Record<string, unknown>;

/** The three ways in which options reach us. */
const doors: Record<string, (browser: SignedIn['browser'], options: Options) => Promise<Answer>> = {
	JSON: (browser, options) => browser.postJson('/auth/signout', options),
	'a form': (browser, options) =>
		browser.postForm(
			'/auth/signout',
			Object.fromEntries(Object.entries(options).map(([name, value]) => [name, String(value)]))
		),
	'server code': (browser, options) =>
		browser.postJson('/api/sign-out', { ...options, redirect: false })
};

/** A user with this browser and two others, and somebody else. */
function household() {
	const here = app.signedIn();
	const { user } = here;
	const elsewhere = [app.signedIn(user), app.signedIn(user)] as const;
	return { here, user, elsewhere, stranger: app.signedIn() };
}

async function open(people: readonly SignedIn[]): Promise<boolean[]> {
	return Promise.all(people.map(({ token }) => app.opens(token)));
}

describe.each(Object.entries(doors))('signing out by %s', (door, post) => {
	const isForm = door === 'a form';

	test.each([
		['nothing', {}, { here: false, elsewhere: true, revoked: 1 }],
		["scope: 'session'", { scope: 'session' }, { here: false, elsewhere: true, revoked: 1 }],
		["scope: 'browser'", { scope: 'browser' }, { here: false, elsewhere: true, revoked: 1 }],
		["scope: 'others'", { scope: 'others' }, { here: true, elsewhere: false, revoked: 2 }],
		["scope: 'all'", { scope: 'all' }, { here: false, elsewhere: false, revoked: 3 }],
		['allSessions: true', { allSessions: true }, { here: false, elsewhere: false, revoked: 3 }],
		['allSessions: false', { allSessions: false }, { here: false, elsewhere: true, revoked: 1 }]
	])('G8 with %s reaches whom it names', async (_name, options, expected) => {
		const { here, elsewhere, stranger } = household();

		const answer = await post(here.browser, options);

		expect(await open([here, ...elsewhere, stranger])).toEqual([
			expected.here,
			expected.elsewhere,
			expected.elsewhere,
			true
		]);
		const url = expected.here ? expect.any(String) : '/signed-out';
		expect(answer.setCookies).toEqual(expected.here ? [] : CLEARED);
		expect(answer.headers.get('clear-site-data')).toBe(expected.here ? null : '"cache"');
		if (isForm) expect([answer.status, answer.location]).toEqual([303, url]);
		else {
			const { revoked } = expected;
			expect(answer.status).toBe(200);
			expect(answer.body).toEqual({ ok: true, signedOut: !expected.here, revoked, url });
		}
	});

	test.each([
		["scope: 'session'", { scope: 'session' }],
		["scope: 'browser'", { scope: 'browser' }]
	])('with %s and no session succeeds and clears the cookie', async (_name, options) => {
		const { browser, token } = app.signedIn();
		await browser.postJson('/auth/signout');
		browser.cookies.set(COOKIE, token);

		const answer = await post(browser, options);

		expect(answer.setCookies).toEqual(CLEARED);
		if (isForm) expect([answer.status, answer.location]).toEqual([303, '/signed-out']);
		else expect(answer.body).toEqual({ ok: true, signedOut: true, revoked: 0, url: '/signed-out' });
	});

	test.each([
		["scope: 'others'", { scope: 'others' }],
		["scope: 'all'", { scope: 'all' }],
		['sessionId', { sessionId: 'a'.repeat(64) }]
	])('with %s and no session says so and clears the cookie', async (_name, options) => {
		const { browser, token, user } = app.signedIn();
		const elsewhere = app.signedIn(user);
		await browser.postJson('/auth/signout');
		browser.cookies.set(COOKIE, token);

		const answer = await post(browser, options);

		expect(answer.setCookies).toEqual(CLEARED);
		if (isForm) expect([answer.status, answer.location]).toEqual([303, '/login']);
		else {
			expect(answer.status).toBe(door === 'JSON' ? 401 : 200);
			expect(answer.body).toMatchObject({ ok: false, code: 'no_session', revoked: 0 });
		}
		expect(await app.opens(elsewhere.token)).toBe(true);
	});

	describe('C3 with sessionId', () => {
		test('ends another session of the same user and leaves this browser alone', async () => {
			const { here, elsewhere } = household();

			const answer = await post(here.browser, { sessionId: elsewhere[0].id });

			expect(await open([here, ...elsewhere])).toEqual([true, false, true]);
			expect(answer.setCookies).toEqual([]);
			if (isForm) expect(answer.status).toBe(303);
			else expect(answer.body).toMatchObject({ ok: true, signedOut: false, revoked: 1 });
		});

		test('ends the own current session as a sign-out does', async () => {
			const { here, elsewhere } = household();

			const answer = await post(here.browser, { sessionId: here.id });

			expect(await open([here, ...elsewhere])).toEqual([false, true, true]);
			expect(answer.setCookies).toEqual(CLEARED);
			if (isForm) expect(answer.location).toBe('/signed-out');
			else {
				const url = '/signed-out';
				expect(answer.body).toEqual({ ok: true, signedOut: true, revoked: 1, url });
			}
		});

		test('answers the same to a foreign, an unknown and a malformed id', async () => {
			const { here, stranger } = household();
			const ids = [stranger.id, 'f'.repeat(64), 'none', '', stranger.token];

			const answers: unknown[] = [];
			for (const sessionId of ids) {
				const { status, location, setCookies, text } = await post(here.browser, { sessionId });
				answers.push({ status, location, setCookies, text });
			}

			expect(answers).toEqual(ids.map(() => answers[0]));
			expect(answers[0]).toMatchObject({ status: isForm ? 303 : 200, setCookies: [] });
			expect(await open([here, stranger])).toEqual([true, true]);
		});
	});

	test.each<[string, Options, code: 'invalid_options' | 'invalid_request']>([
		['an unknown scope', { scope: 'everything' }, 'invalid_options'],
		['an empty scope', { scope: '' }, 'invalid_options'],
		['scope and allSessions', { scope: 'others', allSessions: true }, 'invalid_options'],
		['scope and sessionId', { scope: 'session', sessionId: 'x' }, 'invalid_options'],
		['sessionId and allSessions', { sessionId: 'x', allSessions: true }, 'invalid_options'],
		['allSessions: maybe', { allSessions: 'maybe' }, 'invalid_request']
	])('refuses %s, ends nothing and leaves the cookie', async (_name, options, code) => {
		const { here, elsewhere } = household();

		const answer = await post(here.browser, options);

		expect(await open([here, ...elsewhere])).toEqual([true, true, true]);
		expect(answer.setCookies).toEqual([]);
		if (isForm)
			expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('Nothing')]);
		else if (door === 'JSON') {
			expect([answer.status, answer.body]).toMatchObject([400, { ok: false, code }]);
		} else expect([answer.status, answer.body.thrown]).toEqual([422, 'invalid_options']);
	});
});

describe('JSON options that a form cannot have', () => {
	test.each<[string, Options]>([
		['sessionId: 5', { sessionId: 5 }],
		['sessionId: null', { sessionId: null }],
		['sessionId: []', { sessionId: [] }],
		['scope: null', { scope: null }],
		['scope: ["all"]', { scope: ['all'] }],
		['allSessions: null', { allSessions: null }],
		['allSessions: 1', { allSessions: 1 }],
		['allSessions: {}', { allSessions: {} }]
	])('%s is refused and ends nothing', async (_name, options) => {
		const { browser, token } = app.signedIn();

		const answer = await browser.postJson('/auth/signout', options);

		expect(answer.status).toBe(400);
		expect(answer.body).toMatchObject({ ok: false, signedOut: false, revoked: 0 });
		expect(answer.setCookies).toEqual([]);
		expect(await app.opens(token)).toBe(true);
	});
});

describe('a request from another site', () => {
	const foreign: Record<string, Record<string, string>> = {
		'another origin': { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
		'a sister domain': { origin: 'http://sister.localhost', 'sec-fetch-site': 'same-site' },
		'another origin, from an old browser': { origin: 'https://evil.example', 'sec-fetch-site': '' },
		'a cookie that nothing vouches for': { origin: '', 'sec-fetch-site': '' },
		'an allowed target, which may not post': { origin: 'https://app.example' }
	};

	test.each(Object.entries(foreign))('%s ends nothing by JSON', async (_name, headers) => {
		const { browser, token } = app.signedIn();

		const answer = await browser.postJson('/auth/signout', {}, headers);

		expect(answer.status).toBe(403);
		expect(answer.body).toMatchObject({ ok: false, signedOut: false, code: 'cross_site' });
		expect(answer.setCookies).toEqual([]);
		expect(await app.opens(token)).toBe(true);
	});

	test.each(Object.entries(foreign))('%s ends nothing by a form', async (_name, headers) => {
		const { browser, token } = app.signedIn();

		const answer = await browser.postForm('/auth/signout', {}, headers);

		expect(answer.status).toBe(403);
		expect(answer.setCookies).toEqual([]);
		expect(await app.opens(token)).toBe(true);
	});

	test('ends nothing through app code that calls signOut()', async () => {
		const { browser, token } = app.signedIn();
		const link = { 'sec-fetch-site': 'cross-site' };

		const posted = await browser.postJson('/api/sign-out', {}, { origin: 'https://evil.example' });
		const followed = await browser.get('/by-hand', link);
		const image = await browser.get('/by-hand', { 'sec-fetch-dest': 'image' });
		const prefetched = await browser.get('/by-hand', { 'sec-purpose': 'prefetch' });

		expect([posted.status, followed.status, image.status, prefetched.status]).toEqual([
			403, 403, 403, 403
		]);
		expect(await app.opens(token)).toBe(true);
	});

	test('says so as a value where the app asked for one', async () => {
		const { browser } = app.signedIn();

		const headers = { origin: 'https://evil.example' };
		const { body } = await browser.postJson('/api/sign-out', { redirect: false }, headers);

		expect(body).toMatchObject({ ok: false, signedOut: false, code: 'cross_site', pending: false });
	});
});

describe('G7 the sessions of another user', () => {
	const admin = () => app.signedIn(app.newUser({ role: 'admin' }));

	test('end where mayEndSessionsOf says yes', async () => {
		const { here, elsewhere, user } = household();
		const boss = admin();

		const { body } = await boss.browser.postJson('/api/sign-out', {
			allSessions: true,
			userId: user.id,
			redirect: false
		});

		expect(body).toMatchObject({ ok: true, signedOut: false, revoked: 3 });
		expect(await open([boss, here, ...elsewhere])).toEqual([true, false, false, false]);
	});

	test('stay where it says no, or where nobody is signed in', async () => {
		const { here, user, stranger } = household();
		const options = { allSessions: true, userId: user.id, redirect: false };

		const asStranger = await stranger.browser.postJson('/api/sign-out', options);
		const asNobody = await app.newBrowser().postJson('/api/sign-out', options);
		const redirecting = await stranger.browser.postJson('/api/sign-out', {
			allSessions: true,
			userId: user.id
		});

		for (const { body, setCookies } of [asStranger, asNobody]) {
			expect(body).toMatchObject({ ok: false, code: 'forbidden', revoked: 0 });
			expect(setCookies).toEqual([]);
		}
		expect(redirecting.status).toBe(403);
		expect(await open([here, stranger])).toEqual([true, true]);
	});

	test('are one’s own under one’s own id, for which nobody is asked', async () => {
		const { here, user, elsewhere } = household();

		const { body, setCookies } = await here.browser.postJson('/api/sign-out', {
			allSessions: true,
			userId: user.id,
			redirect: false
		});

		expect(body).toEqual({ ok: true, signedOut: true, revoked: 3, url: '/signed-out' });
		expect(setCookies).toEqual(CLEARED);
		expect(await open([here, ...elsewhere])).toEqual([false, false, false]);
	});

	test.each<[string, Options]>([
		['without allSessions', {}],
		['with allSessions: false', { allSessions: false }],
		['with a scope', { scope: 'all' }],
		['that is no string', { allSessions: true, userId: 7 }]
	])('are not ended by a userId %s', async (_name, options) => {
		const { here, user } = household();
		const boss = admin();

		const { body } = await boss.browser.postJson('/api/sign-out', {
			userId: user.id,
			...options,
			redirect: false
		});

		expect(body.thrown).toBe('invalid_options');
		expect(await open([boss, here])).toEqual([true, true]);
	});

	test.each(['JSON', 'form'] as const)('G8 stay when a %s names a user', async (kind) => {
		const { here, user } = household();
		const boss = admin();
		const userId = user.id;

		if (kind === 'JSON')
			await boss.browser.postJson('/auth/signout', { allSessions: true, userId });
		else await boss.browser.postForm('/auth/signout', { allSessions: 'true', userId });

		expect(await open([boss, here])).toEqual([false, true]);
	});
});

test('an option that does not exist is refused, so that a slip ends nothing', async () => {
	const { browser, token } = app.signedIn();

	const { body } = await browser.postJson('/api/sign-out', { scopes: 'all', redirect: false });

	expect(body.thrown).toBe('invalid_options');
	expect(body.message).toContain('`scopes`');
	expect(await app.opens(token)).toBe(true);
});

test('a sign-out that leaves this session alone goes to the target, or stays where one is', async () => {
	const { browser } = app.signedIn();

	const target = await browser.postForm('/auth/signout', { scope: 'others', callbackUrl: '/bye' });
	const action = await browser.postForm('/first?tab=2', { scope: 'others' });

	expect(target.location).toBe('/bye');
	expect(action.location).toBe('/first?tab=2');
});

test('staying where one is never leads to another site, whatever the path looks like', async () => {
	const { browser, token } = app.signedIn();

	for (const path of ['http://localhost//evil.example/x', 'http://localhost///evil.example']) {
		const { status, location } = await browser.postForm(path, { scope: 'others' });
		expect(status).toBe(303);
		expect(location).not.toMatch(/^\/[/\\]/);
	}
	expect(await app.opens(token)).toBe(true);
});
