/**
 * Nothing that opens an account leaves the server but by the one Set-Cookie, and no password stays.
 * Everything an app can be asked for is asked for, in good days and bad, and then searched.
 */
import { randomBytes } from 'node:crypto';
import { glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deletesAbort, locked, sessionsGone } from '../support/faults.js';
import { COOKIE, newEmail, type Answer, type Browser } from './support/browser.js';
import { serve } from './support/served.js';

const folder = await mkdtemp(join(tmpdir(), 'svelte-guardian-'));
const file = join(folder, 'guardian.db');
const secret = randomBytes(32).toString('base64url');
const app = await serve({ file, secret });
afterAll(async () => {
	await app.stop();
	await rm(folder, { recursive: true, force: true });
});

const answers: Answer[] = [];
const tokens = new Set<string>();

const person = { name: 'Ada', email: newEmail(), password: 'seventeen Purple/kettles & 1 spoon' };
const WRONG = 'eighteen Orange/kettles & 2 spoons';
const WEAK = 'Kettle7/';
const NEXT = 'nineteen Green/kettles & 3 spoons';
const passwords = [person.password, WRONG, WEAK, NEXT];

/** A browser whose answers, and the tokens in them, are kept for the search. */
function watched(): Browser {
	const browser = app.newBrowser();
	const keep = async (asked: Promise<Answer>): Promise<Answer> => {
		const answer = await asked;
		answers.push(answer);
		const token = browser.cookies.get(COOKIE);
		if (token !== undefined) tokens.add(token);
		return answer;
	};
	return {
		...browser,
		send: (...sent) => keep(browser.send(...sent)),
		get: (...sent) => keep(browser.get(...sent)),
		postJson: (...sent) => keep(browser.postJson(...sent)),
		postForm: (...sent) => keep(browser.postForm(...sent))
	};
}

const PAGES = [
	'/',
	'/dashboard',
	'/account',
	'/sessions',
	'/ways-out',
	'/signed-out',
	'/signin',
	'/signup'
];
const OURS = [
	'/session',
	'/sessions',
	'/signin',
	'/signup',
	'/signout',
	'/signin/password',
	'/nothing'
];

async function browse(browser: Browser): Promise<void> {
	for (const page of PAGES) {
		await browser.get(page);
		await browser.get(`${page.replace(/\/$/, '')}/__data.json`);
	}
	for (const path of OURS) await browser.get(`/auth${path}`);
	await browser.get('/no/such/page');
}

/** Everything a password can be sent to, in every way that fails. */
async function failToEnter(browser: Browser): Promise<void> {
	const { email } = person;
	const wrong = { email, password: WRONG };
	await browser.postJson('/auth/signin/password', wrong);
	await browser.postForm('/auth/signin/password', wrong);
	await browser.postForm('/signin', wrong);
	await browser.postJson('/auth/signin/password', { email: newEmail(), password: WRONG });
	await browser.postJson('/auth/signin/password', { email: [email], password: { WRONG } });
	for (const taken of ['/auth/signup', '/signup']) await browser.postForm(taken, { ...person });
	await browser.postJson('/auth/signup', { email: newEmail(), password: WEAK });
	await browser.postForm('/auth/signup', { email: newEmail(), password: WEAK });
	await browser.postForm('/signup', { email: newEmail(), password: WEAK });
	await browser.postForm('/auth/signup', { email: 'no address', password: NEXT });
	const json = { origin: app.url, 'content-type': 'application/json' };
	for (const body of [
		`{"email":"${email}","password":"${WRONG}"`,
		`{"password":"${WRONG}","password":"${WRONG}"}`,
		JSON.stringify(`password=${WRONG}`),
		JSON.stringify({ ...person, filler: 'x'.repeat(70_000) })
	]) {
		await browser.send('POST', '/auth/signin/password', { headers: json, body });
	}
	const text = { origin: app.url, 'content-type': 'text/plain' };
	await browser.send('POST', '/auth/signin/password', { headers: text, body: person.password });
	await browser.send('PUT', '/auth/signin/password', {
		headers: json,
		body: JSON.stringify(person)
	});
	const foreign = { origin: 'https://evil.example' };
	await browser.postJson('/auth/signin/password', person, foreign);
	await browser.postForm('/auth/signup', { ...person }, foreign);
}

async function failToLeave(browser: Browser): Promise<void> {
	await browser.postJson('/auth/signout', { scope: 'everything' });
	await browser.postJson('/auth/signout', { sessionId: 'a'.repeat(64) });
	await browser.postJson('/auth/signout', {}, { origin: 'https://evil.example' });
	await browser.send('POST', '/auth/signout', { body: 'x' });
}

