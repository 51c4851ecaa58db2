import { sentenceOf, type ErrorCode } from '../errors.js';
import type { SignOutErrorCode, SignOutResult } from '../types.js';

export type SignOutSuccess = Extract<SignOutResult, { ok: true }>;
export type SignOutFailure = Extract<SignOutResult, { ok: false }>;

export const success = (details: {
	signedOut: boolean;
	revoked: number;
	url: string;
}): SignOutSuccess => ({ ok: true, ...details });

export const failure = (
	code: SignOutErrorCode,
	details: {
		url: string;
		signedOut?: boolean;
		revoked?: number;
		pending?: boolean;
		error?: string;
	}
): SignOutFailure => ({
	ok: false,
	signedOut: false,
	revoked: 0,
	error: sentenceOf(code),
	code,
	pending: false,
	...details
});

/** A code that a sign-out can answer with; whatever else happened, its end was not confirmed. */
export function signOutCode(code: ErrorCode): SignOutErrorCode {
	const own: readonly SignOutErrorCode[] = [
		'invalid_request',
		'invalid_options',
		'no_session',
		'forbidden',
		'cross_site',
		'too_large',
		'partially_revoked'
	];
	return own.find((known) => known === code) ?? 'store_unavailable';
}
