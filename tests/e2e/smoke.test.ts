import { expect, test } from '@playwright/test';
import { startPreview } from '../support/preview.js';

test('the playground opens without a single complaint in the console', async ({ page }) => {
	const app = await startPreview();
	try {
		const complaints: string[] = [];
		page.on('console', (message) => {
			if (message.type() === 'error' || message.type() === 'warning')
				complaints.push(message.text());
		});
		page.on('pageerror', (error) => complaints.push(error.message));

		await page.goto(app.url);

		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		expect(complaints).toEqual([]);
	} finally {
		await app.stop();
	}
});
