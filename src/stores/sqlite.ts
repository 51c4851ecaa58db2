/** The store for one machine: a file, through the SQLite that is part of Node. */
import { DatabaseSync } from 'node:sqlite';
import { GuardianError } from '../errors.js';
import type { Database } from './contract.js';
import { connect, type Connection } from './sqlite/connection.js';
import { sqliteMarks } from './sqlite/marks.js';
import { sqliteSessions } from './sqlite/sessions.js';
import { sqliteUsers } from './sqlite/users.js';

/**
 * Milliseconds. Whoever reads sessions, request after request, need not look at the file each time;
 * whatever is written is not confirmed before.
 */
const READ_WITHIN = 100;

/**
 * Keeps everything in an SQLite file, in tables that start with `guardian_` and that it creates and
 * updates by itself. Several processes may use the file at the same time.
 *
 * Nothing is opened before the first call. While the file cannot be opened, is missing, or is locked
 * for more than half a second, calls reject, and later ones try again. Reads of sessions notice within
 * a tenth of a second that the file is gone, everything else at once.
 *
 * @param source A path, a `file:` address (sqlite.org/uri.html), or `memory:` for a database that
 * ends with the process. Or an open `DatabaseSync` of your own: its settings are left as they are
 * and `close()` leaves it open, so give it a `timeout` (milliseconds, 500 at most, since waiting for
 * a lock blocks the process) and have no transaction open when sessions are written.
 * @throws {GuardianError} `invalid_config` for a source of another kind. Calls reject with it, too,
 * for a path that cannot be used and for tables made by a newer version.
 *
 * @example
 * ```ts
 * import { guardianAuth, password } from 'svelte-guardian';
 * import { sqlite } from 'svelte-guardian/sqlite';
 *
 * export const { handle, auth } = guardianAuth({
 * 	database: sqlite('guardian.db'),
 * 	providers: [password()]
 * });
 * ```
 */
export function sqlite(source: string | DatabaseSync): Database {
	checkSource(source);
	let opened: Opened | undefined;

	/** `within`: milliseconds that may have passed since the file was last looked at. */
	function open(within = 0): Opened {
		opened ??= openedFrom(connect(source));
		const file = opened.connection.file(within);
		if (file === 'there') return opened;
		// the next call opens the new file; a missing one is waited for, never made anew
		if (file === 'replaced') close();
		throw fileGone(file);
	}

	function close(): void {
		// a database that was given is not ours to open again
		if (typeof source !== 'string') return;
		opened?.connection.close();
		opened = undefined;
	}

	return {
		sessions: {
			insert: async (row, options) => open().sessions.insert(row, options),
			read: async (id) => open(READ_WITHIN).sessions.read(id),
			touch: async (id, at, alive) => open().sessions.touch(id, at, alive),
			end: async (where, alive) => open().sessions.end(where, alive),
			list: async (userId, alive) => open().sessions.list(userId, alive),
			deleteExpired: async (alive, limit) => open().sessions.deleteExpired(alive, limit)
		},
		users: {
			insert: async (user, identity) => open().users.insert(user, identity),
			byId: async (id) => open().users.byId(id),
			byEmail: async (email) => open().users.byEmail(email),
			byIdentity: async (provider, accountId) => open().users.byIdentity(provider, accountId),
			identities: async (userId) => open().users.identities(userId),
			link: async (identity) => open().users.link(identity),
			unlink: async (userId, provider) => open().users.unlink(userId, provider),
			update: async (id, patch) => open().users.update(id, patch),
			raiseEpoch: async (id) => open().users.raiseEpoch(id),
			delete: async (id) => open().users.delete(id)
		},
		marks: {
			bump: async (key, ttl, by) => open().marks.bump(key, ttl, by),
			deleteExpired: async (limit) => open().marks.deleteExpired(limit)
		},
		close: async () => close()
	};
}

type Opened = ReturnType<typeof openedFrom>;

/** Prepares every statement, once for as long as the connection lasts. */
function openedFrom(connection: Connection) {
	const { database, write } = connection;
	try {
		return {
			connection,
			sessions: sqliteSessions(database, write),
			users: sqliteUsers(database, write),
			marks: sqliteMarks(database, write)
		};
	} catch (error) {
		connection.close();
		throw error;
	}
}

function checkSource(source: string | DatabaseSync): void {
	if (source instanceof DatabaseSync) return;
	if (typeof source !== 'string' || source.trim() === '') {
		throw new GuardianError(
			'invalid_config',
			"sqlite() needs a path or an open DatabaseSync. Write sqlite('guardian.db')."
		);
	}
	// one letter before the colon is a drive
	if (/^[a-z][a-z0-9+.-]+:/i.test(source) && !/^(file|memory):/.test(source)) {
		throw new GuardianError(
			'invalid_config',
			`sqlite() cannot use an address that starts with "${source.slice(0, source.indexOf(':') + 1)}". ` +
				"Write a path, 'file:guardian.db' or 'memory:'."
		);
	}
}

const fileGone = (file: 'missing' | 'replaced'): GuardianError =>
	new GuardianError(
		'store_unavailable',
		file === 'missing'
			? 'The database file was deleted or moved away. Put it back, or restart the server to begin with an empty one.'
			: 'The database file was replaced by another one. Try again, or restart a server that opens the file itself.'
	);
