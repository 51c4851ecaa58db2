/** What somebody hears who sends what we cannot read, over a real connection. */
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPreview, type Preview } from '../support/preview.js';

let app: Preview;

beforeAll(async () => {
	app = await startPreview();
}, 60_000);
afterAll(() => app.stop());

/** Posts JSON in pieces of 16 kB, with no word of how many there will be. */
async function postPieces(path: string, pieces: number): Promise<[number | undefined, unknown]> {
	const asked = request(app.url + path, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
	});
	const answered = once(asked, 'response') as Promise<[IncomingMessage]>;
	asked.write('{"email":"');
	for (let piece = 0; piece < pieces; piece += 1) asked.write('a'.repeat(16 * 1024));
	asked.end('"}');
	const [answer] = await answered;
	return [answer.statusCode, await json(answer)];
}

test.each(['/auth/signin/password', '/auth/signup', '/auth/signout'])(
	'%s says that it is too large, whatever the length that was announced',
	async (path) => {
		const tooLarge = { ok: false, code: 'too_large' };

		expect(await postPieces(path, 5)).toMatchObject([413, tooLarge]);
		expect(await postPieces(path, 500)).toMatchObject([413, tooLarge]);
	}
);

const post = (path: string, body: string, type = 'application/json') =>
	fetch(app.url + path, { method: 'POST', body, headers: { 'content-type': type } });

test('what cannot be read is nothing to log', async () => {
	const before = app.output();

	expect((await post('/auth/signin/password', '{bad')).status).toBe(400);
	const multipart = 'multipart/form-data; boundary=none';
	// A form leads back to its page.
	const answer = await fetch(`${app.url}/auth/signin/password`, {
		method: 'POST',
		body: 'no form at all',
		headers: { origin: new URL(app.url).origin, 'content-type': multipart },
		redirect: 'manual'
	});
	expect(answer.headers.get('location')).toContain('error=invalid_request');
	expect(app.output()).toBe(before);
});

test('a name that is no text is refused, and nobody is added', async () => {
	const person = { email: 'odd@example.org', password: 'many small brown boats' };

	const refused = await post('/auth/signup', JSON.stringify({ ...person, name: { first: 'Odd' } }));
	expect([refused.status, await refused.json()]).toMatchObject([
		400,
		{ ok: false, code: 'invalid_request', error: expect.stringContaining('name') }
	]);
	const again = await post('/auth/signup', JSON.stringify({ ...person, name: 'Odd' }));
	expect(await again.json()).toMatchObject({ ok: true });
});

test('the server goes on', async () => {
	expect(await postPieces('/auth/signin/password', 1)).toMatchObject([401, { ok: false }]);
});
