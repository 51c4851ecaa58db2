/** How long sessions live. All times are milliseconds. */
import type { Alive, SessionRow } from '../stores/contract.js';

export interface Lifetimes {
	/** From sign-in to the end, however busy the session is. */
	readonly maxAge: number;
	/** From the last activity to the end. */
	readonly idleTimeout: number;
	/** Activity is written at most this often. */
	readonly updateInterval: number;
}

const FIVE_MINUTES = 5 * 60 * 1000;

export const createLifetimes = (maxAge: number, idleTimeout: number): Lifetimes => ({
	maxAge,
	idleTimeout,
	updateInterval: Math.min(FIVE_MINUTES, idleTimeout / 10)
});

/** What the store compares rows with to tell live ones from expired ones. */
export const aliveAt = (lifetimes: Lifetimes, now: number): Alive => ({
	createdAfter: now - lifetimes.maxAge,
	activeAfter: now - lifetimes.idleTimeout
});

/** When the session ends if it is not used any more. */
export const expiryOf = (lifetimes: Lifetimes, row: SessionRow): number =>
	Math.min(row.createdAt + lifetimes.maxAge, row.lastActiveAt + lifetimes.idleTimeout);
