/**
 * Encryption of what must be kept readable but not by others: AES-256-GCM with a key per purpose
 * (HKDF-SHA-256 of a secret). The first secret seals, all of them open.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

export interface Sealer {
	/** Seals `text` for a purpose and a context, such as the row it belongs to. URL-safe. */
	seal(purpose: string, context: readonly string[], text: string): string;
	/** The text again; `null` if it was altered, or sealed for another purpose, context or secret. */
	open(purpose: string, context: readonly string[], sealed: string): string | null;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

export function createSealer(secrets: readonly string[]): Sealer {
	const keys = secrets.map((secret) => createKeys(secret));
	const [current] = keys;
	if (current === undefined) throw new TypeError('createSealer needs at least one secret');
	return {
		seal(purpose, context, text) {
			const iv = randomBytes(IV_BYTES);
			const cipher = createCipheriv(CIPHER, current.key(purpose), iv);
			cipher.setAAD(additionalData(purpose, context));
			const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
			return `${current.id}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
		},
		open(purpose, context, sealed) {
			const [, id, data] = /^([\w-]+)\.([\w-]+)$/.exec(sealed) ?? [];
			const match = keys.find((key) => key.id === id);
			if (match === undefined || data === undefined) return null;
			return decrypt(match.key(purpose), additionalData(purpose, context), data);
		}
	};
}

function decrypt(key: Buffer, aad: Buffer, data: string): string | null {
	const bytes = Buffer.from(data, 'base64url');
	if (bytes.length < IV_BYTES + TAG_BYTES) return null;
	try {
		const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES));
		decipher.setAAD(aad);
		decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
		const body = bytes.subarray(IV_BYTES + TAG_BYTES);
		return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
	} catch {
		// The authentication tag does not fit: to the caller it is as if there were nothing.
		return null;
	}
}

function createKeys(secret: string): { id: string; key(purpose: string): Buffer } {
	const derived = new Map<string, Buffer>();
	const derive = (purpose: string) =>
		Buffer.from(hkdfSync('sha256', secret, '', `svelte-guardian ${purpose}`, 32));
	return {
		id: createHash('sha256').update(derive('key id')).digest('base64url').slice(0, 8),
		key(purpose) {
			const key = derived.get(purpose) ?? derive(purpose);
			derived.set(purpose, key);
			return key;
		}
	};
}

/** Length-prefixed, so that no two lists of parts read the same. */
function additionalData(purpose: string, context: readonly string[]): Buffer {
	return Buffer.concat(
		[purpose, ...context].flatMap((part) => {
			const bytes = Buffer.from(part);
			const length = Buffer.alloc(4);
			length.writeUInt32BE(bytes.length);
			return [length, bytes];
		})
	);
}
