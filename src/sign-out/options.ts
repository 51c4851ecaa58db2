/** Which of the ways to say what to end was used, and that it was just one. */
import { GuardianError } from '../errors.js';
import { isScope, type Ending } from '../sessions/ending.js';
import type { SignOutScope } from '../types.js';

/** What to end: one of these, or none for the browser's own session. */
export type EndingOptions =
	| { scope?: SignOutScope; allSessions?: never; sessionId?: never; userId?: never }
	/** The same as `scope: 'all'`. */
	| { allSessions: boolean; scope?: never; sessionId?: never; userId?: never }
	/** One session of a user who is signed in in this browser. */
	| { sessionId: string; scope?: never; allSessions?: never; userId?: never }
	/** All sessions of that user; for anyone but oneself only where `mayEndSessionsOf` allows it. */
	| { userId: string; allSessions: true; scope?: never; sessionId?: never };

/**
 * What to end, from options that may come from anywhere.
 *
 * @throws GuardianError `invalid_options` when they contradict each other or are malformed.
 */
export function readTarget(options: Readonly<Record<string, unknown>>): Ending['target'] {
	const { scope, allSessions, sessionId, userId } = options;
	if (allSessions !== undefined && typeof allSessions !== 'boolean') {
		throw invalid('`allSessions` is true or false');
	}
	const given = [scope, allSessions || undefined, sessionId].filter(
		(option) => option !== undefined
	);
	if (given.length > 1) throw invalid('Give one of `scope`, `allSessions` and `sessionId`');
	if (userId !== undefined) {
		if (typeof userId === 'string' && allSessions === true) return { userId };
		throw invalid('`userId` is a string and goes with `allSessions: true`');
	}
	if (sessionId !== undefined) {
		if (typeof sessionId === 'string') return { sessionId };
		throw invalid('`sessionId` is a string');
	}
	if (allSessions === true) return 'all';
	if (scope === undefined) return 'browser';
	if (isScope(scope)) return scope;
	throw invalid("`scope` is 'session', 'browser', 'others' or 'all'");
}

const invalid = (rule: string): GuardianError =>
	new GuardianError('invalid_options', `${rule}. Nothing was ended.`);
