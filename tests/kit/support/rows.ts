/** Rows as the server leaves them, for tests that need many, old ones, or no password. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { newEmail } from './browser.js';

/** A user that tests work with. */
export interface Person {
	id: string;
	email: string | null;
}

interface SessionTimes {
	/** Milliseconds ago. */
	createdAgo?: number;
	activeAgo?: number;
}

export function createRows(database: DatabaseSync) {
	const addUser = database.prepare(
		`INSERT INTO guardian_users (id, email, email_verified, data, epoch, created_at)
		VALUES (?, ?, 0, ?, 0, ?)`
	);
	const addSession = database.prepare(
		`INSERT INTO guardian_sessions
			(id, user_id, epoch, created_at, last_active_at, provider, auth_time, outdated)
		SELECT ?1, id, epoch, ?3, ?4, 'password', ?3, 0 FROM guardian_users WHERE id = ?2`
	);
	const countSessions = database.prepare(
		'SELECT count(*) AS number FROM guardian_sessions WHERE user_id = ?'
	);

	return {
		/** A user without a password. */
		newUser(data: object = {}): Person {
			const user = { id: randomUUID(), email: newEmail() };
			addUser.run(user.id, user.email, JSON.stringify(data), Date.now());
			return user;
		},
		/** A session, and the token that opens it. */
		newSession(userId: string, { createdAgo = 0, activeAgo = createdAgo }: SessionTimes = {}) {
			const token = randomBytes(32).toString('base64url');
			const id = createHash('sha256').update(token).digest('hex');
			addSession.run(id, userId, Date.now() - createdAgo, Date.now() - activeAgo);
			return { id, token };
		},
		/** How many sessions of a user are in the store, expired or not. */
		sessionsOf: (userId: string): number => Number(countSessions.get(userId)?.['number'])
	};
}
