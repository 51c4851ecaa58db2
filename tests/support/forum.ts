/** A provider of plain OAuth 2.0 with PKCE: no discovery, no id token; userinfo says who it is. */
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Forum {
	url: string;
	/** What userinfo answers from now on; the status is 200 unless told. */
	says(body: unknown, status?: number): void;
	/** Answers this path with 500 from now on, if any; or not at all. */
	fails(path: 'token' | 'userinfo' | null, how?: 'broken' | 'silent'): void;
	stop(): Promise<void>;
}

export async function startForum(clientId: string, clientSecret: string): Promise<Forum> {
	/** Each code with the challenge it was asked for with, each token by itself; both count once. */
	const codes = new Map<string, string>();
	const tokens = new Set<string>();
	let answer: { body: unknown; status: number } = { body: null, status: 200 };
	let failing: { path: string | null; how: string } = { path: null, how: 'broken' };
	const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');

	/** @returns the token for a code, a client and a verifier that belong together. */
	async function exchange(request: IncomingMessage): Promise<string | null> {
		const form = new URLSearchParams(await text(request));
		const code = form.get('code') ?? '';
		const challenge = codes.get(code);
		codes.delete(code);
		const verifier = form.get('code_verifier') ?? '';
		const proves = createHash('sha256').update(verifier).digest('base64url') === challenge;
		const isClient = request.headers.authorization === `Basic ${credentials}`;
		if (!proves || !isClient) return null;
		const token = randomUUID();
		tokens.add(token);
		return token;
	}

	const server = createServer((request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '', url);
		const path = pathname.slice(1);
		const json = (status: number, body: unknown) =>
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		if (path === failing.path) {
			if (failing.how === 'broken') json(500, { error: 'out of order <b>x</b>' });
		} else if (path === 'authorize') {
			const code = randomUUID();
			codes.set(code, searchParams.get('code_challenge') ?? '');
			const back = new URL(searchParams.get('redirect_uri') ?? '');
			back.searchParams.set('code', code);
			back.searchParams.set('state', searchParams.get('state') ?? '');
			response.writeHead(303, { location: back.href }).end();
		} else if (path === 'token') {
			void exchange(request).then((token) =>
				token === null
					? json(400, { error: 'invalid_grant' })
					: json(200, {
							access_token: token,
							token_type: 'Bearer',
							refresh_token: 'a-refresh-token'
						})
			);
		} else {
			const known = tokens.delete(request.headers.authorization?.replace('Bearer ', '') ?? '');
			json(known ? answer.status : 401, known ? answer.body : { error: 'invalid_token' });
		}
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	return {
		url,
		says: (body, status = 200) => void (answer = { body, status }),
		fails: (path, how = 'broken') => void (failing = { path, how }),
		async stop() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
}
