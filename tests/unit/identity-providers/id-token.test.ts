import { createLocalJWKSet, exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import {
	verifyIdToken,
	type IdTokenExpectations
} from '../../../src/identity-providers/id-token.js';

const issuer = 'https://idp.example';
const clientSecret = 'a client secret of 32 bytes or more';
const own = await generateKeyPair('RS256');
const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'own' }] });
const providers = { metadata: async () => ({ issuer, keys, algorithms: ['RS256'] }) };
const now = () => Math.floor(Date.now() / 1000);

/** A right one, but for what is given; `undefined` leaves a claim out. */
function token(
	claims: Record<string, unknown> = {},
	{ alg = 'RS256', key = own.privateKey }: { alg?: string; key?: CryptoKey | Uint8Array } = {}
): Promise<string> {
	const right = { iss: issuer, aud: 'app', sub: 'ada', iat: now(), exp: now() + 60 };
	const kid = alg === 'RS256' ? { kid: 'own' } : {};
	return new SignJWT({ ...right, ...claims }).setProtectedHeader({ alg, ...kid }).sign(key);
}

const verify = async (given: Promise<string>, expected: Partial<IdTokenExpectations> = {}) =>
	verifyIdToken(
		await given,
		{ issuer, clientId: 'app', clientSecret, algorithm: undefined, ...expected },
		providers
	);

describe('an id token that is right', () => {
	test('gives who it is, and of which session there', async () => {
		const issuedAt = now();
		const claims = { sid: 'there', auth_time: issuedAt - 5, email_verified: true };

		expect(await verify(token({ ...claims, iat: issuedAt }))).toEqual({
			issuer,
			subject: 'ada',
			sid: 'there',
			issuedAt: issuedAt * 1000,
			authTime: (issuedAt - 5) * 1000,
			emailVerified: true
		});
	});

	test.each([
		['has more than one audience, ours among them', { aud: ['other', 'app'] }],
		['is over for less than clocks may differ', { exp: now() - 20 }]
	])('may be one that %s', async (_what, claims) => {
		expect(await verify(token(claims))).toMatchObject({ subject: 'ada' });
	});

	test.each([
		['sid', { sid: 7 }, { sid: null }],
		['auth_time', { auth_time: 'now' }, { authTime: null }],
		['email_verified', { email_verified: 'true' }, { emailVerified: false }]
	])('is not believed in a %s of another type', async (_name, claims, expected) => {
		expect(await verify(token(claims))).toMatchObject(expected);
	});
});

describe('an id token is refused', () => {
	test.each<[string, Record<string, unknown>]>([
		['of another issuer', { iss: 'https://evil.example' }],
		['for another app', { aud: 'other' }],
		['that is over', { exp: now() - 60 }],
		['that does not count yet', { nbf: now() + 60 }],
		['without a subject', { sub: undefined }],
		['without an end', { exp: undefined }],
		['without the time of its issue', { iat: undefined }]
	])('%s', async (_what, claims) => {
		await expect(verify(token(claims))).rejects.toMatchObject({ code: 'callback_invalid' });
	});

	test('signed with the client secret, where the provider is not registered so', async () => {
		const signed = token({}, { alg: 'HS256', key: Buffer.from(clientSecret) });

		await expect(verify(signed)).rejects.toMatchObject({ code: 'callback_invalid' });
	});

	test('signed with the public key as if it were a secret', async () => {
		const pem = Buffer.from(await exportSPKI(own.publicKey));
		const signed = token({}, { alg: 'HS256', key: pem });

		await expect(verify(signed)).rejects.toMatchObject({ code: 'callback_invalid' });
	});

	test('signed by another algorithm than the client is registered with', async () => {
		await expect(verify(token(), { algorithm: 'ES256' })).rejects.toMatchObject({
			code: 'callback_invalid'
		});
	});
});

describe('a client registered with HS256', () => {
	const registered = { algorithm: 'HS256' };
	const signed = (secret: string) => token({}, { alg: 'HS256', key: Buffer.from(secret) });

	test('has its id tokens signed with its secret', async () => {
		expect(await verify(signed(clientSecret), registered)).toMatchObject({ subject: 'ada' });
	});

	test.each([
		['another secret', signed('another secret of 32 bytes or more'), clientSecret],
		['a key of the provider', token(), clientSecret],
		['no secret at all', signed(clientSecret), undefined]
	])('refuses %s', async (_what, given, secret) => {
		await expect(verify(given, { ...registered, clientSecret: secret })).rejects.toMatchObject({
			code: 'callback_invalid'
		});
	});
});
