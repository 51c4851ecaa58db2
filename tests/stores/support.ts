import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Database, SessionRow, UserRow } from '../../src/stores/contract.js';
import { sqlite } from '../../src/stores/sqlite.js';

export const alive = { createdAfter: 1000, activeAfter: 1000 };

/** A folder for one test. */
export function folder(): string {
	const path = mkdtempSync(join(tmpdir(), 'svelte-guardian-'));
	onTestFinished(() => rmSync(path, { recursive: true, force: true }));
	return path;
}

/** Does something to a database file that the store did not do. */
export function meddle(file: string, sql: string): void {
	const database = new DatabaseSync(file, { timeout: 500 });
	database.exec(sql);
	database.close();
}

export const user = (id: string): UserRow => ({
	id,
	email: `${id}@example.com`,
	name: null,
	image: null,
	emailVerified: false,
	data: '{}',
	passwordHash: null,
	epoch: 0,
	createdAt: 2000,
	disabledAt: null
});

export const session = (id: string): SessionRow => ({
	id,
	userId: 'ann',
	epoch: 0,
	createdAt: 2000,
	lastActiveAt: 2000,
	provider: 'password',
	authTime: 2000,
	userAgent: null,
	ip: null,
	browserKey: 'browser',
	issuer: 'https://id.example',
	subject: 'subject',
	sid: 'sid',
	tokenIssuedAt: 2000,
	sealedTokens: null
});

/** A database file in which Ann has three sessions: one, two and three. */
export async function annSignedIn(): Promise<{ file: string; database: Database }> {
	const file = join(folder(), 'guardian.db');
	const database = sqlite(file);
	onTestFinished(() => database.close?.());
	await database.users.insert(user('ann'));
	for (const id of ['one', 'two', 'three']) {
		await database.sessions.insert(session(id), { epoch: 0, alive });
	}
	return { file, database };
}

/** Ids of Ann's live sessions, and her epoch. */
export async function annNow({
	sessions,
	users
}: Database): Promise<[ids: string[], epoch: number | undefined]> {
	const ids = (await sessions.list('ann', alive)).map(({ id }) => id);
	return [ids.sort(), (await users.byId('ann'))?.epoch];
}

/** Starts a script of `processes/` and waits for its first word. */
export async function started(script: string, ...given: string[]): Promise<ChildProcess> {
	const path = fileURLToPath(new URL(`processes/${script}`, import.meta.url));
	const child = fork(path, given, { execArgv: ['--disable-warning=ExperimentalWarning'] });
	onTestFinished(() => void child.kill());
	await once(child, 'message');
	return child;
}
