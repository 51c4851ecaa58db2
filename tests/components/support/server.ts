/** Stands in for the server: answers what the test says, and remembers what it was asked. */
import { vi } from 'vitest';

export interface Asked {
	method: string;
	path: string;
	contentType: string | null;
	body: unknown;
	keepalive: boolean;
	redirect: RequestRedirect;
}

/** What to answer; a function that throws is a server that cannot be reached. */
type Answer = () => Response | Promise<Response>;

export function serve(answer: Answer): Asked[] {
	const asked: Asked[] = [];
	const realFetch = fetch;
	vi.stubGlobal('fetch', async (...args: Parameters<typeof fetch>) => {
		const request = new Request(...args);
		const { pathname } = new URL(request.url);
		// The test runner fetches too.
		if (!pathname.includes('/auth/')) return realFetch(...args);
		const text = await request.text();
		asked.push({
			method: request.method,
			path: pathname,
			contentType: request.headers.get('content-type'),
			body: text === '' ? undefined : JSON.parse(text),
			keepalive: request.keepalive,
			redirect: request.redirect
		});
		return answer();
	});
	return asked;
}

export const json =
	(body: unknown, status = 200): Answer =>
	() =>
		Response.json(body, { status });

export const html =
	(status: number): Answer =>
	() =>
		new Response('<h1>Something between</h1>', {
			status,
			headers: { 'content-type': 'text/html' }
		});

export const unreachable: Answer = () => {
	throw new TypeError('Failed to fetch');
};

/** An answer that comes when the test says so. */
export function later(body: unknown): { answer: Answer; arrive: () => void } {
	const { promise, resolve } = Promise.withResolvers<Response>();
	return { answer: () => promise, arrive: () => resolve(Response.json(body)) };
}

export const signedOut = { ok: true, signedOut: true, revoked: 1, url: '/goodbye' };
export const endedElsewhere = { ok: true, signedOut: false, revoked: 3, url: '/sessions' };
export const storeDown = {
	ok: false,
	signedOut: false,
	revoked: 0,
	url: '/',
	error: 'The session store cannot be reached. Try again in a moment.',
	code: 'store_unavailable',
	pending: true
};
