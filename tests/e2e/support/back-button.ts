/** What Back and Forward show after a sign-out; told to a browser with bfcache and to one without. */
import type { Page } from '@playwright/test';
import { expect, headerButton, test } from './fixtures.js';
import { startProxy } from './proxy.js';

/** A page that was kept whole does not load again. */
export const kept = { waitUntil: 'commit' } as const;

const main = (page: Page) => page.getByRole('navigation', { name: 'Main' });

async function expectNothingPrivate(page: Page, email: string): Promise<void> {
	await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
	expect(await page.content()).not.toContain(email);
}

const ways = {
	'the button': { script: true, leave: (page: Page) => headerButton(page).click() },
	'the button without script': {
		script: false,
		leave: (page: Page) => headerButton(page).click()
	},
	'a form': {
		script: true,
		leave: async (page: Page) => {
			await main(page).getByText('Ways out').click();
			await page.getByRole('button', { name: 'Sign out with a form action' }).click();
		}
	}
};

export function backButtonTests(): void {
	for (const [name, { script, leave }] of Object.entries(ways)) {
		test.describe(`signed out by ${name}`, () => {
			test.use({ javaScriptEnabled: script });

			test('Back and Forward show nothing private', async ({ page, ada }) => {
				await page.goto('/account');
				await page.goto('/dashboard');
				await expect(page.getByText(ada.email).first()).toBeVisible();
				await leave(page);
				await page.waitForURL(/\/signed-out$/);

				for (const go of ['goBack', 'goBack', 'goForward'] as const) {
					await page[go](kept);
					await expectNothingPrivate(page, ada.email);
				}
			});
		});
	}

	for (const name of ['the button', 'a form'] as const) {
		test(`nor do pages that were reached without a load, signed out by ${name}`, async ({
			page,
			ada
		}) => {
			await page.goto('/');
			await page.evaluate(() => Object.assign(window, { sameDocument: true }));
			await main(page).getByText('Sessions').click();
			await expect(page).toHaveURL(/\/sessions$/);
			await main(page).getByText('Dashboard').click();
			await expect(page.getByText(ada.email).first()).toBeVisible();
			expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
			await ways[name].leave(page);
			await page.waitForURL(/\/signed-out$/);

			for (const go of ['goBack', 'goBack', 'goForward'] as const) {
				await page[go](kept);
				await expectNothingPrivate(page, ada.email);
			}
		});
	}

	test.describe('without what guardian adds to the responses, and without script', () => {
		test.use({ javaScriptEnabled: false });

		test('Back does show the private page, so these tests would notice', async ({
			page,
			app,
			ada
		}) => {
			const proxy = await startProxy(app.url, ['cache-control', 'clear-site-data', 'vary']);
			await page.goto(`${proxy.url}/dashboard`);
			await headerButton(page).click();
			await page.waitForURL(/\/signed-out$/);
			await page.goBack(kept);

			await expect(page.getByRole('main')).toContainText(ada.email);

			proxy.stop();
		});
	});
}
