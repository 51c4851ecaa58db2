/** Who is signed in in the request under way, and the sessions of a user. */
import { error } from '@sveltejs/kit';
import { GuardianError, sentenceOf, statusOf } from '../errors.js';
import type { Reading } from '../sessions/engine.js';
import type { Lifetimes } from '../sessions/lifetimes.js';
import { toSession, toSessionInfo } from '../sessions/session.js';
import type { Sessions } from '../sessions/sessions.js';
import type { SignOut } from '../sign-out/sign-out.js';
import type { GuardianRequestEvent, Session, SessionInfo, SignOutResult } from '../types.js';
import { toUser } from '../users/user.js';
import { currentEvent, type Browsers } from './browsers.js';
import type { Site } from './site.js';

/** Answers who is signed in. */
export interface Auth {
	/**
	 * The session of the request, read once per request; `null` when nobody is signed in.
	 *
	 * @param event Default: the event of the request under way.
	 * @throws SvelteKit's error 503 when the store cannot be asked.
	 */
	(event?: GuardianRequestEvent): Promise<Session | null>;
}

/** Sessions as the server sees them: no question whose browser it is. */
export interface ServerSessions {
	/** A user's live sessions, the last active first. Default: the user of the request under way. */
	list(userId?: string): Promise<SessionInfo[]>;
	/** Ends one session, whoever it belongs to. */
	revoke(id: string): Promise<SignOutResult>;
	/** Ends every session of a user. */
	revokeAll(userId: string): Promise<SignOutResult>;
}

export interface AuthParts {
	lifetimes: Lifetimes;
	sessions: Sessions;
	signOut: SignOut;
	browsers: Browsers;
	site: Site;
}

export function createAuth({ lifetimes, sessions, signOut, browsers, site }: AuthParts): {
	auth: Auth;
	serverSessions: ServerSessions;
} {
	const readActive = (event: GuardianRequestEvent): Promise<Reading | null> =>
		orServiceUnavailable(browsers.of(event).read({ activity: true }));

	/** What the server ended may be what this very request is signed in with. */
	async function asServer(
		target: { sessionId: string } | { userId: string }
	): Promise<SignOutResult> {
		const event = currentEvent();
		const result = await signOut.asServer(target, site.page('signedOut'));
		const active =
			event &&
			(await browsers
				.of(event)
				.read()
				.catch(() => null));
		return { ...result, signedOut: result.ok && active === null };
	}

	return {
		auth: (event = currentEvent() ?? undefined) => {
			if (event === undefined) {
				throw new GuardianError(
					'invalid_options',
					'auth() was called outside a request. Inside one it needs no argument; elsewhere pass the event.'
				);
			}
			return readActive(event).then(
				(active) => active && toSession(lifetimes, active.session, toUser(active.user))
			);
		},
		serverSessions: {
			async list(userId) {
				const event = currentEvent();
				const active = event && (await readActive(event));
				const owner = userId ?? active?.user.id;
				if (owner === undefined) return [];
				const rows = await orServiceUnavailable(sessions.list(owner));
				return rows.map((row) => toSessionInfo(lifetimes, row, active?.session.id ?? null));
			},
			revoke: (id) => asServer({ sessionId: id }),
			revokeAll: (userId) => asServer({ userId })
		}
	};
}

/** A store that fails is not "signed out": SvelteKit answers 503. */
async function orServiceUnavailable<T>(answer: Promise<T>): Promise<T> {
	try {
		return await answer;
	} catch (cause) {
		if (!(cause instanceof GuardianError) || cause.code === 'invalid_config') throw cause;
		error(statusOf(cause.code), sentenceOf(cause.code));
	}
}
