/** Signing in at a real OpenID provider, with and without script. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.js';
import {
	expect,
	expectSignedOut,
	headerButton,
	newPerson,
	sessionCookie,
	signUp,
	tokenOf
} from './support/fixtures.js';
import { newLogin, signInThere, test } from './support/openid.js';

const providerButton = (page: Page) => page.getByRole('button', { name: 'Sign in with OpenID' });
const linkButton = (page: Page) => page.getByRole('button', { name: 'Link OpenID', exact: true });
const unlinkButton = (page: Page) => page.getByRole('button', { name: 'Unlink OpenID' });

/** From the app's sign-in page to the provider and back. */
async function signIn(page: Page, login: string, path = '/signin'): Promise<void> {
	await page.goto(path);
	await providerButton(page).click();
	await signInThere(page, login);
}

for (const script of [true, false]) {
	test.describe(`with JavaScript ${script ? 'on' : 'off'}`, () => {
		test.use({ javaScriptEnabled: script });

		test('one comes in, goes out, and comes in again', async ({ page, app, context }) => {
			const login = newLogin();
			await signIn(page, login, '/signin?callbackUrl=/dashboard');
			await page.waitForURL(`${app.url}/dashboard`);
			await expect(page.getByRole('main')).toContainText(`${login}@idp.example`);

			const token = await tokenOf(context);
			await headerButton(page).click();
			await page.waitForURL(`${app.url}/signed-out`);
			await expectSignedOut(page, app.url, token);

			// The provider still knows who it is.
			await page.goto('/signin?callbackUrl=/dashboard');
			await providerButton(page).click();
			await page.waitForURL(`${app.url}/dashboard`);
			await expect(page.getByRole('main')).toContainText(`${login}@idp.example`);
		});

		test('one who cancels is told, and can come in another way', async ({ page, app, ada }) => {
			await page.context().clearCookies();
			await page.goto('/signin?callbackUrl=/sessions');
			await providerButton(page).click();
			await page.getByRole('link', { name: 'Cancel' }).click();

			await expect(page).toHaveURL(/\/signin\?error=access_denied&callbackUrl=%2Fsessions$/);
			await expect(page.getByRole('alert')).toContainText('cancelled');
			await page.getByLabel('E-mail').fill(ada.email);
			await page.getByLabel('Password').fill(ada.password);
			await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
			await page.waitForURL(`${app.url}/sessions`);
		});

		test('an address that somebody has is told; its owner signs in and links', async ({
			page,
			app,
			browser
		}) => {
			const login = newLogin();
			const owner = { ...newPerson(), email: `${login}@idp.example` };
			const elsewhere = await browser.newContext();
			const response = await elsewhere.request.post(`${app.url}/auth/signup`, {
				data: owner,
				headers: { origin: app.url }
			});
			expect(await response.json()).toMatchObject({ ok: true });
			await elsewhere.close();

			await signIn(page, login, '/signin?callbackUrl=/account');
			await expect(page).toHaveURL(/error=email_taken/);
			await expect(page.getByRole('alert')).toContainText('sign in to it first');
			expect(await sessionCookie(page.context())).toBeUndefined();

			await page.getByLabel('E-mail').fill(owner.email);
			await page.getByLabel('Password').fill(owner.password);
			await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
			await page.waitForURL(`${app.url}/account`);
			await linkButton(page).click();
			await expect(unlinkButton(page)).toBeVisible();

			await headerButton(page).click();
			await page.waitForURL(`${app.url}/signed-out`);
			await page.goto('/signin?callbackUrl=/dashboard');
			await providerButton(page).click();
			await page.waitForURL(`${app.url}/dashboard`);
			await expect(page.getByRole('main')).toContainText(owner.email);
		});

		test('one links and unlinks on the account page', async ({ page, ada }) => {
			await page.goto('/account');
			await linkButton(page).click();
			await signInThere(page, newLogin());
			await expect(unlinkButton(page)).toBeVisible();
			await expect(page.getByRole('main')).toContainText(ada.email);

			await unlinkButton(page).click();
			await expect(linkButton(page)).toBeVisible();
		});

		test('the last way in cannot be unlinked, and the page says so', async ({ page, app }) => {
			await signIn(page, newLogin(), '/signin?callbackUrl=/account');
			await page.waitForURL(`${app.url}/account`);
			await unlinkButton(page).click();

			await expect(page.getByRole('alert')).toContainText('only way to sign in');
			await expect(unlinkButton(page)).toBeVisible();
		});

		test('the built-in page leads to the provider as well', async ({ page, app }) => {
			await page.goto('/auth/signin?callbackUrl=/dashboard');
			await providerButton(page).click();
			await signInThere(page, newLogin());

			await page.waitForURL(`${app.url}/dashboard`);
			await expect(headerButton(page)).toBeVisible();
		});
	});
}

