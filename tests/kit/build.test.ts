import { expect, test } from 'vitest';
import { loadBuiltApp } from '../support/built-app.js';

test('the built playground answers in process', async () => {
	const respond = await loadBuiltApp({
		AUTH_SECRET: 'a secret of the tests that is long enough',
		DATABASE_URL: 'memory:'
	});

	const response = await respond(new Request('http://localhost/'));

	expect(response.status).toBe(200);
	expect(response.headers.get('content-type')).toMatch('text/html');
});
