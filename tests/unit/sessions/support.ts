/** Sessions over a real store, and what the tests look at beside them. */
import { DatabaseSync } from 'node:sqlite';
import { createBus } from '../../../src/bus/bus.js';
import { createLifetimes } from '../../../src/sessions/lifetimes.js';
import { createSessions, type Opening } from '../../../src/sessions/sessions.js';
import type { Database, Ended, SessionStore, UserRow } from '../../../src/stores/contract.js';
import { memory } from '../../../src/stores/memory.js';
import { sqlite } from '../../../src/stores/sqlite.js';

export const MINUTE = 60 * 1000;
export const DAY = 24 * 60 * MINUTE;
export const MAX_AGE = 30 * DAY;
export const IDLE = 7 * DAY;
export const START = Date.parse('2026-11-20T12:00:00Z');

export const stores: [name: string, create: () => Database][] = [
	['memory', () => memory()],
	['SQLite', () => sqlite('memory:')]
];

export interface Options {
	database?: Database;
	maxAge?: number;
	idleTimeout?: number;
}

export function setUp({ database = memory(), maxAge = MAX_AGE, idleTimeout = IDLE }: Options = {}) {
	const logged: string[] = [];
	const told: Ended[] = [];
	const bus = createBus();
	bus.listen((ended) => void told.push(...ended));
	const sessions = createSessions({
		database,
		lifetimes: createLifetimes(maxAge, idleTimeout),
		bus,
		log: (message) => void logged.push(message)
	});

	async function addUser(id: string): Promise<UserRow> {
		const user: UserRow = {
			id,
			email: `${id}@example.org`,
			name: null,
			image: null,
			emailVerified: false,
			data: '{}',
			passwordHash: null,
			epoch: 0,
			createdAt: Date.now(),
			disabledAt: null
		};
		await database.users.insert(user);
		return user;
	}

	/** Opens a session and resolves to its id. */
	async function open(user: UserRow, opening: Partial<Opening> = {}): Promise<string> {
		const opened = await sessions.open({ ...openingOf(user), ...opening });
		if (opened === null) throw new Error('The session was not opened.');
		return opened.reading.session.id;
	}

	return { database, sessions, logged, told, addUser, open };
}

export const openingOf = (user: UserRow): Opening => ({
	user,
	provider: 'password',
	authTime: Date.now(),
	userAgent: null,
	ip: null,
	replaces: []
});

/** A store in an SQLite database that a test can put out of order. */
export function breakable(): { database: Database; file: DatabaseSync } {
	const file = new DatabaseSync(':memory:');
	return { database: sqlite(file), file };
}

/** The store with some of its methods replaced. */
export const withSessions = (database: Database, methods: Partial<SessionStore>): Database => ({
	...database,
	sessions: { ...database.sessions, ...methods }
});

/** A store that never answers. */
export const never = (): Promise<never> => new Promise(() => {});
