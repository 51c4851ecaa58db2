import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';

/** A prepared statement whose rows are arrays, in the order of its SELECT or RETURNING. */
export interface Statement<Row extends readonly SQLOutputValue[]> {
	get(...values: SQLInputValue[]): Row | undefined;
	all(...values: SQLInputValue[]): Row[];
	run(...values: SQLInputValue[]): { changes: number | bigint };
}

/**
 * Prepares a statement that is meant to be kept. Rows come as arrays because node:sqlite makes
 * those noticeably faster than objects.
 */
export function prepare<Row extends readonly SQLOutputValue[] = []>(
	database: DatabaseSync,
	sql: string
): Statement<Row> {
	const statement = database.prepare(sql);
	statement.setReturnArrays(true);
	// boundary: here rows get their type, which holds because every table is STRICT
	return statement as unknown as Statement<Row>;
}

/** `count` question marks, for a VALUES list. */
export const placeholders = (count: number): string => Array(count).fill('?').join();

/** A store whose methods return at once and throw, as node:sqlite does, instead of by promise. */
export type Immediate<Store> = {
	[Method in keyof Store]: Store[Method] extends (...given: infer Given) => Promise<infer Result>
		? (...given: Given) => Result
		: never;
};
