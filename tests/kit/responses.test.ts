/** What a response says to caches, and that reading a session changes nothing in the browser. */
import { describe, expect, test } from 'vitest';
import { startApp } from './support/app.js';
import { COOKIE, type Browser } from './support/browser.js';

const app = await startApp();

const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json';

/** The caching headers of an answer for which the app has set these. */
async function caching(browser: Browser, headers: Record<string, string>, read: boolean) {
	const query = new URLSearchParams({ ...headers, ...(read && { read: 'yes' }) });
	const answer = await browser.get(`/cache?${query.toString()}`);
	return [answer.headers.get('cache-control'), answer.headers.get('vary')];
}

describe('a response for which the session was read', () => {
	test.each([
		['HTML', HTML, null, 'private, no-store'],
		['JSON', JSON_TYPE, null, 'private, no-store'],
		['HTML', HTML, 'public, max-age=60', 'private, no-store'],
		['JSON', JSON_TYPE, 'public, max-age=60', 'private, no-store'],
		['HTML', HTML, 'PUBLIC', 'private, no-store'],
		['HTML', HTML, 'max-age=60, s-maxage=60', 'private, no-store'],
		['HTML', HTML, 'private, s-maxage=60', 'private, no-store'],
		['HTML', HTML, 'max-age=60', 'private, no-store'],
		['HTML', HTML, 'no-cache', 'private, no-store'],
		['HTML', HTML, 'private, max-age=60', 'private, max-age=60, no-store'],
		['HTML', HTML, 'private, no-store', 'private, no-store'],
		['JSON', JSON_TYPE, 'private, max-age=60', 'private, max-age=60']
	])('that is %s (%s) with Cache-Control %j says %j', async (_name, type, given, said) => {
		const headers = { 'content-type': type, ...(given !== null && { 'cache-control': given }) };

		expect(await caching(app.signedIn().browser, headers, true)).toEqual([said, 'Cookie']);
	});

	test('says so too when nobody is signed in', async () => {
		expect(await caching(app.newBrowser(), {}, true)).toEqual(['private, no-store', 'Cookie']);
	});

	test.each([
		['Accept-Language', 'Accept-Language, Cookie'],
		['cookie', 'cookie'],
		['*', '*']
	])('that varies by %s varies by %s', async (vary, expected) => {
		expect((await caching(app.signedIn().browser, { vary }, true))[1]).toBe(expected);
	});

	test('is private as a page, as its data, and as the redirect of a sign-in', async () => {
		const { browser } = app.signedIn();

		for (const path of ['/private', '/private/__data.json', '/api/session']) {
			expect((await browser.get(path)).headers.get('cache-control')).toBe('private, no-store');
		}
		const signedUp = await app.newBrowser().postForm('/login?/signUp', {
			email: 'private@example.com',
			password: 'many small brown boats'
		});
		expect(signedUp.headers.get('cache-control')).toBe('private, no-store');
	});
});

describe('a response for which it was not read', () => {
	test.each([[null], ['public, max-age=60'], ['max-age=60'], ['private']])(
		'keeps its Cache-Control %j, whoever is signed in',
		async (given) => {
			const headers = { 'content-type': HTML, ...(given !== null && { 'cache-control': given }) };

			expect(await caching(app.signedIn().browser, headers, false)).toEqual([given, null]);
		}
	);

	test('stays public as a page', async () => {
		const { headers } = await app.signedIn().browser.get('/');

		expect([headers.get('cache-control'), headers.get('vary')]).toEqual([null, null]);
	});
});

describe('the routes of ours', () => {
	test.each(['/auth/session', '/auth/sessions', '/auth/signin', '/auth/signout'])(
		'%s is kept by nobody',
		async (path) => {
			for (const browser of [app.newBrowser(), app.signedIn().browser]) {
				const { headers } = await browser.get(path);
				expect(headers.get('cache-control')).toBe('private, no-store');
				expect(headers.get('vary')).toBe('Cookie');
			}
		}
	);

	test.each<[string, Record<string, string>]>([
		['an answer', {}],
		['a refusal', { origin: 'https://evil.example' }]
	])('POST /auth/signout is kept by nobody as %s', async (_name, headers) => {
		const answer = await app.signedIn().browser.postJson('/auth/signout', {}, headers);

		expect(answer.headers.get('cache-control')).toBe('private, no-store');
	});
});

describe('reading sets no cookie', () => {
	const PATHS = [
		'/',
		'/private',
		'/private/__data.json',
		'/api/session',
		'/auth/session',
		'/auth/sessions',
		'/auth/signin',
		'/auth/signout',
		'/other'
	];
	const DAY = 24 * 60 * 60 * 1000;
	const person = () => app.newUser().id;

	test.each([
		['a session', () => app.newSession(person()).token],
		['a session whose use is written', () => app.newSession(person(), { createdAgo: DAY }).token],
		['an idle session', () => app.newSession(person(), { createdAgo: 8 * DAY }).token],
		['a session that is too old', () => app.newSession(person(), { createdAgo: 40 * DAY }).token],
		['a token nobody knows', () => 'A'.repeat(43)],
		['nonsense', () => 'nonsense']
	])('for a browser with %s', async (_name, token) => {
		const browser = app.newBrowser();
		browser.cookies.set(COOKIE, token());

		for (const path of PATHS) {
			expect([path, (await browser.get(path)).setCookies]).toEqual([path, []]);
		}
	});
});
