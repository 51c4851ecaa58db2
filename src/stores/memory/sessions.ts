import type { Alive, Ended, EndWhere, SessionRow, SessionStore } from '../contract.js';
import type { Tables } from './tables.js';

/** No method awaits anything, so each runs as a whole: that is its transaction. */
export function memorySessions({ sessions, users }: Tables): SessionStore {
	const isLive = (row: SessionRow, alive: Alive): boolean =>
		row.createdAt > alive.createdAfter &&
		row.lastActiveAt > alive.activeAfter &&
		row.epoch === users.get(row.userId)?.epoch;

	function remove(rows: SessionRow[], alive: Alive): Ended[] {
		for (const { id } of rows) sessions.delete(id);
		return rows.map((row) => ({
			id: row.id,
			userId: row.userId,
			provider: row.provider,
			live: isLive(row, alive)
		}));
	}

	const matching = (where: EndWhere): SessionRow[] =>
		'ids' in where
			? present(where.ids).filter((row) => !('userId' in where) || row.userId === where.userId)
			: [...sessions.values()].filter((row) => matches(row, where));

	const present = (ids: readonly string[]): SessionRow[] =>
		[...new Set(ids)].flatMap((id) => sessions.get(id) ?? []);

	/** Raises the user's epoch; a session that is to stay, and was valid, is taken along. */
	function raiseEpoch(userId: string, except: string | undefined): void {
		const user = users.get(userId);
		if (!user) return;
		const epoch = user.epoch + 1;
		users.set(userId, { ...user, epoch });
		const kept = except === undefined ? undefined : sessions.get(except);
		if (kept?.userId === userId && kept.epoch === user.epoch) {
			sessions.set(kept.id, { ...kept, epoch });
		}
	}

	return {
		async insert(row, { epoch, replaces = [], alive }) {
			if (users.get(row.userId)?.epoch !== epoch) return null;
			const replaced = present(replaces);
			if (sessions.has(row.id) && !replaces.includes(row.id)) {
				throw new Error('There is a session with this id already.');
			}
			const ended = remove(replaced, alive);
			sessions.set(row.id, { ...row });
			return ended;
		},

		async read(id) {
			const session = sessions.get(id);
			const owner = session && users.get(session.userId);
			if (!owner) return null;
			const { passwordHash: _, ...user } = owner;
			return { session: { ...session }, user };
		},

		async touch(id, at, alive) {
			const row = sessions.get(id);
			if (!row || row.lastActiveAt >= at || !isLive(row, alive)) return false;
			sessions.set(id, { ...row, lastActiveAt: at });
			return true;
		},

		async end(where, alive) {
			const ended = remove(matching(where), alive);
			if (isWholeUser(where)) raiseEpoch(where.userId, where.except);
			return ended;
		},

		async list(userId, alive) {
			return [...sessions.values()]
				.filter((row) => row.userId === userId && isLive(row, alive))
				.sort((a, b) => b.lastActiveAt - a.lastActiveAt)
				.map((row) => ({ ...row }));
		},

		async deleteExpired(alive, limit) {
			const dead = [...sessions.values()].filter((row) => !isLive(row, alive)).slice(0, limit);
			for (const { id } of dead) sessions.delete(id);
			return dead.length;
		}
	};
}

type ByColumn = Exclude<EndWhere, { ids: readonly string[] }>;

const isWholeUser = (where: EndWhere): where is { userId: string; except?: string } =>
	'userId' in where && !('ids' in where);

function matches(row: SessionRow, where: ByColumn): boolean {
	if ('userId' in where) return row.userId === where.userId && row.id !== where.except;
	if ('browserKey' in where) return row.browserKey === where.browserKey;
	if (row.issuer !== where.issuer) return false;
	if ('sid' in where) return row.sid === where.sid;
	return (
		row.subject === where.subject &&
		row.tokenIssuedAt !== null &&
		row.tokenIssuedAt <= where.notAfter
	);
}
