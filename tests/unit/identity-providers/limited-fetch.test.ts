import { describe, expect, test, vi } from 'vitest';
import { limitedFetch } from '../../../src/identity-providers/limited-fetch.js';
import { serve } from './support.js';

const limits = { time: 300, size: 1000 };
const unavailable = { code: 'provider_unavailable' };

test('gives the answer as it is', async () => {
	const url = await serve((request, response) => {
		response.writeHead(418, { 'x-method': request.method ?? '' }).end('short and stout');
	});

	const response = await limitedFetch(url, { method: 'POST' }, limits);

	expect([response.status, response.headers.get('x-method')]).toEqual([418, 'POST']);
	expect(await response.text()).toBe('short and stout');
});

test('knows answers without a body', async () => {
	const url = await serve((_request, response) => response.writeHead(204).end());

	expect((await limitedFetch(url, undefined, limits)).status).toBe(204);
});

describe('fails', () => {
	test('rather than going where it is sent', async () => {
		const asked: (string | undefined)[] = [];
		const url = await serve(({ url: path }, response) => {
			asked.push(path);
			response.writeHead(302, { location: '/inside' }).end();
		});

		await expect(limitedFetch(url, undefined, limits)).rejects.toMatchObject(unavailable);
		expect(asked).toEqual(['/']);
	});

	test('at an answer that is too large, without reading it to its end', async () => {
		let written = 0;
		const url = await serve((_request, response) => {
			const timer = setInterval(() => response.write('x'.repeat((written += 600) && 600)), 5);
			response.on('close', () => clearInterval(timer));
		});

		await expect(limitedFetch(url, undefined, { ...limits, time: 5000 })).rejects.toMatchObject(
			unavailable
		);
		expect(written).toBeLessThan(60_000);
	});

	test.each([
		['never comes', () => {}],
		[
			'never ends',
			(_request: unknown, response: { write(text: string): void }) => response.write('{')
		]
	])('when the answer %s', async (_what, listener) => {
		const url = await serve(listener);

		await expect(limitedFetch(url, undefined, limits)).rejects.toMatchObject(unavailable);
	});

	test('without calling where it must not', async () => {
		const using = vi.fn<typeof fetch>();

		await expect(
			limitedFetch('http://idp.example/token', undefined, { ...limits, using })
		).rejects.toMatchObject(unavailable);
		expect(using).not.toHaveBeenCalled();
	});
});

test("calls by way of the provider's own fetch, within the same limits", async () => {
	const using: typeof fetch = async (_input, init) => {
		expect(init?.redirect).toBe('error');
		return new Response('x'.repeat(2000));
	};

	await expect(
		limitedFetch('https://idp.example', undefined, { ...limits, using })
	).rejects.toMatchObject(unavailable);
});
