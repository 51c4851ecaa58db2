#!/usr/bin/env node
/** `svelte-guardian init`: sets a SvelteKit app up. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { inspectApp } from './app.js';
import { planFor, type Change, type Plan } from './plan.js';

const USAGE = `Usage: npx svelte-guardian init [--yes] [--dry-run]

Sets up svelte-guardian in the SvelteKit app in this folder: the auth module, the hook, a secret in
.env and a private page. Shows what it is going to do and asks first. Never overwrites a file.

  --yes      do not ask
  --dry-run  show, and do nothing`;

async function main(args: string[]): Promise<number> {
	const options = read(args);
	if (typeof options === 'string') {
		console.error(`${options}\n\n${USAGE}`);
		return 1;
	}
	if (options.help) {
		console.log(USAGE);
		return 0;
	}
	const app = inspectApp(process.cwd());
	if (typeof app === 'string') {
		console.error(app);
		return 1;
	}
	const plan = planFor(app);
	show(plan);
	const changes = plan.changes.filter(({ action }) => action !== 'keep');
	if (options.dryRun || changes.length === 0) return 0;
	if (!options.yes && !(await confirm())) {
		console.log('Nothing was changed.');
		return process.stdin.isTTY ? 0 : 1;
	}
	for (const change of changes) write(app.folder, change);
	console.log(
		plan.advice.length === 0
			? '\nDone. Start the app and open /dashboard.'
			: '\nDone, but for what is left to do by hand, above. Then start the app and open /dashboard.'
	);
	return 0;
}

interface Options {
	yes: boolean;
	dryRun: boolean;
	help: boolean;
}

/** The options, or what is wrong with them. */
function read(args: string[]): Options | string {
	try {
		const { values, positionals } = parseArgs({
			args,
			allowPositionals: true,
			options: {
				yes: { type: 'boolean', short: 'y' },
				'dry-run': { type: 'boolean' },
				help: { type: 'boolean', short: 'h' }
			}
		});
		const { yes = false, 'dry-run': dryRun = false, help = false } = values;
		const [command, ...more] = positionals;
		if (help || (command === 'init' && more.length === 0)) return { yes, dryRun, help };
		if (command === undefined) return 'Say what to do: init.';
		return `Unknown command: ${[...(command === 'init' ? [] : [command]), ...more].join(' ')}`;
	} catch (cause) {
		return cause instanceof Error ? cause.message : String(cause);
	}
}

function show({ changes, advice }: Plan): void {
	for (const { action, path, text } of changes) {
		if (action === 'keep') console.log(`keep       ${path} (it is there already)`);
		else console.log(`${action.padEnd(10)} ${path}\n${indent(withoutSecret(text))}`);
	}
	for (const sentence of advice) console.log(`\nBy hand: ${sentence}`);
}

/** The plan may be shown to others. */
const withoutSecret = (text: string): string =>
	text.replace(/(AUTH_SECRET=).+/, '$1(a new secret)');

const indent = (text: string): string =>
	text
		.trim()
		.split('\n')
		.map((line) => `           ${line}`.trimEnd())
		.join('\n');

async function confirm(): Promise<boolean> {
	if (!process.stdin.isTTY) {
		console.error('\nThere is nobody to ask. Add --yes to go ahead.');
		return false;
	}
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	const answer = await terminal.question('\nGo ahead? (y/N) ');
	terminal.close();
	return /^y(?:es)?$/i.test(answer.trim());
}

function write(folder: string, { action, path, text }: Change): void {
	const file = join(folder, path);
	mkdirSync(dirname(file), { recursive: true });
	// `wx`: not even a file that appeared since the plan was made is overwritten.
	if (action === 'create') writeFileSync(file, text, { flag: 'wx' });
	else appendFileSync(file, text);
}

process.exitCode = await main(process.argv.slice(2));
