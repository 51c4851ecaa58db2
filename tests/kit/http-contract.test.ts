/** The routes under `/auth`, as anything that speaks HTTP sees them. */
import { describe, expect, test } from 'vitest';
import { startApp } from './support/app.js';
import { PASSWORD, newEmail, type Answer, type Browser, type Fields } from './support/browser.js';

const app = await startApp();

const json = { 'content-type': 'application/json' };
const own = { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' };

const post = (
	browser: Browser,
	path: string,
	headers: Record<string, string>,
	body: RequestInit['body']
) => browser.send('POST', path, { headers: { ...own, ...headers }, body });

const OURS = ['/auth/signin', '/auth/signup', '/auth/signout', '/auth/session', '/auth/sessions'];

describe('the Content-Type of a request', () => {
	test.each([['application/json'], ['application/json; charset=utf-8'], ['APPLICATION/JSON']])(
		'%s is answered with JSON, whatever Accept says',
		async (type) => {
			const { browser } = app.signedIn();

			const answer = await post(
				browser,
				'/auth/signout',
				{ 'content-type': type, accept: 'text/html' },
				'{}'
			);

			expect([answer.status, answer.body]).toMatchObject([200, { ok: true, revoked: 1 }]);
		}
	);

	test('of a form, in either encoding, is answered with a redirect, whatever Accept says', async () => {
		const [first, second] = [app.signedIn(), app.signedIn()];
		const fields = new FormData();
		fields.set('callbackUrl', '/bye');
		const accept = { accept: 'application/json' };

		const encoded = await first.browser.postForm('/auth/signout', { callbackUrl: '/bye' }, accept);
		const multipart = await post(second.browser, '/auth/signout', accept, fields);

		expect([encoded.status, encoded.location]).toEqual([303, '/bye']);
		expect([multipart.status, multipart.location]).toEqual([303, '/bye']);
	});

	test.each([
		['text/plain'],
		['application/xml'],
		['application/jsonp'],
		['application/json-patch+json'],
		['nonsense'],
		['']
	])('%j is refused and ends nothing', async (type) => {
		const { browser, token } = app.signedIn();

		const answer = await post(
			browser,
			'/auth/signout',
			{ 'content-type': type },
			new Uint8Array(0)
		);

		expect(answer.status).toBe(400);
		expect(answer.body).toMatchObject({ ok: false, code: 'invalid_request' });
		expect(await app.opens(token)).toBe(true);
	});
});

describe('a body', () => {
	test.each([
		['no JSON', '{'],
		['empty', ''],
		['a list', '[]'],
		['null', 'null'],
		['a string', '"all"'],
		['a number', '1'],
		['a field twice', '{"scope":"session","scope":"all"}'],
		['a field twice, once escaped', '{"scope":"session","\\u0073cope":"all"}']
	])('that is %s is refused and ends nothing', async (_name, body) => {
		const { browser, token } = app.signedIn();

		const answer = await post(browser, '/auth/signout', json, body);

		expect(answer.status).toBe(400);
		expect(answer.body).toMatchObject({ ok: false, code: 'invalid_request' });
		expect(await app.opens(token)).toBe(true);
	});

	test('whose form has a field twice is refused and ends nothing', async () => {
		const { browser, token } = app.signedIn();

		const answer = await browser.postForm('/auth/signout', [
			['callbackUrl', '/a'],
			['callbackUrl', '/b']
		]);

		expect(answer.status).toBe(400);
		expect(answer.headers.get('content-type')).toMatch('text/html');
		expect(await app.opens(token)).toBe(true);
	});

	test('with an uploaded file for a field is refused and ends nothing', async () => {
		const { browser, token } = app.signedIn();
		const fields = new FormData();
		fields.set('scope', new Blob(['all']), 'scope.txt');

		expect((await post(browser, '/auth/signout', {}, fields)).status).toBe(400);
		expect(await app.opens(token)).toBe(true);
	});

	test.each<[string, unknown, Fields]>([
		[
			'unknown fields',
			{ _method: 'DELETE', userId: 'u', __proto__: null, nested: { scope: 'all' } },
			{ _method: 'DELETE', userId: 'u', 'x-http-method-override': 'GET' }
		],
		[
			'an unknown field twice',
			{ utm: [1, 1] },
			[
				['utm', '1'],
				['utm', '1']
			]
		]
	])('may have %s, which are ignored', async (_name, body, fields) => {
		const [first, second] = [app.signedIn(), app.signedIn()];

		expect((await first.browser.postJson('/auth/signout', body)).body.revoked).toBe(1);
		expect((await second.browser.postForm('/auth/signout', fields)).status).toBe(303);
		expect(await app.opens(second.token)).toBe(false);
	});

	test.each([
		['true', 'all'],
		['on', 'all'],
		['1', 'all'],
		['false', 'browser'],
		['off', 'browser'],
		['0', 'browser'],
		['', 'browser']
	])('of a form says allSessions=%j for %s', async (value, meant) => {
		const { browser, user } = app.signedIn();
		const elsewhere = app.signedIn(user);

		const { status } = await browser.postForm('/auth/signout', { allSessions: value });

		expect(status).toBe(303);
		expect(await app.opens(elsewhere.token)).toBe(meant === 'browser');
	});

	test.each(['TRUE', 'yes', '2', 'null', ' true'])(
		'of a form is refused for allSessions=%j and ends nothing',
		async (value) => {
			const { browser, token } = app.signedIn();

			const { status } = await browser.postForm('/auth/signout', { allSessions: value });

			expect(status).toBe(400);
			expect(await app.opens(token)).toBe(true);
		}
	);
});

describe('a body over 64 kB', () => {
	const LIMIT = 64 * 1024;
	const jsonOf = (bytes: number) => `{"callbackUrl":"/${'x'.repeat(bytes - 19)}"}`.padEnd(bytes);

	test('is refused, ends nothing, and one of just 64 kB is not', async () => {
		const { browser, token } = app.signedIn();

		const over = await post(browser, '/auth/signout', json, jsonOf(LIMIT + 1));
		const survived = await app.opens(token);
		const just = await post(browser, '/auth/signout', json, jsonOf(LIMIT));

		expect([over.status, over.body]).toMatchObject([413, { ok: false, code: 'too_large' }]);
		expect(survived).toBe(true);
		expect([just.status, just.body]).toMatchObject([200, { ok: true, revoked: 1 }]);
	});

	test('is refused as a form too', async () => {
		const { browser, token } = app.signedIn();

		const answer = await browser.postForm('/auth/signout', { callbackUrl: 'x'.repeat(LIMIT) });

		expect(answer.status).toBe(413);
		expect(await app.opens(token)).toBe(true);
	});

	test.each([
		['without saying how long it is', {}],
		['that claims to be short', { 'content-length': '2' }]
	])('is read no further %s', async (_name, headers) => {
		const { browser, token } = app.signedIn();
		let sent = 0;
		const endless = new ReadableStream<Uint8Array>({
			pull(controller) {
				sent += 4096;
				if (sent > 100 * LIMIT) controller.close();
				else controller.enqueue(new Uint8Array(4096).fill(32));
			}
		});

		const answer = await post(browser, '/auth/signout', { ...json, ...headers }, endless);

		expect(answer.status).toBe(413);
		expect(sent).toBeLessThan(2 * LIMIT);
		expect(await app.opens(token)).toBe(true);
	});

	test.each(['/auth/signup', '/auth/signin/password'])('is refused by %s', async (path) => {
		const answer = await post(app.newBrowser(), path, json, jsonOf(LIMIT + 1));

		expect([answer.status, answer.body]).toMatchObject([413, { code: 'too_large' }]);
	});
});

describe('the method', () => {
	test.each([
		['/auth/signout', 'OPTIONS, GET, HEAD, POST'],
		['/auth/session', 'OPTIONS, GET, HEAD'],
		['/auth/sessions', 'OPTIONS, GET, HEAD'],
		['/auth/signin/password', 'OPTIONS, POST']
	])('of %s is one of %s', async (path, allow) => {
		const { browser, token } = app.signedIn();
		const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
		const refused = methods.filter((method) => !allow.includes(method));

		const options = await browser.send('OPTIONS', path, {});
		expect([options.status, options.headers.get('allow')]).toEqual([204, allow]);
		for (const method of refused) {
			const answer = await browser.send(method, path, { headers: { ...own, ...json } });
			expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, allow]);
			expect(answer.headers.get('cache-control')).toBe('private, no-store');
		}
		expect(await app.opens(token)).toBe(true);
	});

	test('HEAD answers as GET, without a body', async () => {
		const { browser } = app.signedIn();

		for (const path of ['/auth/signout', '/auth/session', '/auth/sessions']) {
			const [head, get] = [await browser.send('HEAD', path, {}), await browser.get(path)];
			expect([head.status, head.text]).toEqual([get.status, '']);
			expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
		}
	});

	test.each(['GET', 'HEAD', 'OPTIONS'])('%s changes nothing anywhere', async (method) => {
		const { browser, token } = app.signedIn();

		for (const path of [...OURS, '/auth/signin/password', '/auth/signout?scope=all']) {
			expect((await browser.send(method, path, {})).setCookies).toEqual([]);
		}
		expect(await app.opens(token)).toBe(true);
	});

	test('no answer lets another origin read it', async () => {
		const { browser } = app.signedIn();
		const foreign = { origin: 'https://evil.example' };

		for (const method of ['GET', 'OPTIONS', 'POST']) {
			const { headers } = await browser.send(method, '/auth/session', { headers: foreign });
			expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
		}
	});
});

