/** The app behind SvelteKit's base path, built with neither a secret nor a database. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildTestApp } from '../support/build-test-app.js';
import { startApp } from './support/app.js';
import { newEmail, PASSWORD } from './support/browser.js';

const untouched = join(tmpdir(), `svelte-guardian-build-${process.pid}.db`);
await buildTestApp({ BASE_PATH: '/base', BUILD_DIR: 'build-base', DATABASE_URL: untouched });

const app = await startApp({ build: 'tests/app/build-base', base: '/base' });

test('vite build needs no secret and opens no database', () => {
	expect(existsSync(untouched)).toBe(false);
});

// The very first request that needs the base is one for data, whose address is not the page's.
test.each(['/leave-in-handle', '/deeper/down/leave-in-handle'])(
	'a data request for %s signs out to the page behind the base',
	async (path) => {
		const { browser, token } = app.signedIn();

		const { status, body, setCookies } = await browser.get(`${path}/__data.json`);

		expect([status, body]).toMatchObject([200, { type: 'redirect', location: '/base/signed-out' }]);
		expect(setCookies).toHaveLength(1);
		expect(await app.opens(token)).toBe(false);
	}
);

describe('signing out', () => {
	const ways = {
		'a form': ['/auth/signout', '/base/signed-out'],
		'an exported action': ['/first', '/base/signed-out'],
		'a form action of the app': ['/own-action?/leave', '/base/signed-out']
	} as const;

	test.each(Object.entries(ways))('by %s goes behind the base', async (_name, [path, to]) => {
		const { browser, token } = app.signedIn();

		const { location, setCookies } = await browser.postForm(path);

		expect(location).toBe(to);
		expect(setCookies).toEqual([expect.stringContaining('Path=/;')]);
		expect(await app.opens(token)).toBe(false);
	});

	test('by JSON answers with a path behind the base', async () => {
		const { browser } = app.signedIn();

		expect((await browser.postJson('/auth/signout')).body.url).toBe('/base/signed-out');
		expect((await browser.postJson('/auth/signout', { scope: 'all' })).body.url).toBe(
			'/base/login'
		);
	});

	test('by a remote command gives a path behind the base', async () => {
		const { browser, token } = app.signedIn();
		const remote = /\?\/remote=(\w+)/.exec((await browser.get('/remote')).text)?.[1] ?? '';

		const { text } = await browser.postJson(
			`/_app/remote/${remote}/leaveByCommand`,
			{ payload: '' },
			{ 'x-sveltekit-pathname': '/base/deeper/down', 'x-sveltekit-search': '' }
		);

		expect(text).toContain('/base/signed-out');
		expect(await app.opens(token)).toBe(false);
	});

	test.each([
		['/base/private', '/base/private'],
		['/elsewhere', '/elsewhere'],
		['/auth/other-app', '/auth/other-app'],
		['/base/auth/signin', '/base/signed-out'],
		['/base//auth/signin', '/base/signed-out'],
		['https://evil.example/base', '/base/signed-out']
	])('takes the target %s as %s', async (callbackUrl, to) => {
		const { browser } = app.signedIn();

		expect((await browser.postForm('/auth/signout', { callbackUrl })).location).toBe(to);
	});
});

describe('coming in', () => {
	test('leads to the root behind the base, and back to a form there', async () => {
		const fields = { email: newEmail(), password: PASSWORD };

		const signedUp = await app.newBrowser().postForm('/auth/signup', fields);
		const signedIn = await app.newBrowser().postForm('/login?/signIn', fields);
		const failed = await app
			.newBrowser()
			.postForm('/auth/signin/password', { ...fields, password: 'wrong' });

		expect([signedUp.location, signedIn.location]).toEqual(['/base/', '/base/']);
		expect(failed.location).toBe('/base/login?error=invalid_credentials');
	});
});

test('our pages lead behind the base', async () => {
	const signIn = await app.newBrowser().get('/auth/signin');
	const signOut = await app.newBrowser().get('/auth/signout');

	expect(signIn.text).toContain('action="/base/auth/signin/password"');
	expect(signIn.text).toContain('href="/base/auth/signup"');
	expect(signOut.text).toContain('action="/base/auth/signout"');
});

test('outside of the base nothing is ours', async () => {
	const { browser, token } = app.signedIn();

	const { status } = await browser.postJson('/../auth/signout');

	expect(status).toBe(404);
	expect(await app.opens(token)).toBe(true);
});

test('the session is read behind the base', async () => {
	const { browser, id } = app.signedIn();

	expect((await browser.get('/private')).text).toContain(id);
	expect((await browser.get('/private/__data.json')).text).toContain(id);
	expect(await browser.session()).toMatchObject({ id });
});
