/** Signing up and signing in by hand: with the mouse, with keys alone, with and without script. */
import type { Locator, Page } from '@playwright/test';
import { expect, headerButton, newPerson, test, type Person } from './support/fixtures.js';

const submit = (page: Page, name: string) =>
	page.getByRole('main').getByRole('button', { name }).click();

async function fillIn(page: Page, { email, password }: Person): Promise<void> {
	await page.getByLabel('E-mail').fill(email);
	await page.getByLabel('Password').fill(password);
}

for (const script of [true, false]) {
	test.describe(`with JavaScript ${script ? 'on' : 'off'}`, () => {
		test.use({ javaScriptEnabled: script });

		test('signing up leads to the dashboard', async ({ page, app }) => {
			const person = newPerson();
			await page.goto('/signup');
			await page.getByLabel('Name (optional)').fill('Grace');
			await fillIn(page, person);
			await submit(page, 'Sign up');

			await page.waitForURL(`${app.url}/dashboard`);
			await expect(page.getByRole('main')).toContainText(person.email);
			await expect(page.getByRole('banner')).toContainText('Grace');
		});

		for (const path of ['/dashboard', '/sessions', '/account']) {
			test(`${path} leads to the sign-in and back`, async ({ page, app, context, ada }) => {
				await context.clearCookies();
				await page.goto(path);
				await expect(page).toHaveURL(`${app.url}/signin?callbackUrl=${path}`);
				await fillIn(page, ada);
				await submit(page, 'Sign in');

				await page.waitForURL(app.url + path);
				await expect(headerButton(page)).toBeVisible();
			});
		}

		test('an address of another site is no place to go after signing in', async ({
			page,
			app,
			ada
		}) => {
			await page.goto('/signin?callbackUrl=https://evil.example/');
			await fillIn(page, ada);
			await submit(page, 'Sign in');

			await page.waitForURL(`${app.url}/`);
			await expect(headerButton(page)).toBeVisible();
		});

		test('a wrong password is told and keeps the address', async ({ page, app, context, ada }) => {
			await context.clearCookies();
			await page.goto('/signin?callbackUrl=/sessions');
			await fillIn(page, { ...ada, password: 'not the right one' });
			await submit(page, 'Sign in');

			await expect(page.getByRole('alert')).toContainText('wrong');
			if (script) await expect(page.getByRole('alert')).toBeFocused();
			else await expect(page).toHaveTitle(/^Error: /);
			await expect(page.getByLabel('E-mail')).toHaveValue(ada.email);
			await expect(page.getByLabel('Password')).toHaveValue(script ? 'not the right one' : '');

			await page.getByLabel('Password').fill(ada.password);
			await page.keyboard.press('Enter');
			await page.waitForURL(`${app.url}/sessions`);
		});

		test('an address that is taken is told', async ({ page, context, ada }) => {
			await context.clearCookies();
			await page.goto('/signup');
			await fillIn(page, ada);
			await submit(page, 'Sign up');

			await expect(page.getByRole('alert')).toContainText('exists already');
			await expect(page.getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true');
			await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
		});
	});
}

/** Presses Tab until it is there, and sees that one can see where the focus is. */
async function tabTo(page: Page, target: Locator): Promise<void> {
	const isFocused = () => target.evaluate((element) => element === document.activeElement);
	for (let presses = 0; presses < 20 && !(await isFocused()); presses += 1) {
		await page.keyboard.press('Tab');
	}
	await expect(target).toBeFocused();
	await expect(target).not.toHaveCSS('outline-style', 'none');
}

test('keys alone are enough to sign up, see the dashboard and sign out', async ({ page }) => {
	const person = newPerson();
	await page.goto('/');
	await tabTo(
		page,
		page.getByRole('main').getByRole('link', { name: 'Create an account' }).first()
	);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/signup$/);

	await tabTo(page, page.getByLabel('E-mail'));
	await page.keyboard.type(person.email);
	await tabTo(page, page.getByLabel('Password'));
	await page.keyboard.type(person.password);
	await tabTo(page, page.getByRole('main').getByRole('button', { name: 'Sign up' }));
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/dashboard$/);
	await expect(page.getByRole('main')).toContainText(person.email);

	await tabTo(page, headerButton(page));
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
});
