// A real OpenID provider on this machine, to try and test sign-ins with: any name and password will do.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
// @ts-expect-error -- it comes without types
import Provider from 'oidc-provider';

/**
 * Starts a provider whose one client is the app at `appUrl`, which knows the provider by `id`;
 * `metadata` is what else is registered of that client.
 *
 * @param {{ appUrl: string, id?: string, port?: number, metadata?: object }} options
 */
export async function startOidcProvider({ appUrl, id = 'openid', port = 0, metadata = {} }) {
	const server = createServer().listen(port, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('No port was given.');
	const issuer = `http://127.0.0.1:${address.port}`;
	const client = { id: 'playground', secret: randomBytes(24).toString('base64url') };
	const provider = new Provider(issuer, {
		clients: [
			{
				client_id: client.id,
				client_secret: client.secret,
				redirect_uris: namesOf(appUrl).map((url) => `${url}/auth/callback/${id}`),
				...metadata
			}
		],
		features: {
			devInteractions: { enabled: true },
			rpInitiatedLogout: { enabled: true },
			backchannelLogout: { enabled: true },
			revocation: { enabled: true }
		},
		claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
		// The app reads who it is from the id token.
		conformIdTokenClaims: false,
		cookies: { keys: [randomBytes(24).toString('base64url')] },
		findAccount: (/** @type {unknown} */ _context, /** @type {string} */ id) => ({
			accountId: id,
			claims: async () => ({
				sub: id,
				name: id,
				email: `${id}@idp.example`,
				email_verified: true
			})
		})
	});
	server.on('request', provider.callback());
	return {
		issuer,
		client,
		env: {
			OIDC_ISSUER: issuer,
			OIDC_CLIENT_ID: client.id,
			OIDC_CLIENT_SECRET: client.secret
		},
		async stop() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
}

/**
 * This machine has two names, and who tries the app may use either.
 *
 * @param {string} url
 */
function namesOf(url) {
	return [...new Set([url, url.replace('//localhost', '//127.0.0.1')])];
}
