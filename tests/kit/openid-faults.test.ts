/** An OpenID provider that lies, breaks or keeps silent. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createAgent } from '../support/agent.js';
import { startHostileProvider, type Behaviour } from '../support/hostile-provider.js';
import { startPreview, type Preview } from '../support/preview.js';

let app: Preview;
let provider: Awaited<ReturnType<typeof startHostileProvider>>;

beforeAll(async () => {
	provider = await startHostileProvider('client');
	app = await startApp();
});

afterAll(async () => {
	await app.stop();
	await provider.stop();
});

const startApp = (): Promise<Preview> =>
	startPreview({
		env: {
			OIDC_ISSUER: provider.issuer,
			OIDC_CLIENT_ID: 'client',
			OIDC_CLIENT_SECRET: 'secret'
		}
	});

/** Where a whole sign-in ends, and whether somebody is signed in then. */
async function outcome(
	behaviour: Behaviour,
	{ url } = app
): Promise<{ error: string | null; signedIn: boolean }> {
	provider.behave(behaviour);
	const agent = createAgent();
	const begun = await agent.post(`${url}/auth/signin/openid`);
	let at = begun.location ?? '';
	while (!at.startsWith(`${url}/`)) at = (await agent.get(at)).location ?? '';
	if (at.includes('/auth/callback/')) at = (await agent.get(at)).location ?? '';
	const { session } = JSON.parse((await agent.get(`${url}/auth/session`)).text) as {
		session: unknown;
	};
	return { error: new URL(at).searchParams.get('error'), signedIn: session !== null };
}

test('this provider can be right as well', async () => {
	expect(await outcome({})).toEqual({ error: null, signedIn: true });
});

describe('nobody is signed in', () => {
	test.each<[string, Behaviour]>([
		['an id token signed by a key of somebody else', { foreignKey: true }],
		['an id token that was altered', { tampered: true }],
		['an id token that nobody signed', { unsigned: true }],
		['the nonce of another sign-in', { claims: { nonce: 'another' } }],
		['an id token of another issuer', { claims: { iss: 'https://evil.example' } }],
		['an id token for another app', { claims: { aud: 'another' } }],
		['an id token that is over', { claims: { exp: Math.floor(Date.now() / 1000) - 3600 } }]
	])('with %s', async (_what, behaviour) => {
		expect(await outcome(behaviour)).toEqual({ error: 'callback_invalid', signedIn: false });
	});

	test('with the id token of the sign-in before, and so its nonce', async () => {
		expect(await outcome({})).toMatchObject({ signedIn: true });

		expect(await outcome({ replayed: true })).toEqual({
			error: 'callback_invalid',
			signedIn: false
		});
	});

	test.each<[string, string]>([
		['access_denied', 'access_denied'],
		['server_error', 'callback_invalid'],
		['<script>alert(1)</script>', 'callback_invalid']
	])(
		'when the provider calls back with the error %s, and nothing it wrote is shown',
		async (error, code) => {
			const said = await outcome({ refuses: { error, error_description: 'Call 555-MALLORY' } });
			expect(said).toEqual({ error: code, signedIn: false });

			const page = await createAgent().get(`${app.url}/signin?error=${code}`);
			expect(page.text).not.toMatch(/MALLORY|alert\(1\)/);
		}
	);

	test.each<[string, Behaviour]>([
		['is not there for its metadata', { broken: ['openid-configuration'] }],
		['is not there for its tokens', { broken: ['token'] }],
		['does not answer', { silent: ['openid-configuration'] }],
		['does not answer for its tokens', { silent: ['token'] }]
	])(
		'when the provider %s',
		async (_what, behaviour) => {
			const { error, signedIn } = await outcome(behaviour);

			expect(signedIn).toBe(false);
			expect(error).toBe('provider_unavailable');
			expect(app.output()).not.toContain('a-refresh-token');
		},
		15_000
	);

	test.each<[string, Behaviour]>([
		['is not there for its keys', { broken: ['jwks'] }],
		['does not answer for its keys', { silent: ['jwks'] }]
	])(
		'when the provider %s, until it is back',
		async (_what, behaviour) => {
			// Keys are kept: only an app that has seen none yet has to ask.
			const fresh = await startApp();
			onTestFinished(() => fresh.stop());

			expect(await outcome(behaviour, fresh)).toEqual({
				error: 'provider_unavailable',
				signedIn: false
			});
			expect(await outcome({}, fresh)).toEqual({ error: null, signedIn: true });
		},
		30_000
	);

	test.each<[string, Behaviour]>([
		['another issuer', { metadata: { issuer: 'https://evil.example' } }],
		['an endpoint on plain http', { metadata: { token_endpoint: 'http://idp.example/token' } }]
	])('when the metadata name %s', async (_what, behaviour) => {
		expect((await outcome(behaviour)).signedIn).toBe(false);
	});
});
