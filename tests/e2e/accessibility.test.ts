import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.js';
import { expect, headerButton, signInElsewhere, test, type Person } from './support/fixtures.js';

for (const path of [
	'/',
	'/signup',
	'/signin',
	'/signin?error=rate_limited',
	'/signed-out',
	'/ways-out',
	'/nowhere',
	'/auth/signin',
	'/auth/signin?error=invalid_credentials',
	'/auth/signup?error=weak_password',
	'/auth/signout'
]) {
	test(`axe finds nothing on ${path}, signed out`, async ({ page }) => {
		await page.goto(path);

		await expectAccessible(page);
	});
}

for (const path of [
	'/',
	'/signup',
	'/signin',
	'/signed-out',
	'/dashboard',
	'/sessions',
	'/account',
	'/account?saved',
	'/ways-out'
]) {
	test(`axe finds nothing on ${path}, signed in`, async ({ page, app, ada }) => {
		await signInElsewhere(app.url, ada);
		await page.goto(path);
		await expect(headerButton(page)).toBeVisible();

		await expectAccessible(page);
	});
}

/** How a page comes to say that something is wrong, or that something has happened. */
const events: Record<string, (page: Page, ada: Person) => Promise<void>> = {
	'an address that is taken': async (page, ada) => {
		await page.goto('/signup');
		await page.getByLabel('E-mail').fill(ada.email);
		await page.getByLabel('Password').fill(ada.password);
		await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click();
		await expect(page.getByRole('alert')).toContainText('exists already');
	},
	'a wrong password': async (page, ada) => {
		await page.goto('/signin');
		await page.getByLabel('E-mail').fill(ada.email);
		await page.getByLabel('Password').fill('not the right one');
		await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
		await expect(page.getByRole('alert')).toContainText('wrong');
	},
	'a sign-out without an answer': async (page) => {
		await page.route('**/auth/signout', (route) => route.abort());
		await page.goto('/sessions');
		await headerButton(page).click();
		await expect(page.getByRole('banner').getByRole('alert')).toBeVisible();
		await page.getByRole('button', { name: 'Sign out everywhere', exact: true }).click();
		await expect(page.locator('#news')).toBeVisible();
	},
	'a session that was ended elsewhere': async (page) => {
		await page.goto('/sessions');
		await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
		await expect(page.getByRole('status')).toContainText('1 session has ended');
	},
	'a sign-out without leaving': async (page) => {
		await page.goto('/ways-out');
		await page.getByRole('button', { name: 'Sign out and stay' }).click();
		await expect(page.getByRole('status')).toContainText('"ok": true');
	}
};

for (const [name, happens] of Object.entries(events)) {
	test(`axe finds nothing after ${name}`, async ({ page, app, ada }) => {
		await signInElsewhere(app.url, ada);
		await happens(page, ada);

		await expectAccessible(page);
	});
}
