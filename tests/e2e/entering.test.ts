import { expect, test } from './support/fixtures.js';

test('somebody signs up with the keyboard alone, sees the dashboard and signs out', async ({
	page
}) => {
	await page.goto('/signup?callbackUrl=/dashboard');
	await page.getByLabel('Name (optional)').focus();
	await page.keyboard.type('Grace');
	await page.keyboard.press('Tab');
	await page.keyboard.type(`grace-${Date.now()}@example.org`);
	await page.keyboard.press('Tab');
	await page.keyboard.type('correct horse battery');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/dashboard$/);
	await expect(page.getByRole('main')).toContainText('Grace');

	const button = page.getByRole('banner').getByRole('button', { name: 'Sign out' });
	for (let presses = 0; presses < 20; presses += 1) {
		await page.keyboard.press('Tab');
		if (await button.evaluate((element) => element === document.activeElement)) break;
	}
	await expect(button).toBeFocused();
	await page.keyboard.press('Enter');

	await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
});

test('a wrong password is told, keeps the address and moves the focus to the message', async ({
	page,
	ada,
	context
}) => {
	await context.clearCookies();
	await page.goto('/signin');
	await page.getByLabel('E-mail').fill(ada.email);
	await page.getByLabel('Password').fill('not the right one');
	await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();

	const message = page.locator('#problem');
	await expect(message).toContainText('wrong');
	await expect(message).toBeFocused();
	await expect(page.getByLabel('E-mail')).toHaveValue(ada.email);

	await page.getByLabel('Password').fill(ada.password);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('banner')).toContainText('Ada');
});

for (const script of [true, false]) {
	test.describe(`with JavaScript ${script ? 'on' : 'off'}`, () => {
		test.use({ javaScriptEnabled: script });

		test('a private page leads to the sign-in and back', async ({ page, ada, context }) => {
			await context.clearCookies();
			await page.goto('/sessions');
			await expect(page).toHaveURL(/\/signin\?callbackUrl=/);
			await page.getByLabel('E-mail').fill(ada.email);
			await page.getByLabel('Password').fill(ada.password);
			await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();

			await expect(page).toHaveURL(/\/sessions$/);
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your sessions');
		});

		test('an address that is taken is told', async ({ page, ada }) => {
			await page.goto('/signup');
			await page.getByLabel('E-mail').fill(ada.email);
			await page.getByLabel('Password').fill('correct horse battery');
			await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click();

			await expect(page.locator('#problem')).toContainText('exists already');
			await expect(page.getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true');
		});
	});
}
