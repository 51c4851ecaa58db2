import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.js';

const looks = [
	{ colorScheme: 'light', viewport: { width: 1280, height: 900 } },
	{ colorScheme: 'dark', viewport: { width: 390, height: 844 } }
] as const;

async function expectAccessible(page: Page): Promise<void> {
	const { violations } = await new AxeBuilder({ page }).analyze();
	const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
	expect(found, page.url()).toEqual([]);
	const overflow = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth
	);
	expect(overflow, `${page.url()} scrolls sideways`).toBe(0);
}

for (const look of looks) {
	test.describe(`${look.colorScheme}, ${look.viewport.width} px wide`, () => {
		test.use(look);

		test('axe finds nothing on the pages of somebody who is signed out', async ({ page }) => {
			for (const path of ['/', '/signup', '/signin', '/signed-out', '/ways-out', '/nowhere']) {
				await page.goto(path);
				await expectAccessible(page);
			}
			for (const path of [
				'/auth/signin?error=invalid_credentials',
				'/auth/signup',
				'/auth/signout'
			]) {
				await page.goto(path);
				await expectAccessible(page);
			}
		});

		test('nor of somebody who is signed in', async ({ page, ada: _ada }) => {
			for (const path of ['/', '/dashboard', '/sessions', '/account', '/ways-out']) {
				await page.goto(path);
				await expectAccessible(page);
			}
		});

		test('nor where something is wrong', async ({ page, ada }) => {
			await page.goto('/signup');
			await page.getByLabel('E-mail').fill(ada.email);
			await page.getByLabel('Password').fill('correct horse battery');
			await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click();
			await expect(page.locator('#problem')).toBeVisible();
			await expectAccessible(page);
		});
	});
}
