/** Tells the app's `afterSignOut` who has signed out. */
import { tell } from '../events.js';
import type { Log } from '../log.js';
import type { Ending } from '../sessions/ending.js';
import type { Reading } from '../sessions/engine.js';
import type { Lifetimes } from '../sessions/lifetimes.js';
import { toSession } from '../sessions/session.js';
import type { Ended } from '../stores/contract.js';
import type { GuardianEvents, Session, SignOutReason, SignOutScope, User } from '../types.js';
import { toUser } from '../users/user.js';
import type { Users } from '../users/users.js';

export interface Announcement {
	/** The session that asked; `null` where just the user is known. */
	from: Reading | null;
	target: Ending['target'];
	reason: SignOutReason;
	ended: readonly Ended[];
}

export type Announce = (announcement: Announcement) => Promise<void>;

export interface AnnounceParts {
	events: GuardianEvents;
	users: Users;
	lifetimes: Lifetimes;
	log: Log;
}

/** How many of them were live until they were ended. */
export const countLive = (ended: readonly Ended[]): number =>
	ended.filter(({ live }) => live).length;

export function createAnnounce({ events, users, lifetimes, log }: AnnounceParts): Announce {
	async function whoWas(
		from: Reading | null,
		userId: string
	): Promise<{ user: User; session: Session | null } | null> {
		if (from?.user.id === userId) {
			const user = toUser(from.user);
			return { user, session: toSession(lifetimes, from.session, user) };
		}
		const row = await users.byId(userId);
		return row && { user: toUser(row), session: null };
	}

	return async ({ from, target, reason, ended }) => {
		const { afterSignOut } = events;
		const [first] = ended;
		const revoked = countLive(ended);
		if (afterSignOut === undefined || first === undefined || revoked === 0) return;
		const who = await whoWas(from, first.userId).catch((cause: unknown) => {
			log('events.afterSignOut was not called: the user could not be read', cause);
			return null;
		});
		if (who === null) return;
		const scope = scopeOf(target);
		await tell('afterSignOut', () => afterSignOut({ ...who, scope, reason, revoked }), log);
	};
}

function scopeOf(target: Ending['target']): SignOutScope {
	if (typeof target === 'string') return target;
	return 'userId' in target ? 'all' : 'session';
}
