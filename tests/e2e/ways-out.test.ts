/** Each way out that the playground shows, and the built-in page. */
import {
	expect,
	expectSignedOut,
	headerButton,
	isLive,
	sessionCookie,
	signInElsewhere,
	test,
	tokenOf
} from './support/fixtures.js';

const withoutScript = [
	{ name: 'Sign out with a form action', role: 'button', lands: '/signed-out' },
	{ name: 'Sign out with SignOutButton', role: 'button', lands: '/signed-out' },
	{ name: 'Sign out with my own button', role: 'button', lands: '/signed-out' },
	{ name: 'Sign out with a GET handler', role: 'link', lands: '/' }
] as const;

const withScript = [
	...withoutScript,
	{ name: 'Sign out from the client', role: 'button', lands: '/signed-out' },
	{ name: 'Sign out and go home', role: 'button', lands: '/' },
	{ name: 'Sign out with a POST handler', role: 'button', lands: '/signed-out' }
] as const;

for (const script of [true, false]) {
	test.describe(`with JavaScript ${script ? 'on' : 'off'}`, () => {
		test.use({ javaScriptEnabled: script });

		for (const { name, role, lands } of script ? withScript : withoutScript) {
			test(`"${name}" ends the session, here only`, async ({ page, app, context, ada }) => {
				const token = await tokenOf(context);
				const elsewhere = await signInElsewhere(app.url, ada);
				await page.goto('/ways-out');
				await expect(page.getByTestId('state')).toContainText(ada.email);

				await page.getByRole(role, { name }).click();

				await page.waitForURL(app.url + lands);
				expect(await page.content()).not.toContain(ada.email);
				expect(await sessionCookie(context)).toBeUndefined();
				await expectSignedOut(page, app.url, token);
				expect(await isLive(app.url, elsewhere)).toBe(true);
			});
		}

		test('the built-in page signs out, and not by being opened', async ({
			page,
			app,
			context,
			ada: _ada
		}) => {
			const token = await tokenOf(context);
			await page.goto('/auth/signout');
			expect(await isLive(app.url, token)).toBe(true);

			await page.getByRole('button', { name: 'Sign out' }).click();

			await page.waitForURL(`${app.url}/signed-out`);
			await expectSignedOut(page, app.url, token);
		});
	});
}

test('without leaving: the result is shown and the data of the page is new', async ({
	page,
	app,
	context,
	ada
}) => {
	const token = await tokenOf(context);
	await page.goto('/ways-out');
	await expect(page.getByTestId('state')).toContainText(ada.email);
	await page.evaluate(() => Object.assign(window, { sameDocument: true }));

	await page.getByRole('button', { name: 'Sign out and stay' }).click();

	await expect(page.getByRole('status')).toContainText('"revoked": 1');
	await expect(page.getByTestId('state')).toContainText('You are signed out.');
	await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
	await expect(page).toHaveURL(/\/ways-out$/);
	expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
	expect(await sessionCookie(context)).toBeUndefined();
	await expectSignedOut(page, app.url, token);
});

test('another tab is signed out at its next request', async ({ page, context, ada: _ada }) => {
	const other = await context.newPage();
	await other.goto('/dashboard');
	await page.goto('/dashboard');
	await headerButton(page).click();
	await page.waitForURL(/\/signed-out$/);

	await other.getByRole('navigation', { name: 'Main' }).getByText('Sessions').click();

	await expect(other).toHaveURL(/\/signin\?/);
});

test('a cookie that was copied before the sign-out opens nothing after it', async ({
	page,
	app,
	browser,
	context,
	ada
}) => {
	const thief = await browser.newContext();
	await thief.addCookies(await context.cookies());
	const stolen = await thief.newPage();
	await stolen.goto('/dashboard');
	await expect(stolen.getByRole('main')).toContainText(ada.email);

	await page.goto('/dashboard');
	await headerButton(page).click();
	await page.waitForURL(/\/signed-out$/);

	await expectSignedOut(stolen, app.url, await tokenOf(thief));
	await thief.close();
});
