/** The built playground, served over HTTP by a process of its own, with a database of its own. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './free-port.js';
import { startServer, type ServerProcess } from './server-process.js';

const root = resolve(import.meta.dirname, '../..');

export interface Preview extends ServerProcess {
	/** Such as `http://localhost:41234`, with the base path if the build has one. */
	url: string;
}

/**
 * Serves the playground as `vite preview` does. `env` goes on top of a random AUTH_SECRET and a
 * DATABASE_URL in a folder that goes away with the server; BUILD_DIR and BASE_PATH choose a build.
 */
export async function startPreview(
	options: { env?: Record<string, string>; port?: number } = {}
): Promise<Preview> {
	const folder = await mkdtemp(join(tmpdir(), 'svelte-guardian-'));
	const port = options.port ?? (await freePort());
	const env = {
		...process.env,
		AUTH_SECRET: randomBytes(32).toString('base64url'),
		DATABASE_URL: `file:${join(folder, 'guardian.db')}`,
		...options.env
	};
	const vite = join(root, 'node_modules/vite/bin/vite.js');
	const args = ['preview', '--host', 'localhost', '--port', String(port), '--strictPort'];
	const url = `http://localhost:${port}${options.env?.['BASE_PATH'] ?? ''}`;
	const removeFolder = () => rm(folder, { recursive: true, force: true });
	try {
		const { output, stop } = await startServer(url, [vite, ...args], {
			cwd: join(root, 'playground'),
			env
		});
		return { url, output, stop: () => stop().then(removeFolder) };
	} catch (cause) {
		await removeFolder();
		throw cause;
	}
}
