import type { DatabaseSync } from 'node:sqlite';
import { prepare } from './statement.js';

/** Runs work as one transaction: all of it is in the file when this returns, or none of it. */
export type Write = <Result>(work: () => Result) => Result;

/**
 * Every write is one of these, single statements too: on a connection the app gave us, and in which
 * it has a transaction open, BEGIN fails, where a bare statement would be undone by the app's
 * ROLLBACK after we had reported it as done.
 */
export function transactions(database: DatabaseSync): Write {
	// IMMEDIATE takes the write lock at once; upgrading later could fail without waiting for it
	const begin = prepare(database, 'BEGIN IMMEDIATE');
	const commit = prepare(database, 'COMMIT');
	const rollback = prepare(database, 'ROLLBACK');

	return (work) => {
		begin.run();
		try {
			const result = work();
			commit.run();
			return result;
		} catch (error) {
			// some failures, such as a full disk, have rolled back already
			if (database.isTransaction) rollback.run();
			throw error;
		}
	};
}
