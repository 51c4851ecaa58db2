/** A server in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ServerProcess {
	/** Everything it has printed. */
	output(): string;
	stop(): Promise<void>;
}

/** Starts `node` with arguments and resolves once `url` answers; rejects with what it printed. */
export async function startServer(
	url: string,
	args: readonly string[],
	options: { cwd: string; env: NodeJS.ProcessEnv }
): Promise<ServerProcess> {
	const server = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
	const printed: string[] = [];
	for (const stream of [server.stdout, server.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => printed.push(text));
	}
	const output = () => printed.join('');
	const ended = once(server, 'exit');

	async function stop(): Promise<void> {
		server.kill();
		await ended;
	}

	try {
		await untilItAnswers(url, () => server.exitCode !== null);
	} catch {
		await stop();
		throw new Error(`${url} could not be served. The server printed:\n${output()}`);
	}
	return { output, stop };
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
