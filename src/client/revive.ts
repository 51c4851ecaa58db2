/** JSON has no dates: it carries them as ISO 8601 text, and here they become `Date` again. */
import type { Session, SessionInfo } from '../types.js';

/** What is left of `T` after a trip through JSON. */
export type Json<T> = { [Key in keyof T]: T[Key] extends Date ? string : T[Key] };

export const reviveSession = (session: Json<Session>): Session => ({
	...reviveTimes(session),
	authTime: new Date(session.authTime)
});

export const reviveSessionInfo = (info: Json<SessionInfo>): SessionInfo => reviveTimes(info);

const reviveTimes = <T extends Record<'createdAt' | 'lastActiveAt' | 'expiresAt', string>>(
	times: T
) => ({
	...times,
	createdAt: new Date(times.createdAt),
	lastActiveAt: new Date(times.lastActiveAt),
	expiresAt: new Date(times.expiresAt)
});
