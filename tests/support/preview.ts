/** The built playground, served over HTTP by a process of its own, with a database of its own. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './free-port.js';

const root = resolve(import.meta.dirname, '../..');

export interface Preview {
	/** Such as `http://localhost:41234`, with the base path if the build has one. */
	url: string;
	/** Everything the server has printed. */
	output(): string;
	stop(): Promise<void>;
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
	const server = spawn(process.execPath, [vite, ...args], {
		cwd: join(root, 'playground'),
		env,
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const printed: string[] = [];
	for (const stream of [server.stdout, server.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => printed.push(text));
	}
	const output = () => printed.join('');
	const ended = once(server, 'exit');

	async function stop(): Promise<void> {
		server.kill();
		await ended;
		await rm(folder, { recursive: true, force: true });
	}

	const url = `http://localhost:${port}${options.env?.['BASE_PATH'] ?? ''}`;
	try {
		await untilItAnswers(url, () => server.exitCode !== null);
	} catch {
		await stop();
		throw new Error(`The playground could not be served. It printed:\n${output()}`);
	}
	return { url, output, stop };
}

async function untilItAnswers(url: string, hasEnded: () => boolean): Promise<void> {
	const deadline = Date.now() + 30_000;
	while (!hasEnded() && Date.now() < deadline) {
		try {
			await fetch(url, { redirect: 'manual' });
			return;
		} catch {
			await new Promise((wake) => setTimeout(wake, 50));
		}
	}
	throw new Error('no answer');
}
