/** The playground over HTTP, one server per worker, and people who are signed in to it. */
import { randomUUID } from 'node:crypto';
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';
import { startPreview, type Preview } from '../../support/preview.js';

export interface Person {
	email: string;
	password: string;
}

export const test = base.extend<{ ada: Person }, { app: Preview }>({
	app: [
		async ({ browserName: _browser }, use) => {
			const app = await startPreview();
			await use(app);
			await app.stop();
		},
		{ scope: 'worker' }
	],
	baseURL: ({ app }, use) => use(app.url),
	/** Its `goto` waits for the script: what a click does before has tests of its own, with `waitUntil`. */
	page: async ({ page, javaScriptEnabled }, use) => {
		const goto = page.goto.bind(page);
		page.goto = async (url, options) => {
			const response = await goto(url, options);
			if (javaScriptEnabled && !options?.waitUntil) await scriptRuns(page);
			return response;
		};
		await use(page);
	},
	/** Somebody new, signed in in the test's own browser. */
	ada: async ({ app, context }, use) => use(await signUp(context, app.url))
});

export { expect };

/** SvelteKit adds its announcer once a page is hydrated; pages that are not of the app have no script. */
async function scriptRuns(page: Page): Promise<void> {
	await page.waitForFunction(() => {
		const ofApp = [...document.scripts].some(({ text }) => text.includes('__sveltekit_'));
		return !ofApp || document.getElementById('svelte-announcer') !== null;
	});
}

export const newPerson = (): Person => ({
	email: `${randomUUID()}@example.org`,
	password: 'correct horse battery'
});

export async function signUp(context: BrowserContext, url: string): Promise<Person> {
	const person = newPerson();
	await post(context, url, '/auth/signup', { ...person, name: 'Ada' });
	return person;
}

export const signIn = (context: BrowserContext, url: string, person: Person): Promise<void> =>
	post(context, url, '/auth/signin/password', person);

async function post(
	context: BrowserContext,
	url: string,
	path: string,
	data: object
): Promise<void> {
	const response = await context.request.post(url + path, { data, headers: { origin: url } });
	expect(await response.json()).toMatchObject({ ok: true });
}

/** Signs in somewhere that is no browser of the test's, and resolves to the token. */
export async function signInElsewhere(url: string, person: Person): Promise<string> {
	const response = await fetch(`${url}/auth/signin/password`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: url },
		body: JSON.stringify(person)
	});
	const [, token = ''] =
		/guardian\.session=([^;]+)/.exec(response.headers.getSetCookie()[0] ?? '') ?? [];
	expect(await isLive(url, token)).toBe(true);
	return token;
}

/** What a thief could have copied. */
export async function tokenOf(context: BrowserContext): Promise<string> {
	const cookie = await sessionCookie(context);
	expect(cookie, 'the session cookie').toBeDefined();
	return cookie?.value ?? '';
}

export async function sessionCookie(context: BrowserContext) {
	return (await context.cookies()).find(({ name }) => name === 'guardian.session');
}

/** Whether a token still opens a session, asked without any browser. */
export async function isLive(url: string, token: string): Promise<boolean> {
	const headers = { cookie: `guardian.session=${token}` };
	const response = await fetch(`${url}/auth/session`, { headers });
	const { session } = (await response.json()) as { session: unknown };
	return session !== null;
}

/** The token opens nothing any more, and the page's browser is not signed in. */
export async function expectSignedOut(page: Page, url: string, token: string): Promise<void> {
	expect(await isLive(url, token)).toBe(false);
	const replayed = await fetch(`${url}/dashboard`, {
		headers: { cookie: `guardian.session=${token}` },
		redirect: 'manual'
	});
	expect(replayed.headers.get('location')).toContain('/signin?');

	const asked = await page.request.get(`${url}/auth/session`);
	expect(await asked.json()).toEqual({ session: null });
	await page.goto(`${url}/dashboard`);
	await expect(page).toHaveURL(/\/signin\?/);
}

/** The button in the header, which every page has. */
export const headerButton = (page: Page) =>
	page.getByRole('banner').getByRole('button', { name: 'Sign out' });
