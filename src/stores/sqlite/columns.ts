/** How rows of guardian_sessions and guardian_users become objects, and back. */
import type { SQLOutputValue } from 'node:sqlite';
import type { SessionRow, SessionUser, UserRow } from '../contract.js';

/** Columns in the order of their tuples; `s` is guardian_sessions, `u` is guardian_users. */
export const sessionColumns = `s.id, s.user_id, s.epoch, s.created_at, s.last_active_at, s.provider,
	s.auth_time, s.user_agent, s.ip, s.browser_key, s.issuer, s.subject, s.sid, s.token_issued_at,
	s.sealed_tokens`;

export const sessionUserColumns = `u.email, u.name, u.image, u.email_verified, u.data, u.epoch,
	u.created_at, u.disabled_at`;

export const userColumns = `u.id, u.password_hash, ${sessionUserColumns}`;

export type SessionColumns = [
	id: string,
	userId: string,
	epoch: number,
	createdAt: number,
	lastActiveAt: number,
	provider: string,
	authTime: number,
	userAgent: string | null,
	ip: string | null,
	browserKey: string | null,
	issuer: string | null,
	subject: string | null,
	sid: string | null,
	tokenIssuedAt: number | null,
	sealedTokens: string | null
];

export type SessionUserColumns = [
	email: string | null,
	name: string | null,
	image: string | null,
	emailVerified: number,
	data: string,
	epoch: number,
	createdAt: number,
	disabledAt: number | null
];

export type UserColumns = [id: string, passwordHash: string | null, ...SessionUserColumns];

export function sessionOf(columns: SessionColumns): SessionRow {
	const [id, userId, epoch, createdAt, lastActiveAt, provider, authTime, ...client] = columns;
	const [userAgent, ip, browserKey, issuer, subject, sid, tokenIssuedAt, sealedTokens] = client;
	return {
		id,
		userId,
		epoch,
		createdAt,
		lastActiveAt,
		provider,
		authTime,
		userAgent,
		ip,
		browserKey,
		issuer,
		subject,
		sid,
		tokenIssuedAt,
		sealedTokens
	};
}

export const sessionValues = (row: SessionRow): SessionColumns => [
	row.id,
	row.userId,
	row.epoch,
	row.createdAt,
	row.lastActiveAt,
	row.provider,
	row.authTime,
	row.userAgent,
	row.ip,
	row.browserKey,
	row.issuer,
	row.subject,
	row.sid,
	row.tokenIssuedAt,
	row.sealedTokens
];

export function sessionUserOf(
	id: string,
	columns: [...SessionUserColumns, ...SQLOutputValue[]]
): SessionUser {
	const [email, name, image, emailVerified, data, epoch, createdAt, disabledAt] = columns;
	return {
		id,
		email,
		name,
		image,
		emailVerified: emailVerified === 1,
		data,
		epoch,
		createdAt,
		disabledAt
	};
}

export function userOf([id, passwordHash, ...columns]: UserColumns): UserRow {
	return { ...sessionUserOf(id, columns), passwordHash };
}

export const userValues = (user: UserRow): UserColumns => [
	user.id,
	user.passwordHash,
	user.email,
	user.name,
	user.image,
	user.emailVerified ? 1 : 0,
	user.data,
	user.epoch,
	user.createdAt,
	user.disabledAt
];
