/** Rows to put into a store, and the moments they lie at. */
import { randomBytes } from 'node:crypto';
import type { Alive, Database, IdentityRow, SessionRow, UserRow } from '../stores/contract.js';
import { same } from './expect.js';

const minute = 60_000;
const day = 24 * 60 * minute;

export const now = Date.now();

export const alive: Alive = { createdAfter: now - 30 * day, activeAfter: now - 7 * day };

/** Everything counts as live by these bounds, but for the epoch. */
export const always: Alive = { createdAfter: 0, activeAfter: 0 };

/** What makes a session too old to be live: both lie exactly on the bound. */
export const tooOld = { createdAt: alive.createdAfter };
export const idle = { lastActiveAt: alive.activeAfter };

/** The first moments that are still live. */
export const barelyAlive = {
	createdAt: alive.createdAfter + 1,
	lastActiveAt: alive.activeAfter + 1
};

export const ago = (minutes: number): number => now - minutes * minute;

const randomId = (): string => randomBytes(32).toString('hex');

export function userRow(columns: Partial<UserRow> = {}): UserRow {
	const id = columns.id ?? randomId();
	return {
		id,
		email: `${id.slice(0, 12)}@example.com`,
		name: 'Ann Example',
		image: null,
		emailVerified: false,
		data: '{}',
		passwordHash: null,
		epoch: 0,
		createdAt: ago(40 * 24 * 60),
		disabledAt: null,
		...columns
	};
}

export function sessionRow(columns: Partial<SessionRow> & { userId: string }): SessionRow {
	return {
		id: randomId(),
		epoch: 0,
		createdAt: ago(120),
		lastActiveAt: ago(60),
		provider: 'password',
		authTime: ago(120),
		userAgent: null,
		ip: null,
		browserKey: null,
		issuer: null,
		subject: null,
		sid: null,
		tokenIssuedAt: null,
		sealedTokens: null,
		...columns
	};
}

export function identityRow(columns: Partial<IdentityRow> & { userId: string }): IdentityRow {
	return { provider: 'github', accountId: randomId(), createdAt: ago(30), ...columns };
}

/** A new user, in the store. */
export async function someone(
	{ users }: Database,
	columns: Partial<UserRow> = {}
): Promise<UserRow> {
	const row = userRow(columns);
	same(await users.insert(row), 'ok', 'users.insert() has to add a user whose e-mail is free.');
	return row;
}

/** A new user who can sign in with one account at a provider, in the store. */
export async function someoneBy(
	{ users }: Database,
	identityColumns: Partial<IdentityRow> = {},
	userColumns: Partial<UserRow> = {}
): Promise<{ user: UserRow; identity: IdentityRow }> {
	const user = userRow(userColumns);
	const identity = identityRow({ userId: user.id, ...identityColumns });
	same(
		await users.insert(user, identity),
		'ok',
		'users.insert() has to add a user whose e-mail and account at the provider are free.'
	);
	return { user, identity };
}

/** A new session of that user, in the store. */
export async function signedIn(
	{ sessions }: Database,
	user: { id: string },
	columns: Partial<SessionRow> = {}
): Promise<SessionRow> {
	const row = sessionRow({ userId: user.id, ...columns });
	same(
		await sessions.insert(row, { epoch: row.epoch, alive }),
		[],
		'sessions.insert() has to add a session of the current epoch, and to report nothing replaced.'
	);
	return row;
}

/** That many sessions of that user, the first of them the least lately active. */
export async function signedInTimes(
	database: Database,
	user: { id: string },
	count: number,
	columns: Partial<SessionRow> = {}
): Promise<SessionRow[]> {
	const rows: SessionRow[] = [];
	for (let index = 0; index < count; index++) {
		const lastActiveAt = now - count + index;
		rows.push(await signedIn(database, user, { lastActiveAt, ...columns }));
	}
	return rows;
}
