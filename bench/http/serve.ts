/** The built app of bench/app with one contender, in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const build = join(import.meta.dirname, '../app/build/index.js');

export interface Served {
	contender: string;
	url: string;
	stop(): Promise<void>;
}

export async function serve(contender: string, database: string): Promise<Served> {
	if (!existsSync(build)) throw new Error('Build the app first: npm run build:bench');
	const server = spawn(process.execPath, [build], {
		env: { CONTENDER: contender, DATABASE: database, HOST: '127.0.0.1', PORT: '0' },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const ended = once(server, 'exit');
	const printed = Promise.race([once(server.stdout, 'data'), ended]);
	const [, url] = /Listening on (\S+)/.exec(String(await printed)) ?? [];
	if (url === undefined) throw new Error(`The app with ${contender} did not start.`);
	return {
		contender,
		url,
		async stop() {
			server.kill('SIGKILL');
			await ended;
		}
	};
}
