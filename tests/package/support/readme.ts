/** Follows the README to the letter: writes the files that it shows, and sets the secret. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { snippetsOf, type Snippet } from '../../docs/snippets.js';
import type { App } from './fresh-app.js';
import { root } from './run.js';

/** `## Set up in five minutes`, and all else that the README shows as files. */
export async function followReadme(app: App): Promise<void> {
	const snippets = await readme();
	for (const { path, code } of snippets) {
		if (path !== null && !(app.kit === 2 && path === 'src/env.ts')) {
			await app.write(path, inKit(app, path, code, snippets));
		}
	}
	await app.write('.env', `AUTH_SECRET=${randomBytes(33).toString('base64')}\n`);
}

/** What the README shows after the set-up, for an app that has been set up in another way. */
export async function addWaysOut(app: App): Promise<void> {
	const snippets = await readme();
	for (const { path, code } of snippets) {
		if (path?.startsWith('src/routes/') && !path.startsWith('src/routes/dashboard/')) {
			await app.write(path, inKit(app, path, code, snippets));
		}
	}
}

/** `## Sign in with a provider`: the package is installed, and the rest is added to what is there. */
export async function addProvider(app: App): Promise<void> {
	const shown = (await readme()).find(({ code }) => code.includes('@auth/core/providers/github'));
	const script = app.typescript ? 'ts' : 'js';
	const auth = `src/lib/server/auth.${script}`;
	const [, exported = ''] = /export const (\{[^}]+\})/.exec(await app.read(auth)) ?? [];
	await app.write(
		auth,
		(shown?.code ?? '').replace(/export const \{[^}]+\}/, `export const ${exported}`)
	);
	const env = `src/env.${script}`;
	const names = 'AUTH_SECRET: {}, AUTH_GITHUB_ID: {}, AUTH_GITHUB_SECRET: {}';
	await app.write(env, (await app.read(env)).replace('AUTH_SECRET: {}', names));
	const secrets = 'AUTH_GITHUB_ID=the-id\nAUTH_GITHUB_SECRET=the-secret\n';
	await app.write('.env', (await app.read('.env')) + secrets);
}

async function readme(): Promise<Snippet[]> {
	return snippetsOf('README.md', await readFile(join(root, 'README.md'), 'utf8'));
}

/** "SvelteKit 2: leave out `src/env.ts`, write `$lib/…`, and take the secret from …" */
function inKit(app: App, path: string, code: string, snippets: readonly Snippet[]): string {
	if (app.kit === 3) return code;
	if (path !== 'src/lib/server/auth.ts')
		return code.replaceAll('#lib/server/auth.js', '$lib/server/auth');
	const ofKit2 = snippets.find((snippet) => snippet.code.includes("'$env/dynamic/private'"));
	const [, exported = ''] = /export const (\{[^}]+\})/.exec(code) ?? [];
	return (ofKit2?.code ?? '').replace('{ handle }', exported);
}
