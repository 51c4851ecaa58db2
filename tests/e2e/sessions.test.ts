/** Two browsers of one person, and what the list of sessions ends. */
import { type Browser, type Page } from '@playwright/test';
import {
	expect,
	expectSignedOut,
	isLive,
	sessionCookie,
	signIn,
	signInElsewhere,
	test,
	tokenOf,
	type Person
} from './support/fixtures.js';

const iPhone =
	'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

async function onPhone(browser: Browser, url: string, person: Person): Promise<Page> {
	const context = await browser.newContext({ userAgent: iPhone });
	await signIn(context, url, person);
	const page = await context.newPage();
	await page.goto('/dashboard');
	await expect(page.getByRole('main')).toContainText(person.email);
	return page;
}

for (const script of [true, false]) {
	test.describe(`with JavaScript ${script ? 'on' : 'off'}`, () => {
		test.use({ javaScriptEnabled: script });

		test('a row ends its session and no other', async ({ page, app, browser, context, ada }) => {
			const mine = await tokenOf(context);
			const third = await signInElsewhere(app.url, ada);
			const phone = await onPhone(browser, app.url, ada);
			const token = await tokenOf(phone.context());
			await page.goto('/sessions');

			await page.getByRole('button', { name: /^Sign out Safari on iPhone/ }).click();

			await expect(page.locator('#news')).toContainText('ended');
			await expect(page.getByRole('heading', { name: 'Safari on iPhone' })).toHaveCount(0);
			await expectSignedOut(phone, app.url, token);
			expect(await isLive(app.url, third)).toBe(true);
			expect(await isLive(app.url, mine)).toBe(true);
			await phone.context().close();
		});

		test('the row of this device signs out here only', async ({ page, app, context, ada }) => {
			const token = await tokenOf(context);
			const elsewhere = await signInElsewhere(app.url, ada);
			await page.goto('/sessions');

			await page.getByRole('button', { name: /, this device$/ }).click();

			await page.waitForURL(`${app.url}/signed-out`);
			await expectSignedOut(page, app.url, token);
			expect(await isLive(app.url, elsewhere)).toBe(true);
		});

		test('"everywhere else" ends all others and leaves this one', async ({
			page,
			app,
			browser,
			context,
			ada
		}) => {
			const mine = await tokenOf(context);
			const third = await signInElsewhere(app.url, ada);
			const phone = await onPhone(browser, app.url, ada);
			const token = await tokenOf(phone.context());
			await page.goto('/sessions');

			await page.getByRole('button', { name: 'Sign out everywhere else' }).click();

			await expect(page.getByText('This is your only session.')).toBeVisible();
			await expect(page.locator('#news')).toContainText(
				script ? '2 sessions have ended.' : 'Your other sessions have ended.'
			);
			await expectSignedOut(phone, app.url, token);
			expect(await isLive(app.url, third)).toBe(false);
			expect(await isLive(app.url, mine)).toBe(true);
			await page.goto('/dashboard');
			await expect(page.getByRole('main')).toContainText(ada.email);
			await phone.context().close();
		});

		test('"everywhere" ends all', async ({ page, app, browser, context, ada }) => {
			const mine = await tokenOf(context);
			const third = await signInElsewhere(app.url, ada);
			const phone = await onPhone(browser, app.url, ada);
			const token = await tokenOf(phone.context());
			await page.goto('/sessions');

			await page.getByRole('button', { name: 'Sign out everywhere', exact: true }).click();

			await page.waitForURL(`${app.url}/signed-out`);
			expect(await sessionCookie(context)).toBeUndefined();
			await expectSignedOut(page, app.url, mine);
			await expectSignedOut(phone, app.url, token);
			expect(await isLive(app.url, third)).toBe(false);
			await phone.context().close();
		});
	});
}
