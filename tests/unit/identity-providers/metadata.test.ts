import { afterEach, describe, expect, test, vi } from 'vitest';
import { createIdentityProviders } from '../../../src/identity-providers/metadata.js';
import { serve } from './support.js';

afterEach(() => void vi.useRealTimers());

/** A provider that says of itself what is given, over what is right; counts how often it is asked. */
async function provider(says: Record<string, unknown> = {}, path = '') {
	const asked: (string | undefined)[] = [];
	const state = { status: 200 };
	const origin = await serve(({ url }, response) => {
		asked.push(url);
		const right = { issuer: origin + path, jwks_uri: `${origin}/jwks` };
		response.writeHead(state.status).end(JSON.stringify({ ...right, ...says }));
	});
	return { issuer: origin + path, asked, state };
}

test('metadata are fetched once in ten minutes, however many ask at once', async () => {
	vi.useFakeTimers({ toFake: ['Date'] });
	const { issuer, asked } = await provider();
	const { metadata } = createIdentityProviders();

	await Promise.all([metadata(issuer), metadata(issuer), metadata(issuer)]);
	vi.setSystemTime(Date.now() + 10 * 60 * 1000 - 1);
	await metadata(issuer);
	expect(asked).toEqual(['/.well-known/openid-configuration']);
	vi.setSystemTime(Date.now() + 1);
	await metadata(issuer);
	expect(asked).toHaveLength(2);
});

test('a failure is not kept', async () => {
	const { issuer, state } = await provider();
	const { metadata } = createIdentityProviders();
	state.status = 500;
	await expect(metadata(issuer)).rejects.toMatchObject({ code: 'provider_unavailable' });
	state.status = 200;

	expect(await metadata(issuer)).toMatchObject({ issuer });
});

test.each(['/tenant', '/tenant/'])('an issuer may have a path: %s', async (path) => {
	const { issuer, asked } = await provider({}, path);

	expect(await createIdentityProviders().metadata(issuer)).toMatchObject({ issuer });
	expect(asked).toEqual(['/tenant/.well-known/openid-configuration']);
});

describe('algorithms', () => {
	test.each([
		[undefined, ['RS256']],
		[['none', 'HS256'], ['RS256']],
		[
			['ES256', 'none', 'HS256', 'PS384'],
			['ES256', 'PS384']
		],
		['ES256', ['RS256']]
	])('of %j, only those of public keys count', async (named, expected) => {
		const { issuer } = await provider({ id_token_signing_alg_values_supported: named });

		expect((await createIdentityProviders().metadata(issuer)).algorithms).toEqual(expected);
	});
});

describe('metadata are refused', () => {
	test.each<[string, Record<string, unknown>]>([
		['of another issuer', { issuer: 'https://evil.example' }],
		['of many tenants', { issuer: 'https://idp.example/{tenantid}/v2.0' }],
		['without keys', { jwks_uri: undefined }],
		['with keys on plain http', { jwks_uri: 'http://idp.example/jwks' }],
		['with keys behind a password', { jwks_uri: 'https://a:b@idp.example/jwks' }]
	])('%s', async (_what, says) => {
		const { issuer } = await provider(says);

		await expect(createIdentityProviders().metadata(issuer)).rejects.toMatchObject({
			code: 'provider_unavailable'
		});
	});

	test.each(['null', '[]', 'x', ''])('that are %j', async (text) => {
		const issuer = await serve((_request, response) => response.end(text));

		await expect(createIdentityProviders().metadata(issuer)).rejects.toMatchObject({
			code: 'provider_unavailable'
		});
	});
});
