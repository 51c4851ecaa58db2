import { launchOptions } from '../../scripts/browser.js';
import { backButtonTests, kept } from './support/back-button.js';
import { expect, headerButton, test } from './support/fixtures.js';
import { startProxy } from './support/proxy.js';

test.use({
	launchOptions: { ...launchOptions(), ignoreDefaultArgs: ['--disable-back-forward-cache'] }
});

backButtonTests();

test('a page that was kept whole all the same is loaded anew', async ({ page, app, ada }) => {
	const proxy = await startProxy(app.url, ['cache-control', 'clear-site-data', 'vary']);
	await page.addInitScript(() => {
		addEventListener('pageshow', ({ persisted }) => {
			if (persisted) sessionStorage.setItem('kept', location.pathname);
		});
	});
	await page.goto(`${proxy.url}/dashboard`);
	await headerButton(page).click();
	await page.waitForURL(/\/signed-out$/);
	await page.goBack(kept);

	await expect(page).toHaveURL(/\/signin\?/);
	expect(await page.content()).not.toContain(ada.email);
	expect(await page.evaluate(() => sessionStorage.getItem('kept'))).toBe('/dashboard');

	proxy.stop();
});
