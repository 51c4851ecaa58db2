/** A browser as far as requests go: it keeps cookies, and sends what browsers send by themselves. */
import { randomUUID } from 'node:crypto';
import type { Session } from 'svelte-guardian';
import type { Respond } from '../../support/built-app.js';

export const COOKIE = 'guardian.session';
export const PASSWORD = 'many small brown boats';

export type Fields = Record<string, string> | [name: string, value: string][];
export type Answer = Awaited<ReturnType<typeof read>>;
export type Browser = ReturnType<typeof createBrowser>;

interface Sent {
	/** An empty one is not sent. */
	headers?: Record<string, string>;
	body?: RequestInit['body'];
}

/** An address that nobody else in the tests has. */
export const newEmail = (): string => `${randomUUID()}@example.com`;

export function createBrowser(
	respond: Respond,
	{
		origin = 'http://localhost',
		address,
		base = ''
	}: { origin?: string; address?: string; base?: string } = {}
) {
	const cookies = new Map<string, string>();

	async function send(method: string, path: string, { headers, body }: Sent): Promise<Answer> {
		const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
		const request = new Request(new URL(base + path, origin), {
			method,
			headers: withoutEmpty({ cookie, 'user-agent': 'Test browser', ...headers }),
			...(body !== undefined && { body, duplex: 'half' })
		});
		const answer = await read(await respond(request, address));
		for (const [name, value] of answer.setCookies.map(parseSetCookie)) {
			if (value === '') cookies.delete(name);
			else cookies.set(name, value);
		}
		return answer;
	}

	const navigation = {
		accept: 'text/html',
		'sec-fetch-site': 'same-origin',
		'sec-fetch-mode': 'navigate',
		'sec-fetch-dest': 'document'
	};
	const script = { origin, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' };

	const postJson = (path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
		send('POST', path, {
			headers: { ...script, 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body)
		});

	async function enter(path: string, body: object): Promise<Session & { token: string }> {
		const { status, text, body: result } = await postJson(path, body);
		if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`);
		return { ...result.session, token: cookies.get(COOKIE) ?? '' };
	}

	return {
		cookies,
		send,
		/** Goes to a page. */
		get: (path: string, headers: Record<string, string> = {}) =>
			send('GET', path, { headers: { ...navigation, ...headers } }),
		postJson,
		/** Submits a form, as a browser does without script. */
		postForm: (path: string, fields: Fields = {}, headers: Record<string, string> = {}) =>
			send('POST', path, {
				headers: { ...navigation, origin, ...headers },
				body: new URLSearchParams(fields)
			}),
		/** Calls a method of `sessions` or `users` in the server. */
		call: async (object: 'sessions' | 'users', method: string, ...args: unknown[]) =>
			(await postJson(`/api/${object}`, { method, args })).body,
		signUp: (email: string = newEmail()) => enter('/auth/signup', { email, password: PASSWORD }),
		signIn: (email: string | null) => enter('/auth/signin/password', { email, password: PASSWORD }),
		/** Who is signed in, as the app sees it; `null` for nobody. */
		session: async (): Promise<Session | null> =>
			(await send('GET', '/auth/session', {})).body.session
	};
}

async function read(response: Response) {
	const text = await response.text();
	const { status, headers } = response;
	const isJson = headers.get('content-type')?.includes('json');
	return {
		status,
		headers,
		location: headers.get('location'),
		setCookies: headers.getSetCookie(),
		text,
		body: isJson && text !== '' ? JSON.parse(text) : null
	};
}

const withoutEmpty = (headers: Record<string, string>): [name: string, value: string][] =>
	Object.entries(headers).filter(([, value]) => value !== '');

function parseSetCookie(cookie: string): [name: string, value: string] {
	const [pair = ''] = cookie.split(';');
	const [name = '', value = ''] = pair.split('=');
	return [name, value];
}
