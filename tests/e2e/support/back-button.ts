/** What Back and Forward show after a sign-out; told to a browser with bfcache and to one without. */
import type { Page } from '@playwright/test';
import { expect, headerButton, test } from './fixtures.js';

/** A page that was kept whole does not load again. */
const kept = { waitUntil: 'commit' } as const;

async function expectNothingPrivate(page: Page, email: string): Promise<void> {
	await expect(page).toHaveURL(/\/signin\?/);
	await expect(page.getByText(email)).toHaveCount(0);
}

export function backButtonTests(): void {
	for (const script of [true, false]) {
		test.describe(`with JavaScript ${script ? 'on' : 'off'}`, () => {
			test.use({ javaScriptEnabled: script });

			test('Back and Forward after a sign-out show nothing private', async ({ page, ada }) => {
				await page.goto('/');
				await page.goto('/account');
				await page.goto('/dashboard');
				await expect(page.getByText(ada.email).first()).toBeVisible();
				await headerButton(page).click();
				await page.waitForURL(/\/signed-out$/);

				await page.goBack(kept);
				await expectNothingPrivate(page, ada.email);
				await page.goBack(kept);
				await expectNothingPrivate(page, ada.email);
				await page.goForward(kept);
				await expectNothingPrivate(page, ada.email);
			});
		});
	}

	test('nor do pages that were reached without a load', async ({ page, ada }) => {
		await page.goto('/');
		const main = page.getByRole('navigation', { name: 'Main' });
		await main.getByText('Sessions').click();
		await expect(page).toHaveURL(/\/sessions$/);
		await main.getByText('Dashboard').click();
		await expect(page.getByText(ada.email).first()).toBeVisible();
		await headerButton(page).click();
		await page.waitForURL(/\/signed-out$/);

		await page.goBack(kept);
		await expectNothingPrivate(page, ada.email);
	});
}
