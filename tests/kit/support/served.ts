/** The built playground behind a socket, and the same database file in the hands of the test. */
import { request } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import type { Respond } from '../../support/built-app.js';
import { startPreview } from '../../support/preview.js';
import { COOKIE, createBrowser, type Browser } from './browser.js';
import { createRows, type Person } from './rows.js';

/** To serve it again with the same file and secret is what a restart is. */
export async function serve({ file, secret }: { file: string; secret: string }) {
	const preview = await startPreview({
		env: { DATABASE_URL: `file:${file}`, AUTH_SECRET: secret }
	});
	const newBrowser = (): Browser => createBrowser(overHttp, { origin: preview.url });

	/** Whether a token, such as one that was copied, opens a session. */
	async function opens(token: string): Promise<boolean> {
		const thief = newBrowser();
		thief.cookies.set(COOKIE, token);
		return (await thief.session()) !== null;
	}

	// At the first question the file gets its tables.
	await opens('a'.repeat(43));
	const database = new DatabaseSync(file, { timeout: 2000 });
	const rows = createRows(database);

	return {
		...preview,
		database,
		...rows,
		newBrowser,
		opens,
		/** A browser with a session as a sign-in would have left it; of a new user, unless told. */
		signedIn(user: Person = rows.newUser(), times?: Parameters<typeof rows.newSession>[1]) {
			const browser = newBrowser();
			const { id, token } = rows.newSession(user.id, times);
			browser.cookies.set(COOKIE, token);
			return { browser, id, token, user };
		},
		async stop(): Promise<void> {
			database.close();
			await preview.stop();
		}
	};
}

/** `fetch` would put headers of its own over those of a browser. */
const overHttp: Respond = async (sent) => {
	const body = Buffer.from(await sent.arrayBuffer());
	return new Promise((resolve, reject) => {
		const { method } = sent;
		const headers = Object.fromEntries(sent.headers);
		request(sent.url, { method, headers }, (answer) => {
			const chunks: Buffer[] = [];
			answer.on('data', (chunk: Buffer) => chunks.push(chunk));
			answer.on('error', reject);
			answer.on('end', () => {
				const answered = new Headers();
				for (const [name, values] of Object.entries(answer.headersDistinct)) {
					for (const value of values ?? []) answered.append(name, value);
				}
				const { statusCode: status = 0 } = answer;
				const text = [204, 304].includes(status) ? null : Buffer.concat(chunks);
				resolve(new Response(text, { status, headers: answered }));
			});
		})
			.on('error', reject)
			.end(body);
	});
};
