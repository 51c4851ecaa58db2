import type { SessionRow, UserRow } from '../contract.js';

export interface Mark {
	count: number;
	expiresAt: number;
}

/** Rows in here are replaced, never changed, and never handed out: callers get copies. */
export interface Tables {
	users: Map<string, UserRow>;
	sessions: Map<string, SessionRow>;
	marks: Map<string, Mark>;
}

export const emptyTables = (): Tables => ({
	users: new Map(),
	sessions: new Map(),
	marks: new Map()
});
