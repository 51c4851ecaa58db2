/** A proxy before the app, as there may be one: it sees every request and changes what it passes on. */
import { once } from 'node:events';
import { createServer, request as ask, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Proxy {
	url: string;
	/** What has come by, in order. */
	seen: { path: string; headers: IncomingHttpHeaders }[];
	stop(): void;
}

/** `without` are response headers that do not come through. */
export async function startProxy(app: string, without: readonly string[] = []): Promise<Proxy> {
	const seen: Proxy['seen'] = [];
	const server = createServer((request, response) => {
		const { method, headers, url: path = '/' } = request;
		seen.push({ path, headers });
		const onward = ask(new URL(path, app), { method, headers }, (answer) => {
			const passed = Object.entries(answer.headersDistinct).filter(
				([name]) => !without.includes(name)
			);
			response.writeHead(answer.statusCode ?? 502, Object.fromEntries(passed));
			answer.pipe(response);
		});
		onward.on('error', () => response.destroy());
		request.pipe(onward);
	}).listen(0, 'localhost');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	function stop(): void {
		server.closeAllConnections();
		server.close();
	}
	return { url: `http://localhost:${port}`, seen, stop };
}
