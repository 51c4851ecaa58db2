import type { IdentityRow, SessionRow, UserRow } from '../contract.js';

export interface Mark {
	count: number;
	expiresAt: number;
}

/** Rows in here are replaced, never changed, and never handed out: callers get copies. */
export interface Tables {
	users: Map<string, UserRow>;
	/** By {@link identityKey}. */
	identities: Map<string, IdentityRow>;
	sessions: Map<string, SessionRow>;
	marks: Map<string, Mark>;
}

export const emptyTables = (): Tables => ({
	users: new Map(),
	identities: new Map(),
	sessions: new Map(),
	marks: new Map()
});

/** No two accounts share a key, whatever characters their names are made of. */
export const identityKey = ({
	provider,
	accountId
}: Pick<IdentityRow, 'provider' | 'accountId'>): string => JSON.stringify([provider, accountId]);