test('keys alone are enough', async ({ page, app }) => {
	await page.goto('/signin?callbackUrl=/dashboard');
	await providerButton(page).focus();
	await page.keyboard.press('Enter');
	await page.locator('input[name=login]').focus();
	await page.keyboard.type(newLogin());
	await page.keyboard.press('Tab');
	await page.keyboard.type('any');
	await page.keyboard.press('Enter');
	await page.getByRole('button', { name: 'Continue' }).focus();
	await page.keyboard.press('Enter');

	await page.waitForURL(`${app.url}/dashboard`);
});

test('Back from the provider finds a button that works', async ({ page, app }) => {
	await page.goto('/signin?callbackUrl=/dashboard');
	await providerButton(page).click();
	await page.locator('input[name=login]').waitFor();
	await page.goBack();

	await expect(providerButton(page)).not.toHaveAttribute('aria-busy');
	await providerButton(page).click();
	await signInThere(page, newLogin());
	await page.waitForURL(`${app.url}/dashboard`);
});

test('a callback from one browser opens nothing in another', async ({ page, app, browser }) => {
	await page.goto('/signin');
	await providerButton(page).click();
	await page.locator('input[name=login]').fill(newLogin());
	await page.locator('input[name=password]').fill('any');
	await page.getByRole('button', { name: 'Sign-in' }).click();
	const consent = page.locator('form', { has: page.getByRole('button', { name: 'Continue' }) });
	const action = await consent.getAttribute('action');

	// The last steps by hand, in the same browser, up to where the provider calls back.
	const form = { prompt: 'consent' };
	let answer = await page.request.post(action ?? '', { form, maxRedirects: 0 });
	let callback = answer.headers()['location'] ?? '';
	while (!callback.startsWith(app.url)) {
		answer = await page.request.get(callback, { maxRedirects: 0 });
		callback = answer.headers()['location'] ?? '';
	}
	const other = await browser.newPage();
	await other.goto(callback);

	await expect(other).toHaveURL(`${app.url}/signin?error=callback_invalid`);
	await expect(other.getByRole('alert')).toContainText('Start it again');
	expect(await sessionCookie(other.context())).toBeUndefined();
	await other.close();
});

test('a provider that cannot be reached is told, and nothing else is lost', async ({ browser }) => {
	const { startPreview } = await import('../support/preview.js');
	const app = await startPreview({
		env: {
			OIDC_ISSUER: 'http://127.0.0.1:9',
			OIDC_CLIENT_ID: 'playground',
			OIDC_CLIENT_SECRET: 'a secret'
		}
	});
	const page = await browser.newPage({ baseURL: app.url });
	await page.goto('/signin?callbackUrl=/sessions');
	await providerButton(page).click();

	await expect(page.getByRole('alert')).toContainText('cannot be reached');
	await expect(page).toHaveURL(/callbackUrl=%2Fsessions$/);
	await signUp(page.context(), app.url);
	await page.goto('/sessions');
	await expect(headerButton(page)).toBeVisible();
	await page.close();
	await app.stop();
});

for (const path of ['/signin', '/signin?error=access_denied', '/auth/signin', '/account']) {
	test(`axe finds nothing on ${path} with a provider`, async ({ page, ada }) => {
		expect(ada.email).toContain('@');
		await page.goto(path);

		await expectAccessible(page);
	});
}
