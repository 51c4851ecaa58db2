import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { launchOptions } from '../../scripts/browser.js';
import { backButtonTests } from './support/back-button.js';
import { expect, test } from './support/fixtures.js';

test.use({
	launchOptions: { ...launchOptions(), ignoreDefaultArgs: ['--disable-back-forward-cache'] }
});

backButtonTests();

test('this browser does keep whole pages where nothing forbids it', async ({ page }) => {
	const server = createServer((_, response) => {
		response.setHeader('content-type', 'text/html');
		response.end(
			'<script>onpageshow = (event) => (document.title = `kept: ${event.persisted}`)</script>'
		);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	await page.goto(`http://127.0.0.1:${port}/one`);
	await page.goto(`http://127.0.0.1:${port}/two`);
	await page.goBack({ waitUntil: 'commit' });

	await expect(page).toHaveTitle('kept: true');

	server.closeAllConnections();
	server.close();
});
