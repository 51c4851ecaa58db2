/** Every documented way of signing out, through the app that uses it. */
import { describe, expect, test } from 'vitest';
import { startApp } from './support/app.js';
import { COOKIE, PASSWORD, type Answer, type Browser } from './support/browser.js';

const app = await startApp();

const CLEARED = `${COOKIE}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax`;
const remote = /\?\/remote=(\w+)/.exec((await app.newBrowser().get('/remote')).text)?.[1] ?? '';

interface Way {
	leave(browser: Browser): Promise<Answer>;
	/** Where it redirects to; `null` for one that answers 200. */
	to: string | null;
}

const ways: Record<string, Way> = {
	'a plain form to the built-in route': {
		leave: (browser) => browser.postForm('/auth/signout'),
		to: '/signed-out'
	},
	'JSON to the built-in route': { leave: (browser) => browser.postJson('/auth/signout'), to: null },
	'W3 W6 a form action of the app': {
		leave: (browser) => browser.postForm('/own-action?/leave'),
		to: '/signed-out'
	},
	'W5 the exported action, on one page': {
		leave: (browser) => browser.postForm('/first'),
		to: '/signed-out'
	},
	'W5 the exported action, on another page': {
		leave: (browser) => browser.postForm('/second'),
		to: '/signed-out'
	},
	'C9 a form action that stays': {
		leave: (browser) => browser.postForm('/own-action?/stay'),
		to: null
	},
	'G2 a hand-written POST handler': { leave: (browser) => browser.postJson('/by-hand'), to: null },
	'G3 a hand-written GET handler': { leave: (browser) => browser.get('/by-hand'), to: '/' },
	'W1 a POST handler that just calls signOut()': {
		leave: (browser) => browser.postJson('/api/sign-out'),
		to: '/signed-out'
	},
	'W3 signOut() in handle': {
		leave: (browser) => browser.get('/leave-in-handle'),
		to: '/signed-out'
	},
	'W3 a remote form': {
		leave: (browser) => browser.postForm(`/remote?/remote=${remote}/leaveByForm`),
		to: '/signed-out'
	},
	'W3 a remote command': {
		leave: (browser) =>
			browser.postJson(`/_app/remote/${remote}/leaveByCommand`, { payload: '', refreshes: [] }),
		to: null
	},
	'W8 signOut({ cookies }) where the hook did not run': {
		leave: (browser) => browser.postJson('/unhooked'),
		to: '/signed-out'
	},
	'W8 signOut() where the hook did not run': {
		leave: (browser) =>
			browser.send('PUT', '/unhooked', {
				headers: { origin: 'http://localhost', 'content-type': 'application/json' }
			}),
		to: '/signed-out'
	}
};

describe.each(Object.entries(ways))('%s', (_name, { leave, to }) => {
	test('G6 C8 ends this session and no other, clears the cookie and tells afterSignOut', async () => {
		const { browser, id, token, user } = app.signedIn();
		const { browser: elsewhere } = app.signedIn(user);

		const answer = await leave(browser);

		expect([answer.status, answer.location]).toEqual(to === null ? [200, null] : [303, to]);
		expect(answer.setCookies).toEqual([CLEARED]);
		expect(await app.opens(token)).toBe(false);
		expect(await elsewhere.session()).toMatchObject({ user: { id: user.id } });
		expect(await app.heard('afterSignOut', user.id)).toEqual([
			expect.objectContaining({ session: expect.objectContaining({ id }), revoked: 1 })
		]);
	});

	test.each([
		['no cookie', () => null],
		['a malformed cookie', () => 'what%20is=this?'],
		['an unknown cookie', () => 'A'.repeat(43)],
		['the cookie of an expired session', expiredToken]
	])('W9 clears the cookie and goes the same way with %s', async (_name, makeValue) => {
		const browser = app.newBrowser();
		const value = makeValue();
		if (value !== null) browser.cookies.set(COOKIE, value);

		const answer = await leave(browser);

		expect([answer.status, answer.location]).toEqual(to === null ? [200, null] : [303, to]);
		expect(answer.setCookies).toEqual([CLEARED]);
	});
});

function expiredToken(): string {
	const aYear = 365 * 24 * 60 * 60 * 1000;
	return app.newSession(app.newUser().id, { createdAgo: aYear }).token;
}

describe('W6 the response that signs out', () => {
	test.each(Object.entries(ways).filter(([name]) => !/W8|handle$/.test(name)))(
		'has the browser drop its cached pages: %s',
		async (_name, { leave }) => {
			const { browser } = app.signedIn();

			const { headers } = await leave(browser);

			expect(headers.get('clear-site-data')).toBe('"cache"');
			expect(headers.get('cache-control')).toBe('private, no-store');
		}
	);
});

