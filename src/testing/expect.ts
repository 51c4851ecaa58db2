/** Assertions whose message is the sentence a store's author has to read. */
import { AssertionError } from 'node:assert';
import { inspect, isDeepStrictEqual } from 'node:util';
import type { Database, Ended, IdentityRow, SessionRow, UserRow } from '../stores/contract.js';

/** Plain copies are compared: what the rows of a driver inherit from does not matter. */
export function same(actual: unknown, expected: unknown, sentence: string): void {
	const found = plain(actual);
	if (isDeepStrictEqual(found, expected)) return;
	throw new AssertionError({
		message: `${sentence}\nexpected ${short(expected)}\ngot ${short(found)}`,
		actual: found,
		expected,
		operator: 'deepStrictEqual',
		stackStartFn: same
	});
}

export async function rejects(promise: Promise<unknown>, sentence: string): Promise<void> {
	const outcome = await promise.then(
		() => 'resolved',
		() => 'rejected'
	);
	same(outcome, 'rejected', sentence);
}

/** What an end reported, in any order; all of it live unless told otherwise. */
export function ended(
	actual: Ended[] | null,
	expected: readonly SessionRow[],
	sentence: string,
	live: (row: SessionRow) => boolean = () => true
): void {
	same(actual && byId(actual), byId(expected.map((row) => endOf(row, live(row)))), sentence);
}

/** None of these is in the store any more. */
export async function gone(
	{ sessions }: Database,
	rows: readonly SessionRow[],
	sentence: string
): Promise<void> {
	const left = await Promise.all(rows.map(({ id }) => sessions.read(id)));
	same(left.filter((found) => found !== null).length, 0, sentence);
}

/** All of these are in the store, as they were. */
export async function untouched(
	{ sessions }: Database,
	rows: readonly SessionRow[],
	sentence: string
): Promise<void> {
	for (const row of rows) same((await sessions.read(row.id))?.session, row, sentence);
}

/** That account at a provider is this user's, or nobody's. */
export async function belongsTo(
	{ users }: Database,
	{ provider, accountId }: IdentityRow,
	user: UserRow | null
): Promise<void> {
	same(
		await users.byIdentity(provider, accountId),
		user,
		'byIdentity() has to find the user whose account it is, with every column, and nobody else.'
	);
}

/** These are all of the user's identities, in this order. */
export async function hasIdentities(
	{ users }: Database,
	user: UserRow,
	expected: IdentityRow[],
	sentence: string
): Promise<void> {
	same(await users.identities(user.id), expected, sentence);
}

const endOf = ({ id, userId, provider }: SessionRow, live: boolean): Ended => ({
	id,
	userId,
	provider,
	live
});

const byId = <Row extends { id: string }>(rows: readonly Row[]): Row[] =>
	[...rows].sort((a, b) => (a.id < b.id ? -1 : 1));

function plain(value: unknown): unknown {
	return typeof value === 'object' && value !== null ? structuredClone(value) : value;
}

const short = (value: unknown): string =>
	inspect(value, { depth: 4, maxArrayLength: 5, maxStringLength: 80, breakLength: 100 });
