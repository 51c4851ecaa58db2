/** Between rows of the store and what apps see. */
import { GuardianError } from '../errors.js';
import type { SessionUser } from '../stores/contract.js';
import type { User, UserData } from '../types.js';

const MOST_NAME = 256;
const MOST_IMAGE = 2048;
const MOST_DATA = 64 * 1024;

export function toUser(row: SessionUser): User {
	// boundary: the column holds what `toDataColumn` wrote; its type is the app's own.
	const data = JSON.parse(row.data) as UserData;
	const { id, name, email, image, emailVerified } = row;
	return { id, name, email, image, emailVerified, data };
}

/** A name or the address of a picture; empty text counts as none. */
export function toTextColumn(column: 'name' | 'image', value: unknown): string | null {
	if (value === null || value === undefined || value === '') return null;
	const most = column === 'name' ? MOST_NAME : MOST_IMAGE;
	if (typeof value === 'string' && value.isWellFormed() && value.length <= most) return value;
	throw new GuardianError(
		'invalid_request',
		`The ${column} is text of at most ${most} characters.`
	);
}

/** The app's own data as JSON text. */
export function toDataColumn(value: unknown): string {
	const data = value ?? {};
	const text = typeof data === 'object' && !Array.isArray(data) ? JSON.stringify(data) : undefined;
	if (text !== undefined && text.length <= MOST_DATA) return text;
	throw new GuardianError(
		'invalid_request',
		'`data` is a plain object that JSON can hold, at most 64 kB: data: { plan: "free" }'
	);
}
