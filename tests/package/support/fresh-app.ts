/** Apps as somebody makes them today, with the packed package installed, outside of this repository. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inject } from 'vitest';
import { freePort } from '../../support/free-port.js';
import { startServer, type ServerProcess } from '../../support/server-process.js';
import { outside, run, tool } from './run.js';

export interface AppOptions {
	/** Major version of SvelteKit. */
	kit: 2 | 3;
	typescript: boolean;
	/** `paths.base`, such as `/app`. */
	base?: string;
	/** More packages to install. */
	packages?: readonly string[];
}

export interface App extends AppOptions {
	folder: string;
	read(path: string): Promise<string>;
	write(path: string, text: string): Promise<void>;
	npm(...args: string[]): Promise<string>;
	npx(...args: string[]): Promise<string>;
	/** Serves it with `vite dev`, or as it was built, behind a proxy that speaks https. */
	serve(how: 'dev' | 'build'): Promise<Served>;
	remove(): Promise<void>;
}

export interface Served extends ServerProcess {
	/** Where it listens, with the base path. */
	url: string;
	/** The origin that browsers see. */
	origin: string;
}

/** The versions that are tested; SvelteKit 3's are those of this repository. */
const versions = {
	2: { '@sveltejs/kit': '2.70.4', '@sveltejs/adapter-node': '5.5.7' },
	3: { '@sveltejs/kit': '3.2.0', '@sveltejs/adapter-node': '6.0.1' }
};

/** `sv create`, with adapter-node. */
export async function createApp(options: AppOptions): Promise<App> {
	const parent = await mkdtemp(join(tmpdir(), 'svelte-guardian-'));
	const folder = join(parent, 'app');
	const app = appIn(folder, options);
	const kit3 = options.kit === 3 ? ['experimental=versions:kit+features:none'] : [];
	await run(
		tool('sv'),
		[
			...['create', folder, '--template', 'minimal', '--no-install', '--no-dir-check'],
			...(options.typescript ? ['--types', 'ts'] : ['--no-types']),
			...['--add', 'sveltekit-adapter=adapter:node', ...kit3]
		],
		parent
	);
	const manifest = JSON.parse(await app.read('package.json'));
	Object.assign(manifest.devDependencies, versions[options.kit]);
	await app.write('package.json', JSON.stringify(manifest, null, '\t'));
	if (options.base !== undefined) await setBase(app, options.base);
	const { packages = [] } = options;
	await app.npm(
		'install',
		'--no-audit',
		'--no-fund',
		'--prefer-offline',
		inject('tarball'),
		...packages
	);
	return app;
}

async function setBase(app: App, base: string): Promise<void> {
	const config = app.typescript ? 'vite.config.ts' : 'vite.config.js';
	const before = await app.read(config);
	await app.write(
		config,
		before.replace('adapter:', `paths: { base: '${base}' },\n\t\t\tadapter:`)
	);
}

function appIn(folder: string, options: AppOptions): App {
	return {
		...options,
		folder,
		read: (path) => readFile(join(folder, path), 'utf8'),
		async write(path, text) {
			await mkdir(dirname(join(folder, path)), { recursive: true });
			await writeFile(join(folder, path), text);
		},
		npm: (...args) => run('npm', args, folder),
		npx: (...args) => run('npx', args, folder),
		serve: (how) => serve(folder, options.base ?? '', how),
		remove: () => rm(dirname(folder), { recursive: true, force: true })
	};
}

async function serve(folder: string, base: string, how: 'dev' | 'build'): Promise<Served> {
	const port = await freePort();
	const args =
		how === 'dev'
			? ['node_modules/vite/bin/vite.js', 'dev', '--port', String(port), '--strictPort']
			: ['--env-file=.env', 'build'];
	const host = how === 'dev' ? `localhost:${port}` : `127.0.0.1:${port}`;
	const url = `http://${host}${base}`;
	const env = outside({ PORT: String(port), HOST: '127.0.0.1', SHUTDOWN_TIMEOUT: '1' });
	const server = await startServer(url, args, { cwd: folder, env });
	return { ...server, url, origin: `${how === 'dev' ? 'http' : 'https'}://${host}` };
}
