/** Where argon2id comes from: Node itself, or else the optional peer @node-rs/argon2. */
import * as nodeCrypto from 'node:crypto';
import { promisify } from 'node:util';
import { GuardianError } from '../errors.js';

/** What one run of argon2id costs (RFC 9106). */
export interface Argon2Cost {
	/** KiB. */
	memory: number;
	passes: number;
	parallelism: number;
}

/** One run of argon2id, version 0x13, off the main thread. Resolves to `tagLength` bytes. */
export type Argon2id = (
	message: string,
	salt: Uint8Array,
	tagLength: number,
	cost: Argon2Cost
) => Promise<Uint8Array>;

/** The part of node:crypto that Node has since 24.7. */
type Crypto = Partial<Pick<typeof nodeCrypto, 'argon2'>>;

/** The part of @node-rs/argon2 that is used: argon2id, version 0x13, is its default. */
export interface Argon2Peer {
	hashRaw(
		password: string,
		options: {
			salt: Uint8Array;
			/** Bytes. */
			outputLen: number;
			/** KiB. */
			memoryCost: number;
			timeCost: number;
			parallelism: number;
		}
	): Promise<Uint8Array>;
}

/**
 * The argon2id of this machine. Rejects with `invalid_config`, naming the command to run, where
 * neither source is there.
 */
export async function loadArgon2id(
	crypto: Crypto = nodeCrypto,
	importPeer: () => Promise<Argon2Peer> = () => import('@node-rs/argon2')
): Promise<Argon2id> {
	return crypto.argon2 ? fromNode(crypto.argon2) : fromPeer(await findPeer(importPeer));
}

function fromNode(argon2: typeof nodeCrypto.argon2): Argon2id {
	const run = promisify(argon2);
	return (message, nonce, tagLength, cost) =>
		run('argon2id', { message, nonce, tagLength, ...cost });
}

function fromPeer({ hashRaw }: Argon2Peer): Argon2id {
	return (message, salt, outputLen, { memory, passes, parallelism }) =>
		hashRaw(message, { salt, outputLen, memoryCost: memory, timeCost: passes, parallelism });
}

async function findPeer(importPeer: () => Promise<Argon2Peer>): Promise<Argon2Peer> {
	try {
		return await importPeer();
	} catch (cause) {
		throw new GuardianError(
			'invalid_config',
			`Passwords need argon2id, which Node ${process.versions.node} does not have. ` +
				'Run `npm install @node-rs/argon2` and build again, or use Node 24.7 or newer.',
			{ cause }
		);
	}
}
