import GitHub from '@auth/core/providers/github';
import { describe, expect, test } from 'vitest';
import { readProvider } from '../../../src/identity-providers/provider.js';
import { definitionFor } from '../../../src/sign-in/definition.js';

const customFetch = Symbol('fetch');

function define(given: unknown, env: Record<string, string>): object {
	const provider = readProvider(given, env);
	if (provider === null) throw new Error('That is no provider.');
	return definitionFor(provider, customFetch);
}

const openid = { id: 'my-idp', name: 'Mine', type: 'oidc' };
const all = {
	AUTH_MY_IDP_ID: 'id',
	AUTH_MY_IDP_SECRET: 'secret',
	AUTH_MY_IDP_ISSUER: 'https://idp'
};

describe('a provider that lacks a setting', () => {
	test.each([
		['AUTH_MY_IDP_ID', 'clientId'],
		['AUTH_MY_IDP_SECRET', 'clientSecret'],
		['AUTH_MY_IDP_ISSUER', 'issuer']
	])('is told where %s may come from', (variable, setting) => {
		const env = Object.fromEntries(Object.entries(all).filter(([name]) => name !== variable));

		expect(() => define(openid, all)).not.toThrow();
		expect(() => define(openid, { ...all, [variable]: '' })).toThrow(`no \`${setting}\``);
		expect(() => define(openid, env)).toThrow(`no \`${setting}\``);
		for (const way of [
			`\`${setting}\` to the provider`,
			'guardianAuth({ env',
			variable,
			'src/env.ts'
		]) {
			expect(() => define(openid, env)).toThrow(way);
		}
	});

	test.each(['none', 'private_key_jwt'])(
		'needs no secret when it proves itself by %s',
		(method) => {
			const client = { token_endpoint_auth_method: method };

			expect(() => define({ ...openid, client }, { ...all, AUTH_MY_IDP_SECRET: '' })).not.toThrow();
			const { AUTH_MY_IDP_SECRET: _, ...env } = all;
			expect(() => define({ ...openid, client }, env)).not.toThrow();
		}
	);

	test('is found out for one of @auth/core, too', () => {
		expect(() => define(GitHub, { AUTH_GITHUB_ID: 'id' })).toThrow('AUTH_GITHUB_SECRET');
	});
});
