import { createServer } from 'node:http';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { withOwnHeaders } from '../../../src/kit/respond.js';

describe('the headers of a response', () => {
	test('can be changed where they can be', () => {
		const given = new Response('a page');
		expect(withOwnHeaders(given)).toBe(given);
	});

	test('can be changed in a copy of what a fetch gave, which says the same', async () => {
		const server = createServer((_request, response) => {
			response.writeHead(418, 'Teapot', { 'x-by': 'the other' }).end('a page of another server');
		}).listen(0, '127.0.0.1');
		onTestFinished(() => void server.close());
		await once(server, 'listening');
		const address = server.address();
		if (address === null || typeof address === 'string') throw new Error('No port was given.');
		const given = await fetch(`http://127.0.0.1:${address.port}/`);

		const own = withOwnHeaders(given);
		own.headers.set('vary', 'Cookie');

		expect(own).toMatchObject({ status: 418, statusText: 'Teapot' });
		expect(own.headers.get('x-by')).toBe('the other');
		expect(await own.text()).toBe('a page of another server');
	});

	test('are not changed in a response that an app keeps and gives again', () => {
		const kept = new Response(null, { status: 204 });
		withOwnHeaders(kept).headers.set('clear-site-data', '"cache"');
		expect(kept.headers.has('clear-site-data')).toBe(false);
	});
});
