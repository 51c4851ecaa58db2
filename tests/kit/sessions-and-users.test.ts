/** What server code can do with sessions and users. */
import { describe, expect, test } from 'vitest';
import { stopTheClock } from './support/clock.js';
import { startApp } from './support/app.js';
import { COOKIE, newEmail, PASSWORD } from './support/browser.js';

const app = await startApp();

const NEW_PASSWORD = 'a wholly different pass phrase';
const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;

const server = app.newBrowser();

const canSignIn = async (email: string | null, password: string): Promise<boolean> =>
	(await app.newBrowser().postJson('/auth/signin/password', { email, password })).status === 200;

/** Somebody with a password who is signed in here and elsewhere. */
async function member() {
	const [here, elsewhere] = [app.newBrowser(), app.newBrowser()];
	const { user, token } = await here.signUp();
	await elsewhere.signIn(user.email);
	return { here, elsewhere, user, token };
}

describe('sessions.list', () => {
	test('gives the user’s own live sessions, the last active first', async () => {
		const { browser, id, user } = app.signedIn();
		const older = app.newSession(user.id, { createdAgo: DAY, activeAgo: 2 * MINUTE });
		const oldest = app.newSession(user.id, { createdAgo: 2 * DAY });
		app.newSession(user.id, { createdAgo: 40 * DAY, activeAgo: 0 });
		app.newSession(user.id, { createdAgo: 8 * DAY });
		app.signedIn();

		const list = await browser.call('sessions', 'list');

		expect(list.map((session: { id: string }) => session.id)).toEqual([id, older.id, oldest.id]);
		expect(list.map((session: { current: boolean }) => session.current)).toEqual([
			true,
			false,
			false
		]);
	});

	test('tells where each was opened, without anything that opens it', async () => {
		const browser = app.newBrowser({ address: '203.0.113.9' });
		const { token } = await browser.signUp();

		const list = await browser.call('sessions', 'list');

		expect(list).toEqual([
			{
				id: expect.stringMatching(/^[0-9a-f]{64}$/),
				current: true,
				provider: 'password',
				createdAt: expect.any(String),
				lastActiveAt: expect.any(String),
				expiresAt: expect.any(String),
				userAgent: 'Test browser',
				ip: '203.0.113.9'
			}
		]);
		expect(JSON.stringify(list)).not.toContain(token);
	});

	test('gives those of any user that is named, and none for nobody', async () => {
		const { id, user } = app.signedIn();

		const [session] = await server.call('sessions', 'list', user.id);

		expect(session).toMatchObject({ id, current: false });
		expect(await server.call('sessions', 'list')).toEqual([]);
		expect(await server.call('sessions', 'list', 'nobody')).toEqual([]);
	});
});

describe('sessions.revoke', () => {
	test('ends a session, whoever it belongs to', async () => {
		const { id, token } = app.signedIn();

		const result = await server.call('sessions', 'revoke', id);

		expect(result).toMatchObject({ ok: true, revoked: 1 });
		expect(await app.opens(token)).toBe(false);
	});

	test('says whether it was the session of this very request', async () => {
		const { browser, id, user } = app.signedIn();
		const elsewhere = app.newSession(user.id);

		const other = await browser.call('sessions', 'revoke', elsewhere.id);
		const own = await browser.call('sessions', 'revoke', id);

		expect(other).toMatchObject({ ok: true, signedOut: false, revoked: 1 });
		expect(own).toMatchObject({ ok: true, signedOut: true, revoked: 1 });
		expect((await browser.get('/private')).location).toBe('/login');
	});

	test.each(['f'.repeat(64), 'none', ''])('ends nothing for the unknown id %j', async (id) => {
		expect(await server.call('sessions', 'revoke', id)).toMatchObject({ ok: true, revoked: 0 });
	});
});

describe('sessions.revokeAll', () => {
	test('ends every session of a user, and none of others', async () => {
		const { user, token } = app.signedIn();
		const [elsewhere, stranger] = [app.signedIn(user), app.signedIn()];

		const result = await stranger.browser.call('sessions', 'revokeAll', user.id);

		expect(result).toMatchObject({ ok: true, signedOut: false, revoked: 2 });
		expect(await app.opens(token)).toBe(false);
		expect(await app.opens(elsewhere.token)).toBe(false);
		expect(await app.opens(stranger.token)).toBe(true);
	});
});

