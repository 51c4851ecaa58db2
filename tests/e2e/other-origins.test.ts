/** Pages of other origins try to sign somebody out. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, isLive, test, tokenOf } from './support/fixtures.js';

let server: Server;
let html = '';

test.beforeAll(async () => {
	server = createServer((_, response) => {
		response.setHeader('content-type', 'text/html');
		response.end(html);
	}).listen(0, '0.0.0.0');
	await once(server, 'listening');
});

test.afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const form = (app: string, attributes = '') =>
	`<form method="post" action="${app}/auth/signout" ${attributes}><input name="scope" value="all"></form>
<script>document.forms[0].submit()</script>`;

const attacks: Record<string, (app: string) => string> = {
	'a form': (app) => form(app),
	'a form of plain text': (app) => form(app, 'enctype="text/plain"'),
	'a form to the form action': (app) =>
		`<form method="post" action="${app}/ways-out?/signOut"></form><script>document.forms[0].submit()</script>`,
	'a form in a frame': (app) => `<iframe srcdoc='${form(app)}'></iframe>`,
	'an image': (app) => `<img src="${app}/ways-out/link">`,
	'a frame': (app) => `<iframe src="${app}/ways-out/link"></iframe>`,
	'a prefetch': (app) => `<link rel="prefetch" href="${app}/ways-out/link">`,
	'a link': (app) =>
		`<a href="${app}/ways-out/link">x</a><script>document.links[0].click()</script>`,
	'a simple fetch': (app) =>
		`<script>fetch('${app}/auth/signout', { method: 'POST', mode: 'no-cors', credentials: 'include', body: new URLSearchParams({ scope: 'all' }) })</script>`,
	'a fetch of JSON': (app) =>
		`<script>fetch('${app}/auth/signout', { method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json' }, body: '{}' })</script>`
};

// `localhost` is the app's own site, on another port; 127.0.0.1 is another site.
for (const host of ['localhost', '127.0.0.1']) {
	for (const [name, attack] of Object.entries(attacks)) {
		test(`${name} on ${host} ends nothing`, async ({ page, app, context, ada: _ada }) => {
			const token = await tokenOf(context);
			const { port } = server.address() as AddressInfo;
			html = `<title>other</title>${attack(app.url)}`;
			const tried = page.waitForEvent('requestfinished', (request) =>
				/signout|signOut|ways-out\/link/.test(request.url())
			);
			const failed = page.waitForEvent('requestfailed', (request) =>
				/signout|signOut|ways-out\/link/.test(request.url())
			);

			await page.goto(`http://${host}:${port}/`);
			await Promise.any([tried, failed]);
			await page.waitForLoadState('networkidle');

			expect(await isLive(app.url, token)).toBe(true);
		});
	}
}

test('pointing at the link that signs out, or loading it ahead, ends nothing', async ({
	page,
	app,
	context,
	ada: _ada
}) => {
	const token = await tokenOf(context);
	await page.goto('/ways-out');
	await page.getByRole('link', { name: 'Sign out with a GET handler' }).hover();
	await page.evaluate(async () => {
		const link = Object.assign(document.createElement('link'), {
			rel: 'prefetch',
			href: '/ways-out/link'
		});
		const settled = new Promise((done) => {
			link.onload = done;
			link.onerror = done;
		});
		document.head.append(link);
		await settled;
	});

	expect(await isLive(app.url, token)).toBe(true);
});
