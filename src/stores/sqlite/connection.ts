/** Opens the file, and notices when it is no longer the file that was opened. */
import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { GuardianError } from '../../errors.js';
import { migrate } from './schema.js';
import { transactions, type Write } from './transaction.js';

export interface Connection {
	readonly database: DatabaseSync;
	readonly write: Write;
	/**
	 * Whether the file still is where it was opened, as seen at most `within` milliseconds ago;
	 * always `'there'` for a database in memory.
	 */
	file(within: number): 'there' | 'missing' | 'replaced';
	/** Closes what was opened here; a database that was given stays open. */
	close(): void;
}

/**
 * Milliseconds to wait for another process's lock. The wait blocks the event loop, so no timer can
 * cut it short: it has to be well below what a request may take.
 */
const busyTimeout = 500;

/** Opens the database and brings its tables up to date; on failure nothing stays open. */
export function connect(source: string | DatabaseSync): Connection {
	if (typeof source !== 'string') return connection(source, () => {});
	let database: DatabaseSync | undefined;
	try {
		database = new DatabaseSync(source === 'memory:' ? ':memory:' : source, {
			timeout: busyTimeout,
			enableForeignKeyConstraints: true
		});
		// 16 MB of pages: with the 2 MB that SQLite starts with, most reads go to the file
		database.exec('PRAGMA cache_size = -16000');
		writeAhead(database);
		return connection(database, database.close.bind(database));
	} catch (error) {
		if (database?.isOpen) database.close();
		throw explained(error, source);
	}
}

function connection(database: DatabaseSync, close: () => void): Connection {
	const write = transactions(database);
	migrate(database, write);
	const path = database.location();
	return { database, write, close, file: path ? watched(path) : () => 'there' };
}

/** Readers and one writer do not wait for each other; a commit still reaches the disk first. */
function writeAhead(database: DatabaseSync): void {
	database.exec('PRAGMA synchronous = FULL');
	const deadline = performance.now() + busyTimeout;
	for (;;) {
		try {
			database.exec('PRAGMA journal_mode = WAL');
			return;
		} catch (error) {
			// SQLite itself does not wait when several processes switch a new file at the same time
			if (resultCode(error) !== BUSY || performance.now() > deadline) throw error;
			pause(10);
		}
	}
}

/** Blocks, as everything in node:sqlite does. */
function pause(milliseconds: number): void {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/**
 * SQLite goes on using a file that was deleted or replaced, and would report ends that nobody else
 * can see.
 */
function watched(path: string): Connection['file'] {
	const opened = statSync(path);
	let seenAt = -Infinity;
	return (within) => {
		const now = performance.now();
		if (now - seenAt < within) return 'there';
		seenAt = -Infinity;
		const found = statSync(path, { throwIfNoEntry: false });
		if (!found) return 'missing';
		if (found.ino !== opened.ino || found.dev !== opened.dev) return 'replaced';
		seenAt = now;
		return 'there';
	};
}

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const BUSY = 5;
const READONLY = 8;
const CANTOPEN = 14;
const NOTADB = 26;

/** Says what to do about a database that cannot be used, where that is known. */
function explained(error: unknown, source: string): unknown {
	const path = pathOf(source);
	const folder = dirname(path);
	switch (resultCode(error)) {
		case CANTOPEN:
			return existsSync(folder)
				? misconfigured(
						`${path} cannot be opened. It has to be a file that the server's user may read and write.`
					)
				: misconfigured(
						`the folder ${folder} does not exist. Create it, or name a file in a folder that exists.`
					);
		case NOTADB:
			return misconfigured(
				`${path} is not an SQLite database. Name another file, or move that one away.`
			);
		case READONLY:
			return misconfigured(
				`${path} cannot be written to. Let the server's user write to the file and to its folder.`
			);
		default:
			return error;
	}

	function misconfigured(what: string): GuardianError {
		return new GuardianError('invalid_config', `sqlite('${source}'): ${what}`, { cause: error });
	}
}

function resultCode(error: unknown): number | undefined {
	if (!(error instanceof Error) || !('errcode' in error)) return undefined;
	return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

/** The file a path or `file:` address names (sqlite.org/uri.html). */
function pathOf(source: string): string {
	if (!source.startsWith('file:')) return resolve(source);
	const path = source.replace(/^file:(\/\/[^/]*)?/, '').replace(/[?#].*$/, '');
	return resolve(decodeURIComponent(path));
}
