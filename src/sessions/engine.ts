/**
 * lucia as the engine that creates, validates and renews sessions; every end is ours.
 *
 * lucia renews once half of `sessionExpiresIn` is left. Presenting `lastActiveAt + idleTimeout` as
 * the expiry and 2 × (idleTimeout − updateInterval) as that span makes it renew exactly one update
 * interval after the last activity, and end a session exactly `idleTimeout` after it.
 */
import { Lucia, TimeSpan, type Adapter } from 'lucia';
import type { Ended, SessionRow, SessionStore, SessionUser } from '../stores/contract.js';
import { aliveAt, type Lifetimes } from './lifetimes.js';

/** A session that is live, with its user. */
export interface Reading {
	readonly session: SessionRow;
	readonly user: SessionUser;
}

export interface Engine {
	/** Stores a new session and ends those it replaces; `null` if the user's epoch has moved on. */
	create(row: SessionRow, replaces: readonly string[]): Promise<Ended[] | null>;
	/** The live session of that id. With `activity` the reading counts as use of the session. */
	validate(id: string, options: { activity: boolean }): Promise<Reading | null>;
}

export interface EngineParts {
	store: SessionStore;
	lifetimes: Lifetimes;
	/** Called with a session that is found idle for too long. */
	endExpired(id: string): Promise<void>;
	/** Called when activity could not be written. */
	touchFailed(cause: unknown): void;
}

export function createEngine(parts: EngineParts): Engine {
	const active = createLucia(parts, {});
	const passive = createLucia(parts, { updateSessionExpiration: async () => {} });
	return {
		async create(row, replaces) {
			let replaced: Ended[] | null = null;
			const opening = createLucia(parts, {
				async setSession() {
					const alive = aliveAt(parts.lifetimes, Date.now());
					replaced = await parts.store.insert(row, { epoch: row.epoch, replaces, alive });
				}
			});
			await opening.createSession(row.userId, row, { sessionId: row.id });
			return replaced;
		},
		async validate(id, { activity }) {
			const { session, user } = await (activity ? active : passive).validateSession(id);
			if (session === null) return null;
			const found = nested(session, user);
			if (activity && session.fresh)
				return { ...found, session: { ...found.session, lastActiveAt: Date.now() } };
			return found;
		}
	};
}

function createLucia(parts: EngineParts, instead: Partial<Adapter>): Lucia<Nested, Nested> {
	return new Lucia<Nested, Nested>(
		{ ...createAdapter(parts), ...instead },
		{
			sessionExpiresIn: new TimeSpan(
				2 * (parts.lifetimes.idleTimeout - parts.lifetimes.updateInterval),
				'ms'
			),
			// Nested, because flat attributes would overwrite `id` and `userId`.
			getSessionAttributes: (row) => ({ row }),
			getUserAttributes: (row) => ({ row })
		}
	);
}

function createAdapter({ store, lifetimes, endExpired, touchFailed }: EngineParts): Adapter {
	const listed = (row: SessionRow) => ({
		id: row.id,
		userId: row.userId,
		expiresAt: new Date(row.lastActiveAt + lifetimes.idleTimeout),
		attributes: row
	});
	return {
		async getSessionAndUser(id) {
			const found = await store.read(id);
			if (found === null) return [null, null];
			const { session, user } = found;
			const tooOld = session.createdAt <= Date.now() - lifetimes.maxAge;
			if (tooOld || session.epoch !== user.epoch || user.disabledAt !== null) return [null, null];
			return [listed(session), { id: user.id, attributes: user }];
		},
		async getUserSessions(userId) {
			const rows = await store.list(userId, aliveAt(lifetimes, Date.now()));
			return rows.map(listed);
		},
		async updateSessionExpiration(id) {
			const now = Date.now();
			await store.touch(id, now, aliveAt(lifetimes, now)).catch(touchFailed);
		},
		deleteSession: endExpired,
		setSession: onlyOurs,
		deleteUserSessions: onlyOurs,
		deleteExpiredSessions: onlyOurs
	};
}

/** lucia never calls these by itself, and nobody else reaches them. */
const onlyOurs = (): Promise<never> =>
	Promise.reject(new TypeError('Sessions are created and ended by svelte-guardian, not by lucia'));

interface Nested {
	row: unknown;
}

function nested(session: object, user: object): Reading {
	return {
		// boundary: lucia types attributes only through a global registration, which is the app's.
		session: (session as { row: SessionRow }).row,
		// boundary: as above.
		user: (user as { row: SessionUser }).row
	};
}
