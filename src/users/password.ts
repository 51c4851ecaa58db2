/** Makes and checks password hashes. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Log } from '../log.js';
import { loadArgon2id, type Argon2id } from './argon2.js';
import { formatHash, parseHash, type PasswordHash } from './password-hash.js';
import { createQueue } from './queue.js';

export interface PasswordHasher {
	/** A new PHC string of argon2id, with a salt of its own. */
	hash(password: string): Promise<string>;
	/**
	 * Whether the password is the one that `hash` was made of. `null`, for an unknown user or one
	 * without a password, is `false` after the same work, so that time tells nothing.
	 */
	verify(hash: string | null, password: string): Promise<boolean>;
}

/** The OWASP password storage cheat sheet's first choice: 19 MiB, 2 passes, 1 lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const SALT_LENGTH = 16;
const TAG_LENGTH = 32;

/** Verified against where there is nothing to verify against. No password leads to it. */
const DUMMY: PasswordHash = {
	cost: COST,
	salt: new Uint8Array(SALT_LENGTH),
	tag: new Uint8Array(TAG_LENGTH)
};

/**
 * argon2id (RFC 9106), two runs at once and 32 waiting. Both methods reject with `busy` beyond
 * that, and with `invalid_config` where argon2id is not to be had.
 */
export function createPasswordHasher({
	log,
	load = loadArgon2id
}: {
	log: Log;
	load?: () => Promise<Argon2id>;
}): PasswordHasher {
	const run = createQueue({ running: 2, waiting: 32 });
	let loaded: Promise<Argon2id> | undefined;

	const derive: Argon2id = (...input) =>
		run(async () => {
			loaded ??= load();
			const argon2id = await loaded;
			return argon2id(...input);
		});

	function read(hash: string): PasswordHash | null {
		const parsed = parseHash(hash);
		if (!parsed) log('A stored password hash is not argon2id, or its cost is out of bounds.');
		return parsed;
	}

	return {
		async hash(password) {
			const salt = randomBytes(SALT_LENGTH);
			const tag = await derive(password, salt, TAG_LENGTH, COST);
			return formatHash({ cost: COST, salt, tag });
		},
		async verify(hash, password) {
			const stored = hash === null ? null : read(hash);
			const { cost, salt, tag } = stored ?? DUMMY;
			const derived = await derive(password, salt, tag.byteLength, cost);
			const equal = timingSafeEqual(derived, tag);
			return stored !== null && equal;
		}
	};
}
