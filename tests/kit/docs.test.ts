/** Runs the test that the README shows to people who test their own app. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startPreview } from '../support/preview.js';
import { snippetsOf } from '../docs/snippets.js';

const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8');
const shown = snippetsOf('README.md', readme).filter(({ code }) => code.includes("'node:test'"));

test('the test in the README passes against a built app', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'svelte-guardian-readme-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const app = await startPreview({ env: { DATABASE_URL: 'memory:' } });
	onTestFinished(() => app.stop());
	const file = join(folder, 'sign-out.test.mts');
	writeFileSync(file, shown.map(({ code }) => code).join('\n'));

	const run = spawn(process.execPath, ['--test', '--test-reporter=spec', file], {
		env: { ...process.env, ORIGIN: app.url },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	let output = '';
	run.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
	await once(run, 'close');

	expect(output).toContain('✔ a sign-out ends the session');
	expect(output).toContain('pass 1');
}, 60_000);
