import type { DatabaseSync } from 'node:sqlite';
import { GuardianError } from '../../errors.js';
import type { MarkStore } from '../contract.js';
import { prepare, type Immediate } from './statement.js';
import type { Write } from './transaction.js';

export function sqliteMarks(database: DatabaseSync, write: Write): Immediate<MarkStore> {
	const dropExpired = prepare(
		database,
		'DELETE FROM guardian_marks WHERE key = ? AND expires_at <= ?'
	);
	const add = prepare<[count: number]>(
		database,
		`INSERT INTO guardian_marks (key, count, expires_at) VALUES (?, ?, ?)
		ON CONFLICT (key) DO UPDATE SET count = count + excluded.count RETURNING count`
	);
	const deleteExpired = prepare(
		database,
		`DELETE FROM guardian_marks WHERE key IN (
			SELECT key FROM guardian_marks WHERE expires_at <= ? LIMIT ?)`
	);

	return {
		bump: (key, ttl, by = 1) =>
			write(() => {
				const now = Date.now();
				dropExpired.run(key, now);
				const [count] = add.get(key, by, now + Math.ceil(ttl * 1000)) ?? [];
				if (count === undefined) throw notCounted();
				return count;
			}),

		deleteExpired: (limit) => write(() => Number(deleteExpired.run(Date.now(), limit).changes))
	};
}

const notCounted = (): GuardianError =>
	new GuardianError(
		'store_unavailable',
		'The counter in guardian_marks did not change, without any error from SQLite. Look for a ' +
			'trigger on the table.'
	);
