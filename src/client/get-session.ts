import type { Session } from '../types.js';
import { read } from './read.js';
import { type Json, reviveSession } from './revive.js';

/**
 * Asks the server who is signed in; asking is not activity and prolongs nothing. `null` means that
 * nobody is.
 *
 * @throws {GuardianRequestError} when it is not known, because the server or its store cannot be
 * reached. It never answers `null` then.
 *
 * @example
 * ```ts
 * import { getSession } from 'svelte-guardian/client';
 *
 * const session = await getSession();
 * console.log(session ? `${session.user.name} until ${session.expiresAt}` : 'signed out');
 * ```
 */
export async function getSession(): Promise<Session | null> {
	const session = await read<Json<Session> | null>('session');
	return session && reviveSession(session);
}
