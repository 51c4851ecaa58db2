import type { DatabaseSync } from 'node:sqlite';
import { GuardianError } from '../../errors.js';
import type { SessionStore } from '../contract.js';
import {
	sessionColumns,
	sessionOf,
	sessionUserColumns,
	sessionUserOf,
	sessionValues,
	type SessionColumns,
	type SessionUserColumns
} from './columns.js';
import { ends } from './end.js';
import { isLive } from './live.js';
import { placeholders, prepare, type Immediate } from './statement.js';
import type { Write } from './transaction.js';

export function sqliteSessions(database: DatabaseSync, write: Write): Immediate<SessionStore> {
	const end = ends(database);
	const epochOf = prepare<[number]>(database, 'SELECT epoch FROM guardian_users WHERE id = ?');
	const insert = prepare(database, `INSERT INTO guardian_sessions VALUES (${placeholders(16)})`);
	const read = prepare<[...SessionUserColumns, ...SessionColumns]>(
		database,
		`SELECT ${sessionUserColumns}, ${sessionColumns}
		FROM guardian_sessions AS s JOIN guardian_users AS u ON u.id = s.user_id WHERE s.id = ?`
	);
	const touch = prepare(
		database,
		`UPDATE guardian_sessions SET last_active_at = ?
		WHERE id = ? AND last_active_at < ? AND ${isLive}`
	);
	const list = prepare<SessionColumns>(
		database,
		`SELECT ${sessionColumns} FROM guardian_sessions AS s
		WHERE user_id = ? AND ${isLive} ORDER BY last_active_at DESC`
	);
	const deleteExpired = prepare(
		database,
		`DELETE FROM guardian_sessions WHERE id IN (
			SELECT id FROM guardian_sessions
			WHERE created_at <= ? OR last_active_at <= ? OR outdated = 1 LIMIT ?)`
	);

	return {
		insert: (row, { epoch, replaces = [], alive }) =>
			write(() => {
				const [current] = epochOf.get(row.userId) ?? [];
				if (current !== epoch) return null;
				const replaced = end({ ids: replaces }, alive);
				const outdated = row.epoch === epoch ? 0 : 1;
				if (insert.run(...sessionValues(row), outdated).changes !== 1) throw notInserted();
				return replaced;
			}),

		read(id) {
			const row = read.get(id);
			if (!row) return null;
			const [, , , , , , , , ...columns] = row;
			const session = sessionOf(columns);
			return { session, user: sessionUserOf(session.userId, row) };
		},

		touch: (id, at, { createdAfter, activeAfter }) =>
			write(() => touch.run(at, id, at, createdAfter, activeAfter).changes === 1),

		end: (where, alive) => write(() => end(where, alive)),

		list: (userId, { createdAfter, activeAfter }) =>
			list.all(userId, createdAfter, activeAfter).map(sessionOf),

		deleteExpired: ({ createdAfter, activeAfter }, limit) =>
			write(() => Number(deleteExpired.run(createdAfter, activeAfter, limit).changes))
	};
}

const notInserted = (): GuardianError =>
	new GuardianError(
		'store_unavailable',
		'The session is not in guardian_sessions after the INSERT. Look for a trigger on the table ' +
			'that keeps rows from being added.'
	);
