/** What people see while the sessions cannot be reached. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AxeBuilder } from '@axe-core/playwright';
import { startPreview, type Preview } from '../support/preview.js';
import { expect, headerButton, isLive, signUp, test, tokenOf } from './support/fixtures.js';

let folder: string;
let broken: Preview;

test.beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'svelte-guardian-'));
	broken = await startPreview({ env: { DATABASE_URL: `file:${join(folder, 'down.db')}` } });
});

test.afterAll(async () => {
	await broken.stop();
	await rm(folder, { recursive: true });
});

function alter(statement: string): void {
	const database = new DatabaseSync(join(folder, 'down.db'), { timeout: 500 });
	database.exec(statement);
	database.close();
}

for (const script of [true, false]) {
	test.describe(`with JavaScript ${script ? 'on' : 'off'}`, () => {
		test.use({ javaScriptEnabled: script });

		test('a sign-out says that it failed, and the next try ends the session', async ({
			page,
			context
		}) => {
			await signUp(context, broken.url);
			const token = await tokenOf(context);
			await page.goto(`${broken.url}/dashboard`);
			alter('ALTER TABLE guardian_sessions RENAME TO away');
			try {
				await headerButton(page).click();
				await expect(page.getByRole('alert').first()).toContainText('cannot be reached');
			} finally {
				alter('ALTER TABLE away RENAME TO guardian_sessions');
			}

			const again = page.getByRole('button', { name: script ? 'Sign out' : 'Try again' }).first();
			await again.click();

			await page.waitForURL(/\/signed-out$/);
			expect(await isLive(broken.url, token)).toBe(false);
		});
	});
}

test('axe finds nothing on the page that offers to try again', async ({ page, context }) => {
	await signUp(context, broken.url);
	await page.goto(`${broken.url}/dashboard`);
	alter('ALTER TABLE guardian_sessions RENAME TO away');
	try {
		// `submit()` goes past the page's own handling, as a browser without script does.
		await page.evaluate(() => document.forms[0]?.submit());
		await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	} finally {
		alter('ALTER TABLE away RENAME TO guardian_sessions');
	}
});

test('a private page says that it cannot tell, and nobody is signed out by that', async ({
	page,
	context
}) => {
	await signUp(context, broken.url);
	await page.goto(`${broken.url}/dashboard`);
	alter('ALTER TABLE guardian_sessions RENAME TO away');
	try {
		const response = await page.goto(`${broken.url}/dashboard`);
		expect(response?.status()).toBe(503);
		expect(response?.headers()['retry-after']).toBe('5');
	} finally {
		alter('ALTER TABLE away RENAME TO guardian_sessions');
	}
	await page.goto(`${broken.url}/dashboard`);
	await expect(page).toHaveURL(/\/dashboard$/);
});