describe('users.create', () => {
	test('adds a user who can sign in, and gives no hash', async () => {
		const email = newEmail();

		const user = await server.call('users', 'create', {
			email: email.toUpperCase(),
			password: PASSWORD,
			name: 'Grace',
			image: '/grace.png',
			data: { role: 'editor' },
			emailVerified: true
		});

		expect(user).toEqual({
			id: expect.any(String),
			email,
			name: 'Grace',
			image: '/grace.png',
			emailVerified: true,
			data: { role: 'editor' }
		});
		expect(await canSignIn(email, PASSWORD)).toBe(true);
		expect(await server.call('users', 'get', user.id)).toEqual(user);
		expect(await server.call('users', 'getByEmail', email)).toEqual(user);
	});

	test('adds a user without a password, who cannot sign in with any', async () => {
		const email = newEmail();
		await server.call('users', 'create', { email });

		expect(await canSignIn(email, '')).toBe(false);
		expect(await canSignIn(email, PASSWORD)).toBe(false);
	});

	test.each([
		['email_taken', async () => ({ email: (await member()).user.email })],
		['invalid_request', async () => ({ email: 'nowhere' })],
		['weak_password', async () => ({ email: newEmail(), password: 'short' })]
	])('says %s', async (code, makeUser) => {
		expect(await server.call('users', 'create', await makeUser())).toMatchObject({ thrown: code });
	});
});

describe('users.update', () => {
	test('changes what is given and leaves the rest, also for who is signed in', async () => {
		const { here, user } = await member();

		await server.call('users', 'update', user.id, { name: 'New', data: { plan: 'pro' } });

		expect((await here.session())?.user).toEqual({ ...user, name: 'New', data: { plan: 'pro' } });
	});

	test('moves a user to another address', async () => {
		const { user } = await member();
		const email = newEmail();

		await server.call('users', 'update', user.id, { email, emailVerified: true });

		expect(await canSignIn(email, PASSWORD)).toBe(true);
		expect(await canSignIn(user.email, PASSWORD)).toBe(false);
	});

	test.each([
		['invalid_options', async () => ['nobody', { name: 'x' }]],
		['invalid_request', async () => [app.newUser().id, { email: 'nowhere' }]],
		['email_taken', async () => [app.newUser().id, { email: app.newUser().email }]]
	])('says %s', async (code, makeArguments) => {
		const answer = await server.call('users', 'update', ...(await makeArguments()));

		expect(answer).toMatchObject({ thrown: code });
	});
});

