/** SignOutButton on slow, broken and impatient days. */
import type { Page } from '@playwright/test';
import {
	expect,
	expectSignedOut,
	headerButton,
	isLive,
	test,
	tokenOf
} from './support/fixtures.js';

const countPosts = (page: Page): { posts: number } => {
	const seen = { posts: 0 };
	page.on('request', (request) => {
		if (request.url().endsWith('/auth/signout') && request.method() === 'POST') seen.posts += 1;
	});
	return seen;
};

test('a double click ends once', async ({ page, app, context, ada: _ada }) => {
	const token = await tokenOf(context);
	const seen = countPosts(page);
	await page.goto('/dashboard');

	await headerButton(page).dblclick();

	await page.waitForURL(`${app.url}/signed-out`);
	expect(seen.posts).toBe(1);
	await expectSignedOut(page, app.url, token);
});

for (const key of ['Enter', 'Space']) {
	test(`${key} presses it; it keeps the focus and says that it is busy`, async ({
		page,
		app,
		ada: _ada
	}) => {
		const seen = countPosts(page);
		let go = () => {};
		const gate = new Promise<void>((resolve) => (go = resolve));
		await page.route('**/auth/signout', async (route) => {
			await gate;
			await route.continue();
		});
		await page.goto('/dashboard');
		const button = headerButton(page);
		await button.focus();
		await page.keyboard.press(key);

		await expect(button).toHaveAttribute('aria-busy', 'true');
		await expect(button).toBeFocused();
		await page.keyboard.press(key);
		go();

		await page.waitForURL(`${app.url}/signed-out`);
		expect(seen.posts).toBe(1);
	});
}

const failures = {
	'the store is down': {
		status: 503,
		json: {
			ok: false,
			signedOut: false,
			revoked: 0,
			url: '/',
			error: 'The session store cannot be reached. Try again in a moment.',
			code: 'store_unavailable',
			pending: true
		}
	},
	'a proxy answers': { status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }
};

for (const [when, answer] of Object.entries(failures)) {
	test(`when ${when} the failure is announced and can be tried again`, async ({
		page,
		app,
		context,
		ada: _ada
	}) => {
		const token = await tokenOf(context);
		await page.goto('/dashboard');
		await page.route('**/auth/signout', (route) => route.fulfill(answer));
		await headerButton(page).click();
		await expect(page.getByRole('banner').getByRole('alert')).not.toBeEmpty();
		await expect(page).toHaveURL(/\/dashboard$/);
		expect(await isLive(app.url, token)).toBe(true);

		await page.unroute('**/auth/signout');
		await headerButton(page).click();
		await page.waitForURL(`${app.url}/signed-out`);
		await expectSignedOut(page, app.url, token);
	});
}

test('without a network the failure is announced', async ({ page, ada: _ada }) => {
	await page.goto('/dashboard');
	await page.route('**/auth/signout', (route) => route.abort());

	await headerButton(page).click();

	await expect(page.getByRole('banner').getByRole('alert')).not.toBeEmpty();
});

test('a click before the page has its script is not lost', async ({
	page,
	app,
	context,
	ada: _ada
}) => {
	const token = await tokenOf(context);
	await page.route('**/*.js', () => {
		// Never answered: the page stays as the server sent it.
	});
	await page.goto('/dashboard', { waitUntil: 'commit' });

	await headerButton(page).click({ noWaitAfter: true });

	await expect.poll(() => isLive(app.url, token)).toBe(false);
});
