/** Takes sessions out of the file, and makes sure that they are. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { GuardianError } from '../../errors.js';
import type { Alive, Ended, EndWhere } from '../contract.js';
import { isLive } from './live.js';
import { prepare } from './statement.js';

/** To be called inside a transaction, which it leaves to its caller to commit. */
export type End = (where: EndWhere, alive: Alive) => Ended[];

export function ends(database: DatabaseSync): End {
	const among = removal(database, 'id IN (SELECT value FROM json_each(?))');
	const owned = removal(database, 'id IN (SELECT value FROM json_each(?)) AND user_id = ?');
	const ofUser = removal(database, 'user_id = ? AND id IS NOT ?');
	const ofBrowser = removal(database, 'browser_key = ?');
	const ofSid = removal(database, 'issuer = ? AND sid = ?');
	const ofSubject = removal(database, 'issuer = ? AND subject = ? AND token_issued_at <= ?');
	const raise = epochRaise(database);

	return (where, alive) => {
		if ('ids' in where) {
			const ids = JSON.stringify(where.ids);
			return 'userId' in where ? owned(alive, ids, where.userId) : among(alive, ids);
		}
		if ('browserKey' in where) return ofBrowser(alive, where.browserKey);
		if ('sid' in where) return ofSid(alive, where.issuer, where.sid);
		if ('subject' in where) {
			return ofSubject(alive, where.issuer, where.subject, where.notAfter);
		}
		const { userId, except = null } = where;
		// in this order: whether a session was live is judged by the epoch before
		const ended = ofUser(alive, userId, except);
		raise(userId, except);
		return ended;
	};
}

/**
 * Deletes what matches and looks again: a trigger can make a DELETE pass over rows without any
 * error, and a session that is still there has not ended.
 */
function removal(database: DatabaseSync, condition: string) {
	const remove = prepare<[id: string, userId: string, provider: string, live: number]>(
		database,
		`DELETE FROM guardian_sessions WHERE ${condition} RETURNING id, user_id, provider, ${isLive}`
	);
	const remaining = prepare<[number]>(
		database,
		`SELECT count(*) FROM guardian_sessions WHERE ${condition}`
	);

	return (alive: Alive, ...values: SQLInputValue[]): Ended[] => {
		const rows = remove.all(...values, alive.createdAfter, alive.activeAfter);
		const [left = 0] = remaining.get(...values) ?? [];
		if (left > 0) throw stillThere(left);
		return rows.map(([id, userId, provider, live]) => ({
			id,
			userId,
			provider,
			live: live === 1
		}));
	};
}

/** Raises a user's epoch and takes the one session along that stays, if it was valid. */
function epochRaise(database: DatabaseSync) {
	const epochOf = prepare<[number]>(database, 'SELECT epoch FROM guardian_users WHERE id = ?');
	const raise = prepare(database, 'UPDATE guardian_users SET epoch = epoch + 1 WHERE id = ?');
	const ofEpoch = 'id = ? AND user_id = ? AND epoch = ?';
	const restamp = prepare(
		database,
		`UPDATE guardian_sessions SET epoch = epoch + 1 WHERE ${ofEpoch}`
	);
	const leftBehind = prepare(database, `SELECT 1 FROM guardian_sessions WHERE ${ofEpoch}`);

	return (userId: string, except: string | null): void => {
		const [epoch] = epochOf.get(userId) ?? [];
		if (epoch === undefined) return;
		if (raise.run(userId).changes !== 1) throw notRaised();
		if (except === null) return;
		restamp.run(except, userId, epoch);
		if (leftBehind.get(except, userId, epoch)) throw notKept();
	};
}

const trigger = 'Look for a trigger on the table that keeps rows from being changed.';

const stillThere = (count: number): GuardianError =>
	new GuardianError(
		'store_unavailable',
		`Nothing was ended: ${count} of the sessions were still in guardian_sessions after the DELETE. ${trigger}`
	);

const notRaised = (): GuardianError =>
	new GuardianError(
		'store_unavailable',
		`Nothing was ended: the epoch in guardian_users could not be raised. ${trigger}`
	);

const notKept = (): GuardianError =>
	new GuardianError(
		'store_unavailable',
		`Nothing was ended: the session that stays could not be updated in guardian_sessions. ${trigger}`
	);
