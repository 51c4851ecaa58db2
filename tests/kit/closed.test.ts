/** `allowSignUp: false`: providers bring in nobody new. */
import { expect, test } from 'vitest';
import { startAppWithProviders } from './support/providers.js';

const app = await startAppWithProviders({ env: { ALLOW_SIGN_UP: 'false' } });

test('somebody new is refused, by OpenID as well as by Credentials, and is not kept', async () => {
	const browser = app.newBrowser();

	expect((await app.signIn(browser, 'first', 'ada')).location).toBe('/login?error=forbidden');
	const { status, body } = await browser.postJson('/auth/signin/card', {
		number: '1',
		pin: '1234'
	});
	expect([status, body.code]).toEqual([403, 'forbidden']);
	expect(await browser.session()).toBeNull();
	expect(app.database.prepare('SELECT count(*) AS number FROM guardian_identities').get()).toEqual({
		number: 0
	});
});

test('who has an account links a provider, and comes in by it', async () => {
	const browser = app.newBrowser();
	const { user } = await browser.signUp();
	await app.comeBack(browser, await app.callbackOf(browser, 'first', 'bob', { path: 'link' }));

	const elsewhere = app.newBrowser();
	await app.signIn(elsewhere, 'first', 'bob');

	expect((await elsewhere.session())?.user.id).toBe(user.id);
});