describe('W2 W7 the target', () => {
	test.each([
		['a path', '/private?tab=1#top', '/private?tab=1#top'],
		['an absolute URL of the app itself', 'http://localhost/private', '/private'],
		['an absolute URL on an allowed origin', 'https://app.example/bye', 'https://app.example/bye'],
		['nothing: the configured page', undefined, '/signed-out'],
		['another origin: the configured page', 'https://evil.example/', '/signed-out'],
		['no URL at all: the configured page', 'http://', '/signed-out'],
		['one of our own routes: the configured page', '/auth/signin', '/signed-out']
	])('%s', async (_name, callbackUrl, url) => {
		const { browser: form, user } = app.signedIn();
		const { browser: json } = app.signedIn(user);
		const { browser: server } = app.signedIn(user);
		const { browser: action } = app.signedIn(user);
		const fields = callbackUrl === undefined ? undefined : { callbackUrl };

		expect((await form.postForm('/auth/signout', fields)).location).toBe(url);
		expect((await json.postJson('/auth/signout', fields)).body).toMatchObject({ ok: true, url });
		expect((await server.postJson('/api/sign-out', fields)).location).toBe(url);
		expect((await action.postForm('/first', fields)).location).toBe(url);
		expect(app.sessionsOf(user.id)).toBe(0);
	});
});

describe('W4 code before the call', () => {
	test('still reads the user', async () => {
		const { browser, user } = app.signedIn();

		await browser.postForm('/own-action?/leave');

		const { body } = await app.newBrowser().get('/api/events');
		expect(body).toContainEqual({ name: 'afterSignOut', before: user.email });
	});
});

describe('G1 C10 the result of signOut({ redirect: false })', () => {
	test('is plain data that says what happened', async () => {
		const { browser } = app.signedIn();

		const first = await browser.postJson('/api/sign-out', { redirect: false });
		const again = await browser.postJson('/api/sign-out', { redirect: false });

		expect(first.body).toEqual({ ok: true, signedOut: true, revoked: 1, url: '/signed-out' });
		expect(again.body).toEqual({ ok: true, signedOut: true, revoked: 0, url: '/signed-out' });
	});

	test('reaches a form action and a remote command too', async () => {
		const { browser: posting } = app.signedIn();
		const { browser: commanding } = app.signedIn();

		const action = await posting.postForm('/own-action?/stay', {}, { accept: 'application/json' });
		const command = await commanding.postJson(`/_app/remote/${remote}/leaveByCommand`, {
			payload: ''
		});

		expect(action.body).toMatchObject({ type: 'success' });
		expect(action.text).toContain('signedOut');
		expect(command.body).toMatchObject({ type: 'result' });
		expect(command.text).toContain('signedOut');
	});

	test('G2 is what a hand-written handler makes its JSON of', async () => {
		const { browser } = app.signedIn();

		const fine = await browser.postJson('/by-hand');
		const refused = await browser.postJson('/by-hand', {}, { origin: 'https://evil.example' });

		expect([fine.status, fine.body]).toEqual([200, { url: '/signed-out' }]);
		expect([refused.status, refused.body]).toEqual([
			500,
			{ error: 'The request came from another site and was refused.' }
		]);
	});
});

describe('G9 signIn() beside it', () => {
	test('signs in from server code and redirects, or gives the result', async () => {
		const { user } = await app.newBrowser().signUp();
		const { email } = user;
		const [redirected, staying] = [app.newBrowser(), app.newBrowser()];
		const details = { provider: 'password', email, password: PASSWORD };

		const answer = await redirected.postJson('/api/sign-in', {
			...details,
			callbackUrl: '/private'
		});
		const { body } = await staying.postJson('/api/sign-in', { ...details, redirect: false });

		expect([answer.status, answer.location]).toEqual([303, '/private']);
		expect(body).toMatchObject({ ok: true, url: '/', session: { user: { id: user.id } } });
		expect(await redirected.session()).toMatchObject({ user: { email } });
		expect(await staying.session()).toMatchObject({ user: { email } });
	});

	test('names the provider that is missing', async () => {
		const { status, body } = await app
			.newBrowser()
			.postJson('/api/sign-in', { provider: 'gitlab' });

		expect([status, body.thrown]).toEqual([422, 'invalid_options']);
		expect(body.message).toContain('"gitlab"');
	});
});

describe('C6 a page', () => {
	test('branches on the user and the session it was given, without their secrets', async () => {
		const { browser, id, token, user } = app.signedIn();

		const page = await browser.get('/private');
		const data = await browser.get('/private/__data.json');

		expect(page.text).toContain(`Signed in as ${user.email} in session ${id}`);
		expect(data.text).toContain(id);
		for (const { text } of [page, data]) {
			expect(text).not.toContain(token);
			expect(text).not.toContain('argon2');
		}
		expect((await app.newBrowser().get('/private')).location).toBe('/login');
	});
});
