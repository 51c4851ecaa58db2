import {
	expect,
	expectSignedOut,
	headerButton,
	isLive,
	signIn,
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
			test(`"${name}" ends the session`, async ({ page, app, context, ada }) => {
				const token = await tokenOf(context);
				await page.goto('/ways-out');
				await expect(page.getByTestId('state')).toContainText(ada.email);

				await page.getByRole(role, { name }).click();

				await page.waitForURL(app.url + lands);
				await expect(page.getByText(ada.email)).toHaveCount(0);
				await expectSignedOut(page, app.url, token);
			});
		}

		test('a row, everywhere else and everywhere end just what they say', async ({
			page,
			app,
			context,
			browser,
			ada
		}) => {
			const mine = await tokenOf(context);
			const elsewhere = await Promise.all(
				[1, 2, 3].map(async () => {
					const other = await browser.newContext();
					await signIn(other, app.url, ada);
					const token = await tokenOf(other);
					await other.close();
					return token;
				})
			);
			const liveElsewhere = async () => {
				const live = await Promise.all(elsewhere.map((token) => isLive(app.url, token)));
				return live.filter(Boolean).length;
			};
			await page.goto('/sessions');

			await page
				.getByRole('listitem')
				.filter({ hasNotText: 'This device' })
				.first()
				.getByRole('button')
				.click();
			await expect(page.locator('#news')).toContainText('ended');
			await expect.poll(liveElsewhere).toBe(2);

			await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
			await expect(page.getByText('This is your only session.')).toBeVisible();
			expect(await liveElsewhere()).toBe(0);
			expect(await isLive(app.url, mine)).toBe(true);

			await signIn(context, app.url, ada);
			const again = await tokenOf(context);
			await page.getByRole('button', { name: 'Sign out everywhere', exact: true }).click();
			await page.waitForURL(`${app.url}/signed-out`);
			await expectSignedOut(page, app.url, again);
		});

		test('the built-in page signs out', async ({ page, app, context, ada: _ada }) => {
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

	await page.getByRole('button', { name: 'Sign out and stay' }).click();

	await expect(page.getByRole('status')).toContainText('"revoked": 1');
	await expect(page.getByTestId('state')).toContainText('You are signed out.');
	await expect(page).toHaveURL(/\/ways-out$/);
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
