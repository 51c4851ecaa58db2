/** The stored form of a password: the PHC string of argon2id. */
import type { Argon2Cost } from './argon2.js';

export interface PasswordHash {
	cost: Argon2Cost;
	salt: Uint8Array;
	tag: Uint8Array;
}

/** `$argon2id$v=19$m=…,t=…,p=…$salt$tag`, base64 without padding, as the PHC string format has it. */
export const formatHash = ({ cost, salt, tag }: PasswordHash): string =>
	`$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}` +
	`$${toBase64(salt)}$${toBase64(tag)}`;

/**
 * Reads what {@link formatHash} or another argon2id library wrote. `null` for anything else, and
 * for a cost nobody sets on purpose: a row that was tampered with must not take the server down.
 */
export function parseHash(text: string): PasswordHash | null {
	const [, m, t, p, salt, tag] = PHC.exec(text) ?? [];
	if (salt === undefined || tag === undefined) return null;
	const hash = {
		cost: { memory: Number(m), passes: Number(t), parallelism: Number(p) },
		salt: Buffer.from(salt, 'base64'),
		tag: Buffer.from(tag, 'base64')
	};
	return isSane(hash) ? hash : null;
}

const PHC =
	/^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{1,86})\$([A-Za-z0-9+/]{1,86})$/;

const isSane = ({ cost: { memory, passes, parallelism }, salt, tag }: PasswordHash): boolean =>
	within(parallelism, 1, 16) &&
	// RFC 9106, 3.1: at least 8 KiB per lane. The upper bounds are 256 MiB and 10 passes.
	within(memory, 8 * parallelism, 262_144) &&
	within(passes, 1, 10) &&
	within(salt.byteLength, 8, 64) &&
	within(tag.byteLength, 16, 64);

const within = (value: number, low: number, high: number): boolean => value >= low && value <= high;

const toBase64 = (bytes: Uint8Array): string =>
	Buffer.from(bytes).toString('base64').replace(/=+$/, '');
