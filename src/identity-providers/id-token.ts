/** Verifies id tokens (OpenID Connect Core 1.0, 3.1.3.7) against the keys of who issued them. */
import { GuardianError } from '../errors.js';
import type { IdentityProviders } from './metadata.js';

/** What a verified id token says of the sign-in. */
export interface IdTokenClaims {
	readonly issuer: string;
	readonly subject: string;
	/** The session at the provider. */
	readonly sid: string | null;
	/** Milliseconds since the Unix epoch. */
	readonly issuedAt: number;
	/** When the user proved who they are; `null` when the provider does not say. */
	readonly authTime: number | null;
	/** Whether the provider vouches for the e-mail address. */
	readonly emailVerified: boolean;
}

export interface IdTokenExpectations {
	readonly issuer: string;
	readonly clientId: string;
	/** The one algorithm the client is registered with; else what the provider's metadata names. */
	readonly algorithm: string | undefined;
	/** The key where the client is registered with HS256, HS384 or HS512 (RFC 7518, 3.2). */
	readonly clientSecret: string | undefined;
}

/** Seconds that clocks may differ. */
const SKEW = 30;

/**
 * The claims of an id token whose signature is right.
 *
 * @throws GuardianError `callback_invalid`, or `provider_unavailable` when there are no keys to be had.
 */
export async function verifyIdToken(
	token: string,
	{ issuer, clientId, algorithm, clientSecret }: IdTokenExpectations,
	providers: IdentityProviders
): Promise<IdTokenClaims> {
	const { jwtVerify } = await import('jose');
	const { keys, algorithms } = await providers.metadata(issuer);
	const expected = {
		issuer,
		audience: clientId,
		algorithms: algorithm === undefined ? [...algorithms] : [algorithm],
		clockTolerance: SKEW,
		requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat']
	};
	try {
		const shared = algorithm?.startsWith('HS') ? Buffer.from(clientSecret ?? '') : null;
		const { payload } =
			shared === null
				? await jwtVerify(token, keys, expected)
				: await jwtVerify(token, shared, expected);
		const { sub, sid, iat = 0, auth_time: authTime, email_verified: emailVerified } = payload;
		return {
			issuer,
			subject: sub ?? '',
			sid: typeof sid === 'string' ? sid : null,
			issuedAt: iat * 1000,
			authTime: typeof authTime === 'number' ? authTime * 1000 : null,
			emailVerified: emailVerified === true
		};
	} catch (cause) {
		if (cause instanceof GuardianError) throw cause;
		throw new GuardianError('callback_invalid', undefined, { cause });
	}
}
