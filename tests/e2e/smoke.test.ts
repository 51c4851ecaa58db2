import { expect, test } from './support/fixtures.js';

test('no page of the playground complains in the console', async ({ page, context, ada: _ada }) => {
	const complaints: string[] = [];
	page.on('console', (message) => {
		if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
	});
	page.on('pageerror', (error) => complaints.push(error.message));

	const visit = async (path: string) => {
		await page.goto(path, { waitUntil: 'networkidle' });
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	};
	for (const path of ['/dashboard', '/sessions', '/account', '/ways-out']) await visit(path);
	await context.clearCookies();
	for (const path of ['/', '/signup', '/signin', '/signed-out']) await visit(path);

	expect(complaints).toEqual([]);
});