describe('reading', () => {
	test('/auth/session gives the session, or null', async () => {
		const { browser, id, user } = app.signedIn();

		const signedIn = await browser.get('/auth/session');
		const nobody = await app.newBrowser().get('/auth/session');

		expect([signedIn.status, signedIn.body.session]).toMatchObject([200, { id, user }]);
		expect([nobody.status, nobody.body]).toEqual([200, { session: null }]);
	});

	test('/auth/sessions gives the user’s own sessions, or 401', async () => {
		const { browser, id, user } = app.signedIn();
		const elsewhere = app.signedIn(user);
		app.signedIn();

		const { body } = await browser.get('/auth/sessions');
		const nobody = await app.newBrowser().get('/auth/sessions');

		expect(body.sessions).toHaveLength(2);
		expect(body.sessions).toContainEqual(expect.objectContaining({ id, current: true }));
		expect(body.sessions).toContainEqual(
			expect.objectContaining({ id: elsewhere.id, current: false })
		);
		expect([nobody.status, nobody.body.code]).toEqual([401, 'no_session']);
	});
});

describe('the pages of ours', () => {
	test.each([
		['/auth/signin', 'Sign in'],
		['/auth/signout', 'Sign out']
	])('%s is a form that works without script', async (path, title) => {
		const { text, headers, status } = await app.newBrowser().get(`${path}?callbackUrl=/bye`);

		expect(status).toBe(200);
		expect(text).toContain(`<h1>${title}</h1>`);
		expect(text).toMatch(/<form method="post" action="\/auth\/sign(in\/password|out)">/);
		expect(text).toContain('name="callbackUrl" value="/bye"');
		expect(text).not.toContain('<script');
		expect(headers.get('cache-control')).toBe('private, no-store');
		expect(headers.get('referrer-policy')).toBe('same-origin');
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
	});

	test('pass on no target that is not safe, and nothing that is not escaped', async () => {
		const evil = await app.newBrowser().get('/auth/signin?callbackUrl=https://evil.example');
		const quote = await app
			.newBrowser()
			.get(`/auth/signin?callbackUrl=${encodeURIComponent('/"><script>')}&error=<script>`);

		expect(evil.text).not.toContain('evil');
		expect(quote.text).not.toContain('<script');
	});
});

