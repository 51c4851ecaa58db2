/** A provider without OpenID: who it is says its userinfo endpoint alone. */
import { describe, expect, test } from 'vitest';
import { startAppWithProviders } from './support/providers.js';

const app = await startAppWithProviders();

/** What a sign-in of somebody of whom the forum says this comes to. */
async function signIn(says: unknown, status?: number) {
	app.forum.says(says, status);
	const browser = app.newBrowser();
	const { location } = await app.signInAtForum(browser, '/private');
	return { location, browser, session: await browser.session() };
}

describe('OAuth with userinfo', () => {
	test('makes a user the first time and finds the same one again, also when all else has changed', async () => {
		const first = await signIn({ id: 7, name: 'Ada', email: 'ada@forum.example' });
		const second = await signIn({ id: 7, name: 'Ada L.', email: 'other@forum.example' });

		expect(first.location).toBe('/private');
		expect(first.session).toMatchObject({
			provider: 'forum',
			user: { name: 'Ada', email: 'ada@forum.example' }
		});
		expect(second.session?.user.id).toBe(first.session?.user.id);
	});

	test('never takes an e-mail address for confirmed', async () => {
		const { session } = await signIn({ id: 8, email: 'b@forum.example', email_verified: true });

		expect(session?.user).toMatchObject({ email: 'b@forum.example', emailVerified: false });
	});

	test('works for who has neither name nor address', async () => {
		const { session } = await signIn({ id: 9 });

		expect(session?.user).toMatchObject({ name: null, email: null });
	});

	test('does not sign anybody in as the owner of an address', async () => {
		const owner = await app.newBrowser().signUp();
		const { location, session } = await signIn({ id: 10, email: owner.user.email });

		expect(location).toBe('/login?error=email_taken&callbackUrl=%2Fprivate');
		expect(session).toBeNull();
	});

	test('keeps the refresh token sealed, and the access token not at all', async () => {
		const { session } = await signIn({ id: 11 });
		const row = app.database
			.prepare('SELECT sealed_tokens AS sealed FROM guardian_sessions WHERE id = ?')
			.get(session?.id ?? '');

		expect(row?.['sealed']).toMatch(/^[\w-]+\.[\w-]+$/);
	});
});

describe('nobody is signed in', () => {
	test.each<[string, unknown]>([
		['has no id', { name: 'Nobody' }],
		['has an empty id', { id: '' }],
		['has an id that is no text', { id: { of: 'somebody' } }],
		['is no object', 'somebody'],
		['is nothing', null]
	])('when who it is %s', async (_what, says) => {
		const { location, session } = await signIn(says);

		expect(session).toBeNull();
		expect(location).toMatch(/^\/login\?error=(?:invalid_config|callback_invalid)&/);
	});

	test('by an answer that tells of an error, whatever is in it', async () => {
		const { location, session } = await signIn({ id: 7, error: 'suspended' }, 403);

		expect(session).toBeNull();
		expect(location).toBe('/login?error=provider_unavailable&callbackUrl=%2Fprivate');
	});

	test.each(['token', 'userinfo'] as const)('when %s is out of order', async (path) => {
		app.forum.fails(path);
		const { location, session } = await signIn({ id: 7 });
		app.forum.fails(null);

		expect(session).toBeNull();
		expect(location).toMatch(/^\/login\?error=(?:provider_unavailable|callback_invalid)&/);
		expect(location).not.toContain('order');
	});

	test('by a code without the browser that asked for it', async () => {
		app.forum.says({ id: 7 });
		const victim = app.newBrowser();
		const begun = await victim.postForm('/auth/signin/forum');
		const { searchParams } = new URL(begun.location ?? '');

		const answer = await app.comeBack(
			app.newBrowser(),
			`http://localhost/auth/callback/forum?code=stolen&state=${searchParams.get('state') ?? ''}`
		);

		expect(answer.location).toBe('/login?error=callback_invalid');
	});
});
