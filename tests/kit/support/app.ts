/** The app of tests/app, on a database file of its own that goes away with the tests of a file. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll } from 'vitest';
import { loadBuiltApp } from '../../support/built-app.js';
import { COOKIE, createBrowser, type Browser } from './browser.js';
import { createRows, type Person } from './rows.js';

/** To be called once, at the top of a test file. */
export async function startApp({
	env = {},
	build = 'tests/app/build',
	base = ''
}: { env?: Record<string, string>; build?: string; base?: string } = {}) {
	const folder = await mkdtemp(join(tmpdir(), 'svelte-guardian-'));
	const file = join(folder, 'guardian.db');
	const respond = await loadBuiltApp(
		{ AUTH_SECRET: 'a secret of the tests that is long enough', DATABASE_URL: file, ...env },
		build
	);
	const newBrowser = (options: { origin?: string; address?: string } = {}): Browser =>
		createBrowser(respond, { base, ...options });
	const observer = newBrowser();
	await observer.call('users', 'get', 'nobody, so that the file gets its tables');
	const database = new DatabaseSync(file);
	const rows = createRows(database);
	afterAll(async () => {
		database.close();
		await rm(folder, { recursive: true, force: true });
	});

	return {
		newBrowser,
		/** The same file as the server's. */
		database,
		...rows,
		/** A browser with a session as a sign-in would have left it; of a new user, unless told. */
		signedIn(user: Person = rows.newUser()) {
			const browser = newBrowser();
			const { id, token } = rows.newSession(user.id);
			browser.cookies.set(COOKIE, token);
			return { browser, id, token, user };
		},
		/** Whether a token, such as one that was copied, still opens a session. */
		async opens(token: string): Promise<boolean> {
			const thief = newBrowser();
			thief.cookies.set(COOKIE, token);
			return (await thief.session()) !== null;
		},
		/** What the listeners have heard about a user. */
		async heard(name: string, userId: string) {
			const { body } = await observer.get('/api/events');
			return body.filter(
				(event: { name: string; user?: { id: string } }) =>
					event.name === name && event.user?.id === userId
			);
		},
		/** What listeners do from now on. */
		setListeners: (manner: 'plain' | 'hanging' | 'throwing') =>
			observer.postJson('/api/events', { manner })
	};
}
