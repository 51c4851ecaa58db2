/** Packages in a folder of their own, as an app has them, beside what every SvelteKit app has. */
import { execFile } from 'node:child_process';
import {
	copyFile,
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	rm,
	stat,
	symlink,
	writeFile
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Installed {
	packages: number;
	megabytes: number;
	/** Imports a package in a fresh process; resolves to milliseconds. */
	timeImport(name: string): Promise<number>;
	/** The number of modules that come with it. */
	countModules(name: string): Promise<number>;
	remove(): Promise<void>;
}

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const program = 'fresh-import.js';

/** Installs a package of the registry or this very one, packed as it would be published. */
export async function install(name: string): Promise<Installed> {
	const folder = await mkdtemp(join(tmpdir(), 'svelte-guardian-bench-'));
	const modules = join(folder, 'node_modules');
	await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
	// Without the peers: SvelteKit and Svelte are there already.
	const options = [
		'--omit=dev',
		'--legacy-peer-deps',
		'--no-audit',
		'--no-fund',
		'--prefer-offline'
	];
	const what = name === 'svelte-guardian' ? await pack(folder) : name;
	await run('npm', ['install', ...options, what], { cwd: folder });
	const packages = await packagesIn(modules);
	const megabytes = (await bytesIn(modules)) / 1e6;
	await addSvelteKit(modules);
	await copyFile(join(import.meta.dirname, program), join(folder, program));

	async function start(...given: string[]): Promise<number> {
		const { stdout } = await run(process.execPath, [program, ...given], { cwd: folder });
		return Number(stdout);
	}
	return {
		packages,
		megabytes,
		timeImport: (given) => start(given),
		countModules: (given) => start(given, 'count'),
		remove: () => rm(folder, { recursive: true })
	};
}

async function pack(folder: string): Promise<string> {
	const options = ['--json', '--ignore-scripts', '--pack-destination', folder];
	const { stdout } = await run('npm', ['pack', ...options], { cwd: root });
	const [packed] = JSON.parse(stdout) as { filename: string }[];
	return join(folder, packed?.filename ?? '');
}

async function packagesIn(modules: string): Promise<number> {
	const lock = await readFile(join(modules, '.package-lock.json'), 'utf8');
	return Object.keys((JSON.parse(lock) as { packages: object }).packages).length;
}

/** SvelteKit itself, and what it gives apps alone. */
async function addSvelteKit(modules: string): Promise<void> {
	await mkdir(join(modules, '@sveltejs'), { recursive: true });
	await symlink(join(root, 'node_modules/@sveltejs/kit'), join(modules, '@sveltejs/kit'));
	const files = {
		'package.json': '{ "type": "module", "exports": { "./*": "./*.js" } }',
		'server.js': 'export const getRequestEvent = () => null;',
		'paths.js': 'export const resolve = (path) => path;'
	};
	await mkdir(join(modules, '$app'));
	for (const [name, text] of Object.entries(files)) {
		await writeFile(join(modules, '$app', name), text);
	}
}

async function bytesIn(folder: string): Promise<number> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	const sizes = await Promise.all(
		files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size)
	);
	return sizes.reduce((sum, size) => sum + size, 0);
}
