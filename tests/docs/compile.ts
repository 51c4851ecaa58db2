/** Compiles snippets as a user's app would: SvelteKit's own types, one run of svelte-check. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Snippet } from './snippets.js';

const root = resolve(import.meta.dirname, '../..');

/** Everything the compilers say against the snippets, as `README.md:12 <message>`. */
export async function compile(snippets: readonly Snippet[]): Promise<string[]> {
	if (!existsSync(join(root, 'dist/index.d.ts'))) throw new Error('Run `npm run build` first.');
	const files = new Map(snippets.map((snippet, index) => [placeOf(snippet, index), snippet]));
	// Inside the repository, so that `svelte-guardian` is the package that was built.
	const app = await mkdtemp(join(root, '.svelte-kit-docs-'));
	try {
		for (const [path, text] of Object.entries(SKELETON)) await write(join(app, path), text);
		for (const [path, { code }] of files) await write(join(app, path), code);
		await run('@sveltejs/kit/svelte-kit.js', ['sync', '-c', join(app, 'vite.config.js')]);
		const tsconfig = join(app, 'tsconfig.json');
		const output = await run('svelte-check/bin/svelte-check', [
			...['--workspace', app, '--tsconfig', tsconfig, '--output', 'machine-verbose']
		]);
		return problemsIn(output).map(({ filename, start, message }) => {
			const snippet = files.get(filename);
			const place = snippet ? `${snippet.file}:${snippet.line + start.line + 1}` : filename;
			return `${place} ${message}`;
		});
	} finally {
		await rm(app, { recursive: true });
	}
}

/** What an app has before anything is added to it. */
const SKELETON = {
	'vite.config.js': `import { sveltekit } from '@sveltejs/kit/vite';
export default { root: import.meta.dirname, plugins: [sveltekit()] };`,
	'tsconfig.json': JSON.stringify({
		extends: '$app/tsconfig',
		compilerOptions: {
			strict: true,
			exactOptionalPropertyTypes: true,
			noUncheckedIndexedAccess: true,
			// An app of its own has this as `imports` in its package.json.
			paths: { '#lib/*': ['./src/lib/*'] },
			types: ['$app/types', 'node']
		},
		include: ['src']
	}),
	// SvelteKit 2 has this module; SvelteKit 3 has no types for it.
	'src/sveltekit-2.d.ts': `declare module '$env/dynamic/private' {
	export const env: Record<string, string | undefined>;
}`,
	'src/app.html': '<html><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>'
};

function placeOf({ path, language, file }: Snippet, index: number): string {
	// An example in a doc comment stands for any app; the documents together are one.
	if (path !== null && file.endsWith('.md')) return path;
	return `src/snippets/${index}.${language}`;
}

async function write(path: string, text: string): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, text);
}

/** What a tool of node_modules prints; svelte-check fails when it finds something. */
const run = (tool: string, args: string[]): Promise<string> =>
	new Promise((done, fail) => {
		const file = join(root, 'node_modules', tool);
		execFile(process.execPath, [file, ...args], { cwd: root }, (error, stdout, stderr) => {
			if (error && !stdout.includes('COMPLETED')) fail(new Error(stderr || stdout));
			else done(stdout);
		});
	});

interface Problem {
	filename: string;
	/** Lines count from 0. */
	start: { line: number };
	message: string;
}

function problemsIn(output: string): Problem[] {
	const lines = output.split('\n').map((line) => line.replace(/^\d+ /, ''));
	return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
}
