import { execFile } from 'node:child_process';
import { delimiter, dirname, join, resolve } from 'node:path';

/** This repository. */
export const root = resolve(import.meta.dirname, '../../..');

/** What a person has around an app: this very Node, ways to the network, and nothing of this repository. */
export function outside(env: Record<string, string> = {}): NodeJS.ProcessEnv {
	const kept = Object.entries(process.env).filter(([name]) =>
		/^(?:HOME|LANG|TMPDIR|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|npm_config_\w+|\w+_proxy)$/i.test(name)
	);
	const path = [dirname(process.execPath), ...withoutModules(process.env['PATH'])];
	return { ...Object.fromEntries(kept), PATH: path.join(delimiter), ...env };
}

const withoutModules = (path = ''): string[] =>
	path.split(delimiter).filter((folder) => !folder.includes('node_modules'));

/** Runs a program to its end; resolves to what it printed, and rejects with that when it fails. */
export const run = (program: string, args: readonly string[], cwd: string): Promise<string> =>
	new Promise((done, fail) => {
		const options = { cwd, env: outside(), maxBuffer: 64 * 1024 * 1024, timeout: 90_000 };
		const child = execFile(program, args, options, (error, stdout, stderr) => {
			if (error === null) done(stdout);
			else fail(new Error(`${[program, ...args].join(' ')} failed:\n${stdout}\n${stderr}`));
		});
		child.stdin?.end();
	});

/** A program of this repository's node_modules. */
export const tool = (name: string): string => join(root, 'node_modules/.bin', name);
