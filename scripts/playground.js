// Runs the playground with a secret that is made once and kept:
// node scripts/playground.js dev|preview [options of Vite]
// `--oidc` starts a local OpenID provider beside it, so that a sign-in with one can be tried.
// `dev` also rebuilds the package whenever src changes. PORT and HOST become Vite's options.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

const root = dirname(import.meta.dirname);
const playground = join(root, 'playground');
const [mode, ...given] = process.argv.slice(2);
const options = given.filter((option) => option !== '--oidc');

const env = { ...process.env };
env.AUTH_SECRET ||= keptSecret(join(playground, '.data/secret'));

if (given.includes('--oidc')) {
	env.PORT ||= '4173';
	const { startOidcProvider } = await import('./oidc-provider.js');
	const provider = await startOidcProvider({ appUrl: `http://localhost:${env.PORT}` });
	Object.assign(env, provider.env);
	console.log(`OpenID provider: ${provider.issuer} (any name and password)`);
}

/** @type {import('node:child_process').ChildProcess[]} */
const children = [];
process.on('SIGINT', () => stop(0)).on('SIGTERM', () => stop(0));

if (mode === 'dev') {
	const watch = ['--watch', '-i', 'src', '-o', 'dist'];
	const packaging = run('@sveltejs/package/svelte-package.js', root, watch, 'pipe');
	await untilItPrints(packaging.stdout, 'Watching');
	run('vite/bin/vite.js', playground, ['dev', ...address(), ...options]);
} else if (mode === 'preview') {
	run('vite/bin/vite.js', playground, ['preview', ...address(), ...options]);
} else {
	console.error('Say which: node scripts/playground.js dev, or preview.');
	process.exit(1);
}

/**
 * Starts a tool from node_modules; when it ends, so does everything.
 *
 * @param {string} tool
 * @param {string} cwd
 * @param {string[]} args
 * @param {'inherit' | 'pipe'} [stdout]
 */
function run(tool, cwd, args, stdout = 'inherit') {
	const file = join(root, 'node_modules', tool);
	/** @type {import('node:child_process').ChildProcess} */
	const child = spawn(process.execPath, [file, ...args], {
		cwd,
		env,
		stdio: ['inherit', stdout, 'inherit']
	});
	child.on('exit', (code) => stop(code ?? 0));
	children.push(child);
	return child;
}

/** @param {number} code */
function stop(code) {
	process.exitCode ||= code;
	for (const child of children) child.kill();
	// The OpenID provider lives in this process.
	if (given.includes('--oidc')) process.exit();
}

/**
 * Passes a tool's output on, and resolves once it holds the text.
 *
 * @param {import('node:stream').Readable | null} output
 * @param {string} text
 * @returns {Promise<void>}
 */
function untilItPrints(output, text) {
	output?.pipe(process.stdout);
	return new Promise((resolve) => {
		output?.on('data', (chunk) => {
			if (String(chunk).includes(text)) resolve();
		});
	});
}

function address() {
	return [
		...(env.PORT ? ['--port', env.PORT, '--strictPort'] : []),
		...(env.HOST ? ['--host', env.HOST] : [])
	];
}

/**
 * A random secret that stays the same from run to run, so that sessions do.
 *
 * @param {string} file
 */
function keptSecret(file) {
	mkdirSync(dirname(file), { recursive: true });
	if (!existsSync(file))
		writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
	return readFileSync(file, 'utf8');
}
