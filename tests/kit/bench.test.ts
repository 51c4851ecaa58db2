/** The benchmarks run and say what they are meant to say; what they measure is for docs/performance.md. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../support/build-test-app.js';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'svelte-guardian-'));
	await buildApp('bench/app');
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const bench = (...args: string[]) => run(process.execPath, args, { cwd: root });
const inProcess = ['--import', './bench/outside-an-app.js', 'bench/index.ts'];

/** Runs a benchmark; resolves to what it printed and to the rows it wrote. */
async function measured(...args: string[]) {
	const file = join(folder, 'rows.json');
	const { stdout } = await bench(...args, '--json', file);
	const { rows } = JSON.parse(await readFile(file, 'utf8'));
	for (const row of rows) {
		expect(row).toEqual({
			case: expect.any(String),
			contender: expect.any(String),
			median: expect.any(Number),
			p99: expect.any(Number),
			ratio: expect.any(Number)
		});
		expect(row.median).toBeGreaterThan(0);
		expect(row.p99).toBeGreaterThanOrEqual(row.median);
	}
	const byCase = Map.groupBy(rows, (row: { case: string; contender: string }) => row.case);
	const cases = [...byCase].map(([name, of]) => [name, of.map(({ contender }) => contender)]);
	return { stdout, cases };
}

const three = ['reference', 'svelte-guardian', 'lucia'];

test('npm run bench', { timeout: 60_000 }, async () => {
	const { stdout, cases } = await measured(...inProcess, '--sessions', '7,30', '--rounds', '1');

	expect(cases).toEqual(
		['7', '30'].flatMap((sessions) => [
			[`a request without a cookie, ${sessions} sessions in the file`, ['no hook', ...three]],
			[`reading a session, ${sessions} sessions in the file`, three],
			[`a sign-out over the hook, ${sessions} sessions in the file`, three],
			[`ending 10 sessions of a user, ${sessions} sessions in the file`, three],
			[`ending 100 sessions of a user, ${sessions} sessions in the file`, three],
			[`ending 1,000 sessions of a user, ${sessions} sessions in the file`, three]
		])
	);
	expect(stdout).toContain('Calls of the store for a request without a cookie: 0');
});

test('npm run bench:http', { timeout: 60_000 }, async () => {
	const few = ['--sessions', '30', '--processes', '1', '--rounds', '1', '--requests', '16'];
	const { stdout, cases } = await measured('bench/http.ts', ...few);

	expect(cases).toEqual([
		['a page that says who is signed in, 30 sessions in the file', ['no auth', ...three]]
	]);
	expect(stdout).toContain('requests/s');
});

test('npm run bench:size', { timeout: 60_000 }, async () => {
	const { cases } = await measured('bench/size.ts', '--processes', '1');

	const both = ['lucia', 'svelte-guardian'];
	expect(cases).toEqual([
		['signOut of the client, bytes gzip', ['svelte-guardian']],
		['import of the server entry, ms', both],
		['import of the server entry, modules', both],
		['installed, packages', both],
		['installed, MB', both]
	]);
});

describe('a mistake on the command line', () => {
	test.each([
		[['--sessions', 'many'], '--sessions many: write whole numbers above zero'],
		[['--rounds', '1,2'], '--rounds 1,2: write whole numbers above zero, such as --rounds 15'],
		[['--round', '1'], "Unknown option '--round'"],
		[['--round', '1'], 'Options: --sessions 1000,100000,1000000 --rounds 15 --json FILE'],
		[['--json', '/nowhere/rows.json'], "no such file or directory, open '/nowhere/rows.json'"]
	])('%j is told in a sentence', async (args, message) => {
		await expect(bench(...inProcess, ...args)).rejects.toMatchObject({
			code: 2,
			stderr: expect.stringContaining(message)
		});
	});
});
