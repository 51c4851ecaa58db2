import GitHub from '@auth/core/providers/github';
import Credentials from '@auth/core/providers/credentials';
import Apple from '@auth/core/providers/apple';
import { describe, expect, test } from 'vitest';
import { GuardianError } from '../../../src/errors.js';
import { readProvider } from '../../../src/identity-providers/provider.js';
import { providerUrl } from '../../../src/identity-providers/address.js';

const openid = { id: 'openid', name: 'OpenID', type: 'oidc', issuer: 'https://idp.example' };

describe('a provider', () => {
	test('of @auth/core takes its id and secret from the environment', () => {
		const env = { AUTH_GITHUB_ID: 'an id', AUTH_GITHUB_SECRET: 'a secret' };

		const provider = readProvider(GitHub, env);

		expect(provider).toMatchObject({ id: 'github', name: 'GitHub', type: 'oauth' });
		expect(provider?.settings()).toMatchObject({ clientId: 'an id', clientSecret: 'a secret' });
		expect(provider?.settings().checks).toEqual(['pkce', 'state']);
	});

	test("keeps the app's own settings over the environment's", () => {
		const provider = readProvider(GitHub({ clientId: 'mine' }), { AUTH_GITHUB_ID: 'other' });

		expect(provider?.settings().clientId).toBe('mine');
	});

	test.each([
		[undefined, ['pkce', 'state', 'nonce']],
		[['none'], ['state', 'nonce']],
		[['pkce'], ['pkce', 'state', 'nonce']],
		[['state'], ['state', 'nonce']]
	])('of OpenID is checked by state and nonce, whatever `checks` says: %j', (checks, expected) => {
		const provider = readProvider({ ...openid, ...(checks && { checks }) }, {});

		expect(provider?.settings().checks).toEqual(expected);
	});

	test('of Credentials names what it asks for', () => {
		const provider = readProvider(
			Credentials({ id: 'ldap', credentials: { username: {}, password: {} } }),
			{}
		);

		expect(provider).toMatchObject({ id: 'ldap', fields: ['username', 'password'] });
	});

	test.each([undefined, null, 'github', { id: 'x' }, { type: 'oidc' }])('is not %j', (given) => {
		expect(readProvider(given, {})).toBeNull();
	});

	test.each([
		[{ ...openid, id: 'password' }, /"password"/],
		[{ ...openid, id: 'a/b' }, /"a\/b"/],
		[{ ...openid, type: 'email' }, /`email`.*not supported yet/],
		[{ ...openid, type: 'webauthn' }, /`webauthn`.*not supported yet/],
		[Apple, /form_post.*not supported yet/]
	])('that cannot work is refused: %#', (given, message) => {
		expect(() => readProvider(given, {})).toThrow(GuardianError);
		expect(() => readProvider(given, {})).toThrow(message);
	});
});

test.each([
	'http://idp.example',
	'https://user@idp.example',
	'https://user:pass@idp.example',
	'ftp://idp.example',
	'//idp.example',
	'',
	undefined,
	1
])('an address that is not to be called is refused: %j', (address) => {
	expect(() => providerUrl(address)).toThrow(GuardianError);
});

test.each(['https://idp.example/x', 'http://127.0.0.1:8080', 'http://localhost'])(
	'%s may be called',
	(address) => {
		expect(providerUrl(address).href).toBe(new URL(address).href);
	}
);
