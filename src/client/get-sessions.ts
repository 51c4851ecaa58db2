import type { SessionInfo } from '../types.js';
import { read } from './read.js';
import { type Json, reviveSessionInfo } from './revive.js';

/**
 * Lists the user's live sessions in all browsers, the last active first.
 *
 * @throws {GuardianRequestError} `no_session` when nobody is signed in, and when it is not known,
 * because the server or its store cannot be reached.
 *
 * @example
 * ```ts
 * import { getSessions } from 'svelte-guardian/client';
 *
 * const elsewhere = (await getSessions()).filter((session) => !session.current);
 * console.log(elsewhere.map((session) => session.userAgent));
 * ```
 */
export async function getSessions(): Promise<SessionInfo[]> {
	return (await read<Json<SessionInfo>[]>('sessions')).map(reviveSessionInfo);
}
