/** That a sign-out reaches every session it should, however many there are, and that nothing comes back. */
import { describe, expect, test } from 'vitest';
import { startApp } from './support/app.js';
import { COOKIE, newEmail, PASSWORD } from './support/browser.js';

const app = await startApp();

const DAY = 24 * 60 * 60 * 1000;

/** A browser among 150 live sessions of the same user and thousands that are expired. */
function crowd() {
	const here = app.signedIn();
	const { id } = here.user;
	app.database.exec('BEGIN');
	for (let i = 0; i < 1500; i++) {
		app.newSession(id, { createdAgo: 40 * DAY, activeAgo: 0 });
		app.newSession(id, { createdAgo: 20 * DAY, activeAgo: 8 * DAY });
	}
	const others = Array.from({ length: 150 }, () => app.newSession(id).token);
	app.database.exec('COMMIT');
	return { here, others };
}

const opening = async (tokens: readonly string[]): Promise<number> =>
	(await Promise.all(tokens.map(app.opens))).filter(Boolean).length;

describe('150 sessions elsewhere and 3000 expired rows', () => {
	test('do not keep "others" from reaching every one', async () => {
		const { here, others } = crowd();

		const { body } = await here.browser.postJson('/auth/signout', { scope: 'others' });

		expect(body).toMatchObject({ ok: true, signedOut: false, revoked: 150 });
		expect(await opening(others)).toBe(0);
		expect(await here.browser.session()).toMatchObject({ id: here.id });
		expect(app.sessionsOf(here.user.id)).toBe(1);
	});

	test('do not keep "all" from reaching every one', async () => {
		const { here, others } = crowd();

		const { body } = await here.browser.postJson('/auth/signout', { allSessions: true });

		expect(body).toMatchObject({ ok: true, signedOut: true, revoked: 151 });
		expect(await opening([here.token, ...others])).toBe(0);
		expect(app.sessionsOf(here.user.id)).toBe(0);
	});

	test('do not keep sessions.revokeAll from reaching every one', async () => {
		const { here, others } = crowd();

		const result = await app.newBrowser().call('sessions', 'revokeAll', here.user.id);

		expect(result).toMatchObject({ ok: true, revoked: 151 });
		expect(await opening([here.token, ...others])).toBe(0);
	});

	test('are listed without the expired ones', async () => {
		const { here } = crowd();

		const { body } = await here.browser.get('/auth/sessions');

		expect(body.sessions).toHaveLength(151);
	});
});

describe('a cookie that was copied', () => {
	test('opens nothing after the sign-out, anywhere, and is not renewed', async () => {
		const { browser, token } = app.signedIn();
		const thief = app.newBrowser();
		thief.cookies.set(COOKIE, token);
		expect((await thief.get('/private')).status).toBe(200);

		await browser.postForm('/auth/signout');

		for (let attempt = 0; attempt < 3; attempt++) {
			const page = await thief.get('/private');
			expect([page.location, page.setCookies]).toEqual(['/login', []]);
			expect((await thief.get('/api/session')).body).toBeNull();
			expect((await thief.get('/auth/sessions')).status).toBe(401);
		}
	});

	test('opens nothing after its user has come back', async () => {
		const browser = app.newBrowser();
		const { token, user } = await browser.signUp();
		await browser.postForm('/auth/signout');
		await browser.signIn(user.email);

		expect(await app.opens(token)).toBe(false);
		expect(await browser.session()).not.toBeNull();
	});

	test('ends nothing but itself: it is signed out already', async () => {
		const { browser, token, user } = app.signedIn();
		const elsewhere = app.signedIn(user);
		await browser.postForm('/auth/signout');
		const thief = app.newBrowser();
		thief.cookies.set(COOKIE, token);

		for (const options of [{ scope: 'all' }, { scope: 'others' }, { sessionId: elsewhere.id }]) {
			expect((await thief.postJson('/auth/signout', options)).body.code).toBe('no_session');
			thief.cookies.set(COOKIE, token);
		}

		expect(await app.opens(elsewhere.token)).toBe(true);
	});
});

describe('coming in again in the same browser', () => {
	const ways = {
		'by JSON': ['/auth/signin/password', 'postJson'],
		'by a form': ['/auth/signin/password', 'postForm'],
		'by a form action': ['/login?/signIn', 'postForm']
	} as const;

	test.each(Object.entries(ways))(
		'ends the session from before, %s',
		async (_name, [path, post]) => {
			const browser = app.newBrowser();
			const { token, user } = await browser.signUp();

			await browser[post](path, { email: user.email ?? '', password: PASSWORD });

			expect(await app.opens(token)).toBe(false);
			expect(await browser.session()).toMatchObject({ user: { id: user.id } });
			expect(app.sessionsOf(user.id)).toBe(1);
		}
	);

	test('as somebody else ends the session from before', async () => {
		const { browser, token, user } = app.signedIn();

		const { user: somebodyElse } = await browser.signUp(newEmail());

		expect(await app.opens(token)).toBe(false);
		expect(app.sessionsOf(user.id)).toBe(0);
		expect(await browser.session()).toMatchObject({ user: { id: somebodyElse.id } });
	});

	test('with a wrong password changes nothing', async () => {
		const browser = app.newBrowser();
		const { token, user } = await browser.signUp();

		const { status, setCookies } = await browser.postJson('/auth/signin/password', {
			email: user.email,
			password: 'not the right one'
		});

		expect([status, setCookies]).toEqual([401, []]);
		expect(await app.opens(token)).toBe(true);
	});
});
