/** The secret in the cookie, and the public name of the session that it opens. */
import { hash, randomBytes } from 'node:crypto';

const TOKEN = /^[\w-]{43}$/;

/** 32 random bytes as base64url. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Whether a cookie value can be a token at all. Checked before anything is hashed or looked up. */
export const isToken = (value: string): boolean => TOKEN.test(value);

/** The key of the session in the store: hex(SHA-256(token)). */
export const sessionIdOf = (token: string): string => hash('sha256', token, 'hex');

/** Whether a value can be a session id. */
export const isSessionId = (value: unknown): value is string =>
	typeof value === 'string' && /^[\da-f]{64}$/.test(value);
