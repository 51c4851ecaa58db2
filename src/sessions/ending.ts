/** What a sign-out wants ended, in a form that can be carried out later and by another process. */
import type { EndWhere } from '../stores/contract.js';
import type { SignOutScope } from '../types.js';
import type { Reading } from './engine.js';
import { isSessionId } from './token.js';

export interface Ending {
	/** The sessions whose tokens the browser presented. */
	readonly presented: readonly string[];
	/** Which of its sessions, or which single one of the same user. */
	readonly target: SignOutScope | { readonly sessionId: string } | { readonly userId: string };
	/** The active session's user; `null` where the store could not be asked. */
	readonly userId: string | null;
}

/** Whether the browser's own session is among what is to end. */
export function endsPresented({ presented, target }: Ending): boolean {
	if (typeof target === 'string') return target !== 'others';
	return 'sessionId' in target && presented.includes(target.sessionId);
}

/** The ending once the active session is known: what stays with `others`, and whose is the rest. */
export function endingFrom(active: Reading | null, { presented, target }: Ending): Ending {
	if (active === null) return { presented, target, userId: null };
	const userId = active.user.id;
	if (target === 'others') return { presented: [active.session.id], target, userId };
	// One's own id is no foreign one.
	const own = typeof target === 'object' && 'userId' in target && target.userId === userId;
	return { presented, target: own ? 'all' : target, userId };
}

/** The same in the words of the store, one after the other; empty when nothing can be ended. */
export function wheresOf({ presented, target, userId }: Ending): EndWhere[] {
	const ownSessions = presented.length > 0 ? [{ ids: presented }] : [];
	if (target === 'session' || target === 'browser') return ownSessions;
	if (typeof target === 'object' && 'userId' in target) return [{ userId: target.userId }];
	if (userId === null) return target === 'all' ? ownSessions : [];
	if (typeof target === 'object') return [{ ids: [target.sessionId], userId }];
	// A browser that presents several tokens may hold a session of somebody else as well.
	if (target === 'all') return [{ userId }, ...(presented.length > 1 ? ownSessions : [])];
	const [except] = presented;
	return except === undefined ? [] : [{ userId, except }];
}

/** An ending again, from JSON that came back from a browser. */
export function parseEnding(value: unknown): Ending | null {
	if (typeof value !== 'object' || value === null) return null;
	if (!('presented' in value && 'target' in value && 'userId' in value)) return null;
	const { presented, target, userId } = value;
	if (!Array.isArray(presented) || !presented.every(isSessionId)) return null;
	if (userId !== null && typeof userId !== 'string') return null;
	return isTarget(target) ? { presented, target, userId } : null;
}

const scopes: readonly unknown[] = ['session', 'browser', 'others', 'all'] satisfies SignOutScope[];

export const isScope = (value: unknown): value is SignOutScope => scopes.includes(value);

function isTarget(value: unknown): value is Ending['target'] {
	if (typeof value !== 'object' || value === null) return isScope(value);
	if ('userId' in value) return typeof value.userId === 'string';
	return 'sessionId' in value && typeof value.sessionId === 'string';
}
