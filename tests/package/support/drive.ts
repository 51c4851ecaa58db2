/** What a person does in an app, over HTTP alone: signs up, in, and out in every way there is. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { expect } from 'vitest';
import type { Served } from './fresh-app.js';

interface Answer {
	status: number;
	/** Path and query of where the answer leads, without the base path. */
	location: string | null;
	/** The same in full. */
	leadsTo: string | undefined;
	text: string;
	json: Record<string, unknown>;
}

const PASSWORD = 'many small brown boats';
const NAVIGATION = {
	'sec-fetch-site': 'same-origin',
	'sec-fetch-mode': 'navigate',
	'sec-fetch-dest': 'document',
	'sec-fetch-user': '?1'
};

/** A browser with one page of the app open. */
class Browser {
	readonly cookies = new Map<string, string>();

	constructor(readonly app: Served) {}

	get(path: string, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
		return this.#send(path, 'GET', { accept: 'text/html,*/*', ...headers });
	}

	form(path: string, fields: Record<string, string> = {}): Promise<Answer> {
		const headers = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
		return this.#send(path, 'POST', headers, new URLSearchParams(fields).toString());
	}

	json(path: string, body: object = {}): Promise<Answer> {
		const headers = { accept: '*/*', 'content-type': 'application/json' };
		return this.#send(path, 'POST', headers, JSON.stringify(body));
	}

	/** As somebody would who had copied this browser's cookies a moment ago. */
	copy(): Browser {
		const copy = new Browser(this.app);
		for (const cookie of this.cookies) copy.cookies.set(...cookie);
		return copy;
	}

	async #send(
		path: string,
		method: string,
		headers: OutgoingHttpHeaders,
		body = ''
	): Promise<Answer> {
		const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
		// No `fetch`: it has its own idea of Sec-Fetch-Mode.
		const asked = request(this.app.url + path, {
			method,
			headers: { origin: this.app.origin, cookie, 'content-length': body.length, ...headers }
		});
		asked.end(body);
		const [response]: IncomingMessage[] = await once(asked, 'response');
		const answer = response as IncomingMessage;
		for (const line of answer.headers['set-cookie'] ?? []) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			if (/max-age=0/i.test(line)) this.cookies.delete(name);
			else this.cookies.set(name, value);
		}
		const text = await readText(answer);
		const isJson = answer.headers['content-type']?.includes('json') ?? false;
		return {
			status: answer.statusCode ?? 0,
			location: this.#pathOf(answer.headers.location),
			leadsTo: answer.headers.location,
			text,
			json: isJson ? JSON.parse(text) : {}
		};
	}

	#pathOf(location: string | undefined): string | null {
		if (location === undefined) return null;
		const { pathname, search } = new URL(location, this.app.url);
		const { pathname: base } = new URL(this.app.url);
		return (base === '/' ? pathname : pathname.replace(base, '')) + search;
	}
}

type Person = Record<'email' | 'password', string>;

async function signedUp(app: Served): Promise<{ browser: Browser; person: Person }> {
	const person = { email: `${randomUUID()}@example.org`, password: PASSWORD };
	const browser = new Browser(app);
	expect((await browser.json('/auth/signup', person)).json).toMatchObject({ ok: true });
	return { browser, person };
}

async function signedIn(app: Served, person: Person): Promise<Browser> {
	const browser = new Browser(app);
	expect((await browser.json('/auth/signin/password', person)).json).toMatchObject({ ok: true });
	return browser;
}

async function expectSignedIn(browser: Browser, { email }: Person): Promise<void> {
	const page = await browser.get('/dashboard');
	expect([page.status, page.text.includes(email)]).toEqual([200, true]);
}

async function expectSignedOut(browser: Browser): Promise<void> {
	const page = await browser.get('/dashboard');
	expect([page.status, page.location]).toEqual([303, '/auth/signin?callbackUrl=/dashboard']);
	expect((await browser.get('/auth/session')).json).toEqual({ session: null });
}