describe('users.setPassword', () => {
	test('ends all sessions and gives this browser a new one', async () => {
		const { here, elsewhere, user, token } = await member();

		const result = await here.call('users', 'setPassword', user.id, NEW_PASSWORD, {
			currentPassword: PASSWORD
		});

		expect(result).toMatchObject({ ok: true, signedOut: false, revoked: 2 });
		expect(await app.opens(token)).toBe(false);
		expect(await elsewhere.session()).toBeNull();
		expect(await here.session()).toMatchObject({ user: { id: user.id } });
		expect(here.cookies.get(COOKIE)).not.toBe(token);
		expect(await canSignIn(user.email, PASSWORD)).toBe(false);
		expect(await canSignIn(user.email, NEW_PASSWORD)).toBe(true);
	});

	test('with the wrong current password changes and ends nothing', async () => {
		const { here, elsewhere, user } = await member();

		const answer = await here.call('users', 'setPassword', user.id, NEW_PASSWORD, {
			currentPassword: 'not this one'
		});

		expect(answer).toMatchObject({ thrown: 'invalid_credentials' });
		expect(await here.session()).not.toBeNull();
		expect(await elsewhere.session()).not.toBeNull();
		expect(await canSignIn(user.email, PASSWORD)).toBe(true);
	});

	test('cannot be used to guess the current password without end', async () => {
		stopTheClock();
		const here = app.newBrowser({ address: '203.0.113.10' });
		const { user } = await here.signUp();
		const guess = (currentPassword: string) =>
			here.call('users', 'setPassword', user.id, NEW_PASSWORD, { currentPassword });

		for (let i = 0; i < 10; i++) expect((await guess('wrong')).thrown).toBe('invalid_credentials');

		expect((await guess(PASSWORD)).thrown).toBe('rate_limited');
	});

	test('may be used more than ten times by who knows the current password', async () => {
		stopTheClock();
		const here = app.newBrowser({ address: '203.0.113.11' });
		const { user } = await here.signUp();
		let currentPassword = PASSWORD;

		for (let i = 0; i < 12; i++) {
			const next = `${NEW_PASSWORD} ${i}`;
			const result = await here.call('users', 'setPassword', user.id, next, { currentPassword });
			expect(result).toMatchObject({ ok: true });
			currentPassword = next;
		}
	});

	test('for a reset ends all sessions and signs nobody in', async () => {
		const { here, user } = await member();
		const stranger = app.signedIn();

		const result = await stranger.browser.call('users', 'setPassword', user.id, NEW_PASSWORD);

		expect(result).toMatchObject({ ok: true, signedOut: false, revoked: 2 });
		expect(await here.session()).toBeNull();
		expect(await stranger.browser.session()).toMatchObject({ user: { id: stranger.user.id } });
		expect(await canSignIn(user.email, NEW_PASSWORD)).toBe(true);
	});

	test('refuses a weak password and an unknown user, and ends nothing', async () => {
		const { here, user } = await member();

		const weak = await here.call('users', 'setPassword', user.id, 'short');
		const unknown = await here.call('users', 'setPassword', 'nobody', NEW_PASSWORD);

		expect([weak.thrown, unknown.thrown]).toEqual(['weak_password', 'invalid_options']);
		expect(await here.session()).not.toBeNull();
		expect(await canSignIn(user.email, PASSWORD)).toBe(true);
	});
});

describe('users.disable and users.enable', () => {
	test('end all sessions, keep the user out, and let them in again', async () => {
		const { here, elsewhere, user, token } = await member();

		const result = await here.call('users', 'disable', user.id);

		expect(result).toMatchObject({ ok: true, signedOut: true, revoked: 2 });
		expect(await here.session()).toBeNull();
		expect(await elsewhere.session()).toBeNull();
		expect(await canSignIn(user.email, PASSWORD)).toBe(false);

		await server.call('users', 'enable', user.id);
		expect(await canSignIn(user.email, PASSWORD)).toBe(true);
		expect(await app.opens(token)).toBe(false);
	});

	test('answer a disabled user as a wrong password does', async () => {
		const { user } = await member();
		await server.call('users', 'disable', user.id);
		const answer = async (email: string | null, password: string) => {
			const { status, text } = await app
				.newBrowser()
				.postJson('/auth/signin/password', { email, password });
			return { status, text };
		};

		const { user: other } = await member();
		expect(await answer(user.email, PASSWORD)).toEqual(await answer(other.email, 'wrong one'));
	});
});

describe('users.delete', () => {
	test('ends all sessions and removes the user, whose address is free again', async () => {
		const { here, elsewhere, user } = await member();

		const result = await server.call('users', 'delete', user.id);

		expect(result).toMatchObject({ ok: true, revoked: 2 });
		expect(await here.session()).toBeNull();
		expect(await elsewhere.session()).toBeNull();
		expect(await server.call('users', 'get', user.id)).toBeNull();
		expect(app.sessionsOf(user.id)).toBe(0);
		const again = await app.newBrowser().signUp(user.email ?? '');
		expect(again.user.id).not.toBe(user.id);
	});

	test('tells afterSignOut who it was', async () => {
		const { user } = await member();

		await server.call('users', 'delete', user.id);

		expect(await app.heard('afterSignOut', user.id)).toMatchObject([
			{ user: { email: user.email }, scope: 'all', reason: 'server', revoked: 2 }
		]);
	});
});
