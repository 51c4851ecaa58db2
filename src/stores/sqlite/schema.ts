import type { DatabaseSync } from 'node:sqlite';
import { GuardianError } from '../../errors.js';
import type { Write } from './transaction.js';

/**
 * What leads from each version to the next. Append only: what has been released has run somewhere.
 *
 * `outdated` marks sessions whose epoch was left behind, so that cleaning up finds them by an index;
 * whether a session is valid never depends on it.
 */
const migrations: readonly string[] = [
	`
	CREATE TABLE guardian_users (
		id TEXT PRIMARY KEY NOT NULL,
		email TEXT UNIQUE,
		name TEXT,
		image TEXT,
		email_verified INTEGER NOT NULL,
		data TEXT NOT NULL,
		password_hash TEXT,
		epoch INTEGER NOT NULL,
		created_at INTEGER NOT NULL,
		disabled_at INTEGER
	) STRICT, WITHOUT ROWID;

	CREATE TABLE guardian_identities (
		provider TEXT NOT NULL,
		account_id TEXT NOT NULL,
		user_id TEXT NOT NULL REFERENCES guardian_users (id) ON DELETE CASCADE,
		created_at INTEGER NOT NULL,
		PRIMARY KEY (provider, account_id)
	) STRICT, WITHOUT ROWID;

	CREATE INDEX guardian_identities_user ON guardian_identities (user_id);

	CREATE TABLE guardian_sessions (
		id TEXT PRIMARY KEY NOT NULL,
		user_id TEXT NOT NULL REFERENCES guardian_users (id) ON DELETE CASCADE,
		epoch INTEGER NOT NULL,
		created_at INTEGER NOT NULL,
		last_active_at INTEGER NOT NULL,
		provider TEXT NOT NULL,
		auth_time INTEGER NOT NULL,
		user_agent TEXT,
		ip TEXT,
		browser_key TEXT,
		issuer TEXT,
		subject TEXT,
		sid TEXT,
		token_issued_at INTEGER,
		sealed_tokens TEXT,
		outdated INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;

	CREATE INDEX guardian_sessions_user ON guardian_sessions (user_id);
	CREATE INDEX guardian_sessions_browser ON guardian_sessions (browser_key)
		WHERE browser_key IS NOT NULL;
	CREATE INDEX guardian_sessions_sid ON guardian_sessions (issuer, sid)
		WHERE sid IS NOT NULL;
	CREATE INDEX guardian_sessions_subject ON guardian_sessions (issuer, subject)
		WHERE subject IS NOT NULL;
	CREATE INDEX guardian_sessions_created ON guardian_sessions (created_at);
	CREATE INDEX guardian_sessions_active ON guardian_sessions (last_active_at);
	CREATE INDEX guardian_sessions_outdated ON guardian_sessions (outdated)
		WHERE outdated = 1;

	CREATE TABLE guardian_marks (
		key TEXT PRIMARY KEY NOT NULL,
		count INTEGER NOT NULL,
		expires_at INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;

	CREATE INDEX guardian_marks_expires ON guardian_marks (expires_at);
	`
];

/**
 * Brings the tables to the version this code knows. Several processes may do so at the same time:
 * the version is read again under the write lock.
 */
export function migrate(database: DatabaseSync, write: Write): void {
	if (versionOf(database) === migrations.length) return;
	write(() => {
		// a table of our own, not PRAGMA user_version: the app may keep its own tables in the file
		database.exec(
			'CREATE TABLE IF NOT EXISTS guardian_schema (version INTEGER PRIMARY KEY) STRICT'
		);
		const add = database.prepare('INSERT INTO guardian_schema (version) VALUES (?)');
		const current = versionOf(database);
		for (const [index, sql] of migrations.entries()) {
			if (index < current) continue;
			database.exec(sql);
			add.run(index + 1);
		}
	});
}

function versionOf(database: DatabaseSync): number {
	const present = database
		.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'guardian_schema'`)
		.get();
	if (!present) return 0;
	const row = database.prepare('SELECT max(version) AS version FROM guardian_schema').get();
	const version = Number(row?.['version'] ?? 0);
	if (version > migrations.length) throw tooNew(version);
	return version;
}

const tooNew = (version: number): GuardianError =>
	new GuardianError(
		'invalid_config',
		`The guardian_ tables in this database are of version ${version}; this svelte-guardian knows ` +
			`them up to version ${migrations.length}. Install the newer svelte-guardian again, or go ` +
			'back to a copy of the file from before it was used.'
	);
