/** A database file with many people signed in, in the tables of every contender. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sqlite } from 'svelte-guardian/sqlite';

const SESSIONS_EACH = 10;

export interface FilledFile {
	file: string;
	/** A token that opens a session in both tables. */
	someToken(): string;
	/** Adds a user with sessions to both tables. */
	newUser(sessions: number): { id: string; tokens: readonly string[] };
	remove(): void;
}

export async function filledFile(sessions: number): Promise<FilledFile> {
	const folder = mkdtempSync(join(tmpdir(), 'svelte-guardian-bench-'));
	const file = join(folder, 'bench.db');
	// It makes its own tables when it is first asked.
	const store = sqlite(file);
	await store.sessions.read('nobody');
	await store.close?.();

	const database = new DatabaseSync(file);
	database.exec(`PRAGMA synchronous = OFF;
		CREATE TABLE lucia_users (id TEXT PRIMARY KEY NOT NULL, email TEXT UNIQUE, name TEXT);
		CREATE TABLE lucia_sessions (id TEXT PRIMARY KEY NOT NULL,
			user_id TEXT NOT NULL REFERENCES lucia_users (id), expires_at INTEGER NOT NULL);
		CREATE INDEX lucia_sessions_user ON lucia_sessions (user_id);`);
	const add = inserts(database);
	const all = Array.from({ length: Math.ceil(sessions / SESSIONS_EACH) }, (_, index) =>
		Math.min(SESSIONS_EACH, sessions - index * SESSIONS_EACH)
	);
	database.exec('BEGIN');
	const tokens = all.flatMap((count) => add(count).tokens);
	database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous = FULL;');

	return {
		file,
		someToken: () => tokens[Math.floor(Math.random() * tokens.length)] ?? '',
		newUser(count) {
			database.exec('BEGIN');
			const user = add(count);
			database.exec('COMMIT');
			return user;
		},
		remove() {
			database.close();
			rmSync(folder, { recursive: true });
		}
	};
}

function inserts(database: DatabaseSync) {
	const user = database.prepare(
		`INSERT INTO guardian_users (id, email, name, email_verified, data, epoch, created_at)
		VALUES (?, ?, 'Ada', 0, '{}', 0, ?)`
	);
	const session = database.prepare(
		`INSERT INTO guardian_sessions
			(id, user_id, epoch, created_at, last_active_at, provider, auth_time, outdated)
		VALUES (?, ?, 0, ?, ?, 'password', ?, 0)`
	);
	const ofLucia = {
		user: database.prepare("INSERT INTO lucia_users VALUES (?, ?, 'Ada')"),
		session: database.prepare('INSERT INTO lucia_sessions VALUES (?, ?, ?)')
	};

	return (count: number): { id: string; tokens: readonly string[] } => {
		const id = randomUUID();
		const email = `${id}@example.org`;
		const now = Date.now();
		user.run(id, email, now);
		ofLucia.user.run(id, email);
		const tokens = Array.from({ length: count }, (_, index) =>
			digest(`${id} ${index}`, 'base64url')
		);
		for (const token of tokens) {
			session.run(digest(token, 'hex'), id, now, now, now);
			// lucia keeps its tokens as they are.
			ofLucia.session.run(token, id, Math.floor(now / 1000) + 30 * 24 * 60 * 60);
		}
		return { id, tokens };
	};
}

const digest = (text: string, encoding: 'hex' | 'base64url'): string =>
	createHash('sha256').update(text).digest(encoding);
