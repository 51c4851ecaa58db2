/** Builds apps of this repository; tests/app before the tests of SvelteKit's side when out of date. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { glob, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Runs at the start of the project `kit`. */
export default async function buildWhenStale(): Promise<void> {
	const built = await newest('tests/app/build/server/server.js');
	const sources = await newest('tests/app/vite.config.ts', 'tests/app/src/**/*', 'dist/**/*');
	if (built < sources) await buildTestApp({});
}

/** Builds tests/app; `env` chooses which copy. */
export const buildTestApp = (env: Record<string, string>): Promise<void> =>
	buildApp('tests/app', env);

/** Builds an app with nothing in the environment but what is given, and what finds programs. */
export async function buildApp(folder: string, env: Record<string, string> = {}): Promise<void> {
	const { PATH = '', HOME = '' } = process.env;
	const vite = join(root, 'node_modules/vite/bin/vite.js');
	const build = spawn(process.execPath, [vite, 'build', '-c', `${folder}/vite.config.ts`], {
		cwd: root,
		env: { PATH, HOME, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const printed: string[] = [];
	for (const stream of [build.stdout, build.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => printed.push(text));
	}
	const [code]: unknown[] = await once(build, 'close');
	if (code !== 0) throw new Error(`${folder} could not be built:\n${printed.join('')}`);
}

/** When the latest of the files was written; 0 when there are none. */
async function newest(...patterns: string[]): Promise<number> {
	let latest = 0;
	for await (const file of glob(patterns, { cwd: root })) {
		latest = Math.max(latest, (await stat(join(root, file))).mtimeMs);
	}
	return latest;
}