/** Comes in by the forms of the built-in pages. */
export async function signUpAndIn(app: Served): Promise<void> {
	const person = { email: `${randomUUID()}@example.org`, password: PASSWORD };
	const browser = new Browser(app);
	await expectSignedOut(browser);
	expect((await browser.get('/auth/signin?callbackUrl=/dashboard')).text).toContain(
		'type="password"'
	);
	const entered = await browser.form('/auth/signup', { ...person, callbackUrl: '/dashboard' });
	expect([entered.status, entered.location]).toEqual([303, '/dashboard']);
	await expectSignedIn(browser, person);

	const other = new Browser(app);
	const wrong = { ...person, password: 'not the password' };
	const refused = await other.form('/auth/signin/password', wrong);
	expect(refused.location).toMatch(/^\/auth\/signin\?.*error=invalid_credentials/);
	expect(await other.json('/auth/signin/password', wrong)).toMatchObject({
		status: 401,
		json: { ok: false, code: 'invalid_credentials' }
	});
	await expectSignedOut(other);
	const again = await other.form('/auth/signin/password', { ...person, callbackUrl: '/dashboard' });
	expect([again.status, again.location]).toEqual([303, '/dashboard']);
	await expectSignedIn(other, person);
}

/** Ways out that end this browser's session, with what they answer. */
const waysOut: Record<string, (browser: Browser) => Promise<Answer>> = {
	'the form of the button': (browser) => browser.form('/auth/signout'),
	'a fetch': (browser) => browser.json('/auth/signout'),
	'a form action': (browser) => browser.form('/account?/signOut'),
	'a form action of its own': (browser) => browser.form('/leave'),
	'a POST handler': (browser) => browser.json('/api/signout'),
	'a GET handler': (browser) => browser.get('/logout', NAVIGATION)
};

/** Goes out in every way; what was copied before opens nothing afterwards. */
export async function signOutInEveryWay(app: Served): Promise<void> {
	for (const [name, leave] of Object.entries(waysOut)) {
		const { browser, person } = await signedUp(app);
		const elsewhere = await signedIn(app, person);
		const copy = browser.copy();
		await expectSignedIn(copy, person);

		const { status, json } = await leave(browser);
		if (status === 200) expect([name, json]).toMatchObject([name, { ok: true, revoked: 1 }]);
		else expect([name, status]).toEqual([name, 303]);
		expect([name, ...browser.cookies]).toEqual([name]);
		await expectSignedOut(browser);
		await expectSignedOut(copy);
		await expectSignedIn(elsewhere, person);
	}
}

/** Ends other sessions of the same person. */
export async function signOutElsewhere(app: Served): Promise<void> {
	const { browser, person } = await signedUp(app);
	const [second, third] = [await signedIn(app, person), await signedIn(app, person)];
	const { json } = await second.get('/auth/session');
	const { id } = json['session'] as { id: string };

	expect((await browser.json('/auth/signout', { sessionId: id })).json).toMatchObject({
		ok: true,
		signedOut: false,
		revoked: 1
	});
	await expectSignedOut(second);
	await expectSignedIn(third, person);

	expect((await browser.json('/auth/signout', { scope: 'others' })).json).toMatchObject({
		ok: true,
		signedOut: false,
		revoked: 1
	});
	await expectSignedOut(third);
	await expectSignedIn(browser, person);

	const fourth = await signedIn(app, person);
	const copy = browser.copy();
	expect((await browser.json('/auth/signout', { allSessions: true })).json).toMatchObject({
		ok: true,
		signedOut: true,
		revoked: 2
	});
	for (const each of [browser, copy, fourth]) await expectSignedOut(each);
}

/** The built-in page offers the provider, and leads there with what comes back to this app. */
export async function leaveForProvider(app: Served): Promise<void> {
	const browser = new Browser(app);
	expect((await browser.get('/auth/signin')).text).toContain('Sign in with GitHub');

	const { status, leadsTo } = await browser.form('/auth/signin/github');
	expect(status).toBe(303);
	const { origin, searchParams } = new URL(leadsTo ?? '');
	expect(origin).toBe('https://github.com');
	expect(searchParams.get('client_id')).toBe('the-id');
	expect(searchParams.get('redirect_uri')).toBe(`${app.origin}/auth/callback/github`);
	await expectSignedOut(browser);
}
