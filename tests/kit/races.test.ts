/** Many requests at once, on the built app. */
import { expect, test } from 'vitest';
import { startApp } from './support/app.js';

const app = await startApp();

const fifty = <T>(create: () => T): T[] => Array.from({ length: 50 }, create);
const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

test('of 50 sign-outs of one browser one ends the session, and all succeed', async () => {
	const { browser, token, user } = app.signedIn();

	const answers = await Promise.all(fifty(() => browser.postJson('/auth/signout')));

	for (const { status, body } of answers) {
		expect(status).toBe(200);
		expect(body).toMatchObject({ ok: true, signedOut: true, url: '/signed-out' });
	}
	expect(sum(answers.map(({ body }) => body.revoked))).toBe(1);
	expect(await app.heard('afterSignOut', user.id)).toMatchObject([{ revoked: 1 }]);
	expect([app.sessionsOf(user.id), await app.opens(token)]).toEqual([0, false]);
});

test('of 50 devices that sign out everywhere at once each is out, and each is counted once', async () => {
	const user = app.newUser();
	const devices = fifty(() => app.signedIn(user));

	const answers = await Promise.all(
		devices.map(({ browser }) => browser.postJson('/auth/signout', { scope: 'all' }))
	);

	for (const { status, body } of answers) {
		expect([200, 401]).toContain(status);
		expect(body.code).toBe(status === 200 ? undefined : 'no_session');
		expect(body.signedOut).toBe(true);
	}
	expect(sum(answers.map(({ body }) => body.revoked))).toBe(50);
	const heard = await app.heard('afterSignOut', user.id);
	expect(sum(heard.map(({ revoked }: { revoked: number }) => revoked))).toBe(50);
	expect(app.sessionsOf(user.id)).toBe(0);
	expect(devices.filter(({ browser }) => browser.cookies.size > 0)).toEqual([]);
});

test('pages asked for around a sign-out never bring the session back', async () => {
	const user = app.newUser();
	const browser = app.newBrowser();
	const { token } = app.newSession(user.id, { activeAgo: 60 * 60 * 1000 });
	browser.cookies.set('guardian.session', token);
	const pages = () => fifty(() => browser.get('/private'));

	const [before, left, after] = await Promise.all([
		Promise.all(pages()),
		browser.postJson('/auth/signout'),
		Promise.all(pages())
	]);

	expect(left.body).toMatchObject({ ok: true, revoked: 1 });
	expect([...before, ...after].flatMap(({ setCookies }) => setCookies)).toEqual([]);
	expect([app.sessionsOf(user.id), await app.opens(token)]).toEqual([0, false]);
});

test('50 pages asked for at once write activity and stay signed in', async () => {
	const user = app.newUser();
	const browser = app.newBrowser();
	const { token } = app.newSession(user.id, { activeAgo: 60 * 60 * 1000 });
	browser.cookies.set('guardian.session', token);

	const answers = await Promise.all(fifty(() => browser.get('/private')));

	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
	const age = Date.now() - Date.parse(String((await browser.session())?.lastActiveAt));
	expect(age).toBeLessThan(60_000);
});