describe('what the app has itself', () => {
	const text = async (answer: Promise<Answer>) => (await answer).text;
	const browser = app.newBrowser();

	test('its handler for a path and method of ours wins', async () => {
		expect(await text(browser.postForm('/auth/signin'))).toBe("the app's own");
	});

	test('where it has a handler for one method, ours answers the others', async () => {
		expect(await text(browser.get('/auth/signin'))).toContain('<h1>Sign in</h1>');
	});

	test('its page wins, and our POST still works there', async () => {
		const page = await browser.get('/auth/signup');
		const posted = await browser.postForm('/auth/signup', {
			email: newEmail(),
			password: PASSWORD
		});

		expect(page.text).toContain('own page for signing up');
		expect([posted.status, posted.location]).toEqual([303, '/']);
		expect(await browser.session()).toMatchObject({ provider: 'password' });
	});

	test.each(['/auth/signin', '/auth/signout'])('a catch-all does not swallow %s', async (path) => {
		expect(await text(browser.get(path))).toContain('<form method="post"');
	});

	test.each([
		'/auth',
		'/auth/other',
		'/auth/signout/more',
		'/authentic',
		'/other/auth/signout',
		'/auth/signin/gitlab'
	])('%s is not ours and goes to the app', async (path) => {
		expect((await browser.get(path)).text).toContain('Anything else');
	});
});