beforeAll(async () => {
	const browser = watched();
	const other = watched();
	await browse(browser);
	await browser.postJson('/auth/signup', person);
	await browse(browser);
	await failToEnter(other);
	await other.postJson('/auth/signin/password', person);
	await other.postForm('/auth/signin/password', { ...person });
	await other.postForm('/signin', { ...person });
	await other.postForm('/signup', { email: newEmail(), password: NEXT });
	await browser.postForm('/account?/rename', { name: 'Ada Lovelace' });
	await failToLeave(browser);
	const token = browser.cookies.get(COOKIE) ?? '';
	// Cookies that are none of ours, or ours and something on top.
	for (const value of [`${token}x`, token.slice(1), `${token}; ${COOKIE}=${token.toLowerCase()}`]) {
		const odd = watched();
		odd.cookies.set(COOKIE, value);
		odd.cookies.set('guardian.ending', token);
		await browse(odd);
	}
	for (const fault of [sessionsGone, deletesAbort, locked]) {
		const mend = fault(app.database);
		const late = watched();
		await browse(browser);
		await late.postJson('/auth/signin/password', person);
		await late.postForm('/signup', { email: newEmail(), password: NEXT });
		await browser.postJson('/auth/signout', { scope: 'others' });
		await browser.get('/ways-out/link', { 'sec-fetch-site': 'cross-site' });
		mend();
		await browse(browser);
	}
	const mend = deletesAbort(app.database);
	await browser.postForm('/auth/signout', { scope: 'all' });
	await browser.postForm('/ways-out?/signOut');
	mend();
	await browse(browser);
	await browser.postJson('/auth/signout');
}, 60_000);

/** How a text may look where it has been passed on. */
const disguises = (text: string): string[] => [
	text,
	encodeURIComponent(text),
	new URLSearchParams({ '': text }).toString().slice(1),
	JSON.stringify(text).slice(1, -1),
	text.replaceAll('&', '&amp;'),
	Buffer.from(text).toString('base64').replace(/=+$/, ''),
	Buffer.from(text).toString('base64url'),
	Buffer.from(text).toString('hex')
];

/** Which of the texts is somewhere in there, in whatever disguise. */
const found = (haystack: string, needles: Iterable<string>): string[] =>
	[...needles].filter((needle) => disguises(needle).some((text) => haystack.includes(text)));

const hashes = () =>
	app.database
		.prepare('SELECT password_hash AS hash FROM guardian_users')
		.all()
		.map(({ hash }) => String(hash));

test('there was something to leak', () => {
	expect(answers.length).toBeGreaterThan(200);
	expect(new Set(answers.map(({ status }) => status))).toEqual(
		new Set([200, 303, 400, 401, 403, 404, 405, 409, 413, 503])
	);
	expect(tokens.size).toBeGreaterThanOrEqual(5);
	expect(hashes().length).toBeGreaterThanOrEqual(2);
	for (const hash of hashes()) expect(hash).toMatch(/^\$argon2id\$/);
	expect(found(answers.map(({ text }) => text).join(), [person.email])).toEqual([person.email]);
	expect(app.output()).toContain('[svelte-guardian] A sign-out could not be confirmed');
});

describe('an answer', () => {
	test('holds no token, password, hash of one or secret in its body', () => {
		const secrets = [...tokens, ...passwords, ...hashes(), secret, '$argon2'];
		expect(answers.flatMap(({ text }) => found(text, secrets))).toEqual([]);
	});

	test('holds none in its headers but one Set-Cookie', () => {
		const secrets = [...tokens, ...passwords, ...hashes(), secret, '$argon2'];
		for (const { headers, setCookies } of answers) {
			const others = [...headers].filter(([name]) => name !== 'set-cookie');
			expect(found(JSON.stringify(others), secrets)).toEqual([]);
			const [mine, ...more] = setCookies.filter((cookie) => found(cookie, secrets).length > 0);
			expect(more).toEqual([]);
			if (mine !== undefined) expect(mine).toMatch(new RegExp(`^${COOKIE}=[\\w-]{43};`));
		}
	});

	test('gives each token once', () => {
		const given = answers.flatMap(({ setCookies }) =>
			setCookies.flatMap((cookie) => found(cookie, tokens))
		);
		expect(new Set(given).size).toBe(given.length);
	});
});

test('the log of the server holds no token, password, hash of one or secret', () => {
	expect(found(app.output(), [...tokens, ...passwords, ...hashes(), secret, '$argon2'])).toEqual(
		[]
	);
});

test('the files of the database hold no token, no password and no secret', async () => {
	const contents: string[] = [];
	for await (const name of glob('guardian.db*', { cwd: folder })) {
		contents.push(await readFile(join(folder, name), 'latin1'));
	}
	const all = contents.join('\n');
	// The search looks where the data is.
	expect(found(all, [person.email, ...hashes()])).toEqual([person.email, ...hashes()]);
	expect(found(all, [...tokens, ...passwords, secret])).toEqual([]);
});
