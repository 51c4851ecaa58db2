/** What a session keeps of its provider for its own sign-out there: readable to the server alone. */
import { readFile } from 'node:fs/promises';
import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { createSealer } from '../../src/seal.js';
import { startAppWithProviders } from './support/providers.js';

const SECRET = 'this secret of the tests is long enough';
const app = await startAppWithProviders({ env: { AUTH_SECRET: SECRET } });

interface Row {
	id: string;
	issuer: string;
	sealed: string;
}

async function newRow(login: string): Promise<Row> {
	const browser = app.newBrowser();
	await app.signIn(browser, 'first', login);
	return rowOf((await browser.session())?.id);
}

function rowOf(sessionId = ''): Row {
	const row = app.database
		.prepare('SELECT id, issuer, sealed_tokens AS sealed FROM guardian_sessions WHERE id = ?')
		.get(sessionId);
	return row as unknown as Row;
}

const open = ({ id, issuer, sealed }: Row, ...secrets: string[]): string | null =>
	createSealer(secrets).open('provider tokens', [issuer, id], sealed);

test('holds the id token of this very sign-in', async () => {
	const { idToken } = JSON.parse(open(await newRow('ada'), SECRET) ?? '');

	expect(decodeJwt(idToken)).toMatchObject({ iss: app.first.issuer, sub: 'ada' });
});

test('opens with an older secret while it rotates, and never with another', async () => {
	const row = await newRow('bob');

	expect(open(row, 'the next secret, 32 bytes or more', SECRET)).not.toBeNull();
	expect(open(row, 'the next secret, 32 bytes or more')).toBeNull();
});

test('opens in its own row alone', async () => {
	const [mine, other] = [await newRow('carol'), await newRow('dave')];

	expect(open({ ...mine, sealed: other.sealed }, SECRET)).toBeNull();
	expect(open({ ...mine, issuer: app.second.issuer }, SECRET)).toBeNull();
	expect(open(mine, SECRET)).not.toBeNull();
});

test('does not open once a byte is changed, wherever it is', async () => {
	const row = await newRow('erin');
	const [key = '', data = ''] = row.sealed.split('.');
	const bytes = Buffer.from(data, 'base64url');

	for (const at of [0, 12, 28, bytes.length - 1]) {
		const changed = Buffer.from(bytes);
		changed[at] = (changed[at] ?? 0) ^ 1;
		expect(open({ ...row, sealed: `${key}.${changed.toString('base64url')}` }, SECRET)).toBeNull();
	}
});

test('is not to be read in the file of the database, and is gone with the session', async () => {
	const browser = app.newBrowser();
	await app.signIn(browser, 'first', 'frank');
	const session = await browser.session();
	const row = rowOf(session?.id);
	const { idToken } = JSON.parse(open(row, SECRET) ?? '');
	const name = String(app.database.prepare('PRAGMA database_list').get()?.['file']);
	app.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');

	const file = await readFile(name, 'latin1');
	// Long values lie on several pages of the file: their beginnings are enough.
	expect(file).toContain(row.sealed.slice(0, 60));
	for (const part of idToken.split('.')) expect(file).not.toContain(part.slice(0, 30));

	await browser.postJson('/auth/signout');
	expect(rowOf(session?.id)).toBeUndefined();
});
