/** From a row of the store to the session that apps see. */
import type { SessionRow } from '../stores/contract.js';
import type { Session, SessionInfo, User } from '../types.js';
import { expiryOf, type Lifetimes } from './lifetimes.js';

export const toSession = (lifetimes: Lifetimes, row: SessionRow, user: User): Session => ({
	id: row.id,
	user,
	provider: row.provider,
	createdAt: new Date(row.createdAt),
	lastActiveAt: new Date(row.lastActiveAt),
	expiresAt: new Date(expiryOf(lifetimes, row)),
	authTime: new Date(row.authTime)
});

export const toSessionInfo = (
	lifetimes: Lifetimes,
	row: SessionRow,
	currentId: string | null
): SessionInfo => ({
	id: row.id,
	current: row.id === currentId,
	provider: row.provider,
	createdAt: new Date(row.createdAt),
	lastActiveAt: new Date(row.lastActiveAt),
	expiresAt: new Date(expiryOf(lifetimes, row)),
	userAgent: row.userAgent,
	ip: row.ip
});
