import { afterEach, describe, expect, test } from 'vitest';
import { startApp } from './support/app.js';
import { newEmail, PASSWORD } from './support/browser.js';

const app = await startApp();
const heard = (userId: string) => app.heard('afterSignOut', userId);

afterEach(() => app.setListeners('plain'));

describe('G6 afterSignOut hears once', () => {
	test.each([
		['session', { scope: 'session' }, 1],
		['browser', {}, 1],
		['others', { scope: 'others' }, 2],
		['all', { allSessions: true }, 3]
	])('who it was, and that the scope was %s', async (scope, options, revoked) => {
		const { browser, id, user } = app.signedIn();
		app.newSession(user.id);
		app.newSession(user.id);

		await browser.postJson('/auth/signout', options);

		expect(await heard(user.id)).toEqual([
			{
				name: 'afterSignOut',
				user: { ...user, name: null, image: null, emailVerified: false, data: {} },
				session: expect.objectContaining({ id, user: expect.objectContaining(user) }),
				scope,
				reason: 'user',
				revoked
			}
		]);
	});

	test('of a single other session, from the session that asked', async () => {
		const { browser, id, user } = app.signedIn();
		const elsewhere = app.newSession(user.id);

		await browser.postJson('/auth/signout', { sessionId: elsewhere.id });

		expect(await heard(user.id)).toMatchObject([
			{ session: { id }, scope: 'session', reason: 'user', revoked: 1 }
		]);
	});

	test('of the user whose sessions an admin has ended', async () => {
		const admin = app.signedIn(app.newUser({ role: 'admin' }));
		const { user } = app.signedIn();

		await admin.browser.postJson('/api/sign-out', { allSessions: true, userId: user.id });

		expect(await heard(user.id)).toMatchObject([{ session: null, scope: 'all', revoked: 1 }]);
		expect(await heard(admin.user.id)).toEqual([]);
	});

	test('of what server code has ended', async () => {
		const [{ id, user }, many] = [app.signedIn(), app.signedIn()];

		await app.newBrowser().call('sessions', 'revoke', id);
		await app.newBrowser().call('sessions', 'revokeAll', many.user.id);

		expect(await heard(user.id)).toMatchObject([
			{ session: { id }, scope: 'session', reason: 'server', revoked: 1 }
		]);
		expect(await heard(many.user.id)).toMatchObject([
			{ session: null, scope: 'all', reason: 'server', revoked: 1 }
		]);
	});

	test('of fifty sign-outs at once', async () => {
		const { browser, user } = app.signedIn();

		const answers = await Promise.all(
			Array.from({ length: 50 }, () =>
				browser.send('POST', '/auth/signout', {
					headers: { origin: 'http://localhost', 'content-type': 'application/json' },
					body: '{}'
				})
			)
		);

		expect(answers.map(({ body }) => body.ok)).toEqual(Array(50).fill(true));
		expect(answers.reduce((sum, { body }) => sum + Number(body.revoked), 0)).toBe(1);
		expect(await heard(user.id)).toHaveLength(1);
	});
});

describe('afterSignOut hears nothing', () => {
	test('when nothing has ended', async () => {
		const { browser, user, id } = app.signedIn();
		const [stranger, tired] = [app.signedIn(), app.newUser()];
		const aYear = 365 * 24 * 60 * 60 * 1000;
		const expired = app.newSession(tired.id, { createdAgo: aYear });
		const late = app.newBrowser();
		late.cookies.set('guardian.session', expired.token);

		await browser.postJson('/auth/signout', { scope: 'others' });
		await browser.postJson('/auth/signout', { sessionId: 'unknown' });
		await browser.postJson('/auth/signout', { sessionId: stranger.id });
		await browser.postJson('/auth/signout', { scope: 'all', sessionId: id });
		await browser.postJson('/auth/signout', {}, { origin: 'https://evil.example' });
		await late.postJson('/auth/signout');

		expect(await heard(user.id)).toEqual([]);
		expect(await heard(stranger.user.id)).toEqual([]);
		expect(await heard(tired.id)).toEqual([]);
	});

	test('a second time, when one signs out again', async () => {
		const { browser, user, token } = app.signedIn();

		await browser.postJson('/auth/signout');
		browser.cookies.set('guardian.session', token);
		await browser.postJson('/auth/signout');

		expect(await heard(user.id)).toHaveLength(1);
	});
});

describe('a listener that', () => {
	test('throws stops nothing', async () => {
		const { browser, token, user } = app.signedIn();
		await app.setListeners('throwing');

		const answer = await browser.postForm('/auth/signout');

		expect([answer.status, answer.location]).toEqual([303, '/signed-out']);
		expect(answer.setCookies).toHaveLength(1);
		expect(await app.opens(token)).toBe(false);
		expect(await heard(user.id)).toHaveLength(1);
	});

	test('never answers is waited for a second, and stops nothing', async () => {
		const { browser, token } = app.signedIn();
		await app.setListeners('hanging');
		const start = performance.now();

		const { status, body } = await browser.postJson('/auth/signout');

		const took = performance.now() - start;
		expect([status, body]).toMatchObject([200, { ok: true, revoked: 1 }]);
		expect(took).toBeGreaterThan(900);
		expect(took).toBeLessThan(3000);
		expect(await app.opens(token)).toBe(false);
	});

	test('throws when somebody comes in stops nothing either', async () => {
		await app.setListeners('throwing');
		const browser = app.newBrowser();

		const { user } = await browser.signUp();

		expect(await browser.session()).toMatchObject({ user: { id: user.id } });
	});
});

test('G9 afterSignUp and afterSignIn hear who has come in', async () => {
	const [browser, email] = [app.newBrowser(), newEmail()];

	const { id, user } = await browser.signUp(email);
	await browser.postForm('/login?/signIn', { email, password: PASSWORD });
	await browser.postForm('/login?/signIn', { email, password: 'not the right one' });

	expect(await app.heard('afterSignUp', user.id)).toMatchObject([
		{ user: { email }, session: { id } }
	]);
	expect(await app.heard('afterSignIn', user.id)).toHaveLength(2);
});
