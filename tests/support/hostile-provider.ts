/** An OpenID provider that does what it is told to, right or wrong. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';

export interface Behaviour {
	/** What is said of the user, over what would be right. */
	claims?: JWTPayload;
	/** Signs with a key that nobody knows. */
	foreignKey?: boolean;
	/** An id token of no signature at all. */
	unsigned?: boolean;
	/** Alters the token after it was signed. */
	tampered?: boolean;
	/** Gives the token of the sign-in before once more. */
	replayed?: boolean;
	/** Calls back with an error, in words of its own. */
	refuses?: { error: string; error_description: string };
	/** Answers these paths with 500. */
	broken?: string[];
	/** Never answers these paths. */
	silent?: string[];
	/** Metadata that are not what they should be. */
	metadata?: Record<string, unknown>;
}

export async function startHostileProvider(clientId: string) {
	const own = await generateKeyPair('RS256');
	const foreign = await generateKeyPair('RS256');
	const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' };
	let behaviour: Behaviour = {};
	let nonce = '';
	let lastToken = '';

	const server = createServer((request, response) => {
		const url = new URL(request.url ?? '', issuer);
		const name = url.pathname.split('/').at(-1) ?? '';
		if (behaviour.silent?.includes(name)) return;
		const json = (body: unknown) => {
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(body));
		};
		if (behaviour.broken?.includes(name)) response.writeHead(500).end('out of order <b>x</b>');
		else if (name === 'openid-configuration') json({ ...metadata(), ...behaviour.metadata });
		else if (name === 'jwks') json({ keys: [jwk] });
		else if (name === 'token') {
			void idToken().then((token) => {
				lastToken = behaviour.replayed ? lastToken : token;
				json(tokens(lastToken));
			});
		} else {
			nonce = url.searchParams.get('nonce') ?? '';
			const back = new URL(url.searchParams.get('redirect_uri') ?? '');
			for (const [name, value] of Object.entries(behaviour.refuses ?? { code: 'a-code' })) {
				back.searchParams.set(name, value);
			}
			back.searchParams.set('state', url.searchParams.get('state') ?? '');
			response.writeHead(303, { location: back.href }).end();
		}
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	const metadata = () => ({
		issuer,
		authorization_endpoint: `${issuer}/authorize`,
		token_endpoint: `${issuer}/token`,
		userinfo_endpoint: `${issuer}/userinfo`,
		jwks_uri: `${issuer}/jwks`,
		response_types_supported: ['code'],
		subject_types_supported: ['public'],
		id_token_signing_alg_values_supported: ['RS256'],
		code_challenge_methods_supported: ['S256']
	});

	const tokens = (id_token: string) => ({
		access_token: 'an-access-token',
		refresh_token: 'a-refresh-token',
		token_type: 'Bearer',
		expires_in: 60,
		id_token
	});

	async function idToken(): Promise<string> {
		const claims = { sub: 'mallory', nonce, name: 'Mallory', ...behaviour.claims };
		const jwt = new SignJWT(claims)
			.setProtectedHeader({ alg: 'RS256', kid: 'own' })
			.setIssuer(behaviour.claims?.iss ?? issuer)
			.setAudience(behaviour.claims?.aud ?? clientId)
			.setIssuedAt()
			.setExpirationTime(behaviour.claims?.exp ?? '1m');
		const token = await jwt.sign(behaviour.foreignKey ? foreign.privateKey : own.privateKey);
		const [header = '', body = '', signature = ''] = token.split('.');
		const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
		if (behaviour.unsigned) return `${encode({ alg: 'none' })}.${body}.`;
		if (!behaviour.tampered) return token;
		const altered = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), sub: 'somebody' };
		return `${header}.${encode(altered)}.${signature}`;
	}

	return {
		issuer,
		behave: (next: Behaviour) => (behaviour = next),
		async stop() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
}
