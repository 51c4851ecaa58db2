/** Real faults in a real SQLite file. Each returns the function that mends it. */
import type { DatabaseSync } from 'node:sqlite';

export type Fault = (file: DatabaseSync) => () => void;

/** Every DELETE of a session fails. */
export const deletesAbort: Fault = (file) =>
	trigger(file, `SELECT RAISE(ABORT, 'deleting is out of order');`);

/** Every DELETE of a session reports success and leaves the row where it is. */
export const deletesDoNothing: Fault = (file) => trigger(file, 'SELECT RAISE(IGNORE);');

/** Neither reading nor writing sessions works. */
export const sessionsGone: Fault = (file) => {
	file.exec('ALTER TABLE guardian_sessions RENAME TO taken_away');
	return () => file.exec('ALTER TABLE taken_away RENAME TO guardian_sessions');
};

/** Another process is writing and does not get done: reading works, writing does not. */
export const locked: Fault = (file) => {
	file.exec('BEGIN EXCLUSIVE');
	return () => file.exec('ROLLBACK');
};

function trigger(file: DatabaseSync, body: string): () => void {
	file.exec(`CREATE TRIGGER out_of_order BEFORE DELETE ON guardian_sessions BEGIN ${body} END`);
	return () => file.exec('DROP TRIGGER out_of_order');
}
