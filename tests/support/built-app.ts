/** A built app in this very process, without a socket. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '../..');

/** What SvelteKit's build exports. */
interface BuiltServer {
	init(options: { env: NodeJS.ProcessEnv }): Promise<void>;
	respond(request: Request, options: { getClientAddress(): string }): Promise<Response>;
}

/** Answers one request, as the server would one from `address`; redirects are not followed. */
export type Respond = (request: Request, address?: string) => Promise<Response>;

/**
 * Loads a build, such as `playground/build` or `tests/app/build`. Its modules are loaded once per
 * process, and every test file has a process of its own: `env` is what the app finds in
 * `process.env`.
 */
export async function loadBuiltApp(
	env: Record<string, string>,
	build: string = 'playground/build'
): Promise<Respond> {
	const file = resolve(root, build, 'server/server.js');
	if (!existsSync(file)) throw new Error(`Build it first: ${build} (npm run test:kit does)`);
	Object.assign(process.env, env);
	const module: { server: BuiltServer } = await import(pathToFileURL(file).href);
	await module.server.init({ env: process.env });
	return (request, address = '127.0.0.1') =>
		module.server.respond(request, { getClientAddress: () => address });
}
