import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const command = resolve(import.meta.dirname, '../../dist/cli/main.js');
let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'svelte-guardian-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, text: string): Promise<void> {
	await mkdir(dirname(join(folder, path)), { recursive: true });
	await writeFile(join(folder, path), text);
}

const read = (path: string) => readFile(join(folder, path), 'utf8');

const app = (version: string) =>
	write('package.json', JSON.stringify({ devDependencies: { '@sveltejs/kit': version } }));

const init = (...options: string[]) =>
	new Promise<{ code: number; output: string }>((done) => {
		const child = execFile(
			process.execPath,
			[command, 'init', ...options],
			{ cwd: folder },
			(error, stdout, stderr) => done({ code: error ? 1 : 0, output: stdout + stderr })
		);
		child.stdin?.end();
	});

describe('npx svelte-guardian init', () => {
	test('sets a SvelteKit 3 app up, and says what it does first', async () => {
		await app('^3.2.0');
		await write('tsconfig.json', '{}');
		await write('.gitignore', 'node_modules');

		const { code, output } = await init('--yes');

		expect(code).toBe(0);
		expect(await read('src/hooks.server.ts')).toContain('export { handle }');
		expect(await read('src/env.ts')).toContain('AUTH_SECRET');
		expect(await read('src/lib/server/auth.ts')).toContain("from '$app/env/private'");
		expect(await read('src/routes/dashboard/+page.server.ts')).toContain('PageServerLoad');
		expect(await read('.gitignore')).toBe('node_modules\n.env\nguardian.db*\n');
		const [, secret = ''] = /^AUTH_SECRET=(.+)$/m.exec(await read('.env')) ?? [];
		expect(Buffer.from(secret, 'base64')).toHaveLength(33);
		expect(output).toContain('src/hooks.server.ts');
		expect(output).not.toContain(secret);
		expect(output).toContain('npm install svelte-guardian');
	});

	test('writes JavaScript, and the environment of SvelteKit 2, where that is what the app uses', async () => {
		await app('2.70.4');

		await init('--yes');

		expect(await read('src/lib/server/auth.js')).toContain("from '$env/dynamic/private'");
		expect(await read('src/hooks.server.js')).toContain('export { handle }');
		await expect(read('src/env.js')).rejects.toThrow();
	});

	test('overwrites nothing, and says what is left to do', async () => {
		await app('^3.0.0');
		await write('src/hooks.server.js', '// mine');
		await write('.env', 'AUTH_SECRET=mine');

		const { output } = await init('--yes');

		expect(await read('src/hooks.server.js')).toBe('// mine');
		expect(await read('.env')).toBe('AUTH_SECRET=mine');
		expect(output).toContain('sequence(guardian, yourHandle)');
		expect(output).toContain('Done, but for what is left to do by hand');
		const again = await init('--yes');
		expect(again.output).not.toContain('create ');
	});

	test.each(['ts', 'js'])(
		'finds a hook and an environment in folders of their own: %s',
		async (script) => {
			await app('^3.0.0');
			await write(`src/hooks.server/index.${script}`, '// mine');
			await write(`src/env/index.${script}`, '// mine');

			const { output } = await init('--yes');

			expect(output).toContain(`src/hooks.server/index.${script} is yours`);
			expect(output).toContain(`src/env/index.${script} is yours`);
			await expect(read('src/hooks.server.js')).rejects.toThrow();
			await expect(read('src/env.js')).rejects.toThrow();
		}
	);

	test.each(['AUTH_SECRET=', 'AUTH_SECRET=""'])('gives a secret to %s', async (line) => {
		await app('^3.0.0');
		await write('.env', `${line}\nOTHER=1\n`);

		await init('--yes');

		expect(await read('.env')).toMatch(/^AUTH_SECRET=(?:"")?\nOTHER=1\nAUTH_SECRET=\S{44}\n$/);
		await init('--yes');
		expect((await read('.env')).split('\n')).toHaveLength(4);
	});

	test('tells what it was not meant to be told', async () => {
		await app('^3.0.0');

		const { code, output } = await init('--force');
		expect([code, output]).toEqual([1, expect.stringContaining("Unknown option '--force'")]);
		expect((await init('again')).output).toContain('Unknown command: again');
		const help = await init('--help');
		expect([help.code, help.output]).toEqual([0, expect.stringContaining('Usage: npx')]);
	});

	test('does nothing when it is only to show, or when nobody says yes', async () => {
		await app('^3.0.0');

		expect((await init('--dry-run')).code).toBe(0);
		expect((await init()).code).toBe(1);

		await expect(read('src/lib/server/auth.js')).rejects.toThrow();
	});

	test('says so where there is no SvelteKit app', async () => {
		expect(await init('--yes')).toEqual({
			code: 1,
			output: expect.stringContaining('no package.json')
		});
		await write('package.json', '{}');
		expect((await init('--yes')).output).toContain('npx sv create');
	});
});
