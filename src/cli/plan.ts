/** What `init` is going to do, before it does any of it. Nothing that is there is overwritten. */
import { randomBytes } from 'node:crypto';
import type { App } from './app.js';
import {
	authModule,
	dashboardLoad,
	dashboardPage,
	envModule,
	envVariable,
	hook,
	hookAdvice
} from './templates.js';

export interface Plan {
	readonly changes: readonly Change[];
	/** What is left to be done by hand. */
	readonly advice: readonly string[];
}

export interface Change {
	readonly action: 'create' | 'append to' | 'keep';
	readonly path: string;
	/** The text of a new file, or what is added at the end. */
	readonly text: string;
}

export function planFor(app: App): Plan {
	const script = app.typescript ? 'ts' : 'js';
	const hookFile = placesOf('src/hooks.server').find(exists(app));
	const envFile = placesOf('src/env').find(exists(app));
	const advice: string[] = [];
	if (!app.installed) advice.push('Install the package: npm install svelte-guardian');
	if (hookFile !== undefined && app.read(hookFile)?.includes('lib/server/auth') !== true) {
		advice.push(`${hookFile} is yours. Let guardian's hook run first:\n\n${hookAdvice}`);
	}
	if (envFile !== undefined && app.read(envFile)?.includes('AUTH_SECRET') !== true) {
		advice.push(`${envFile} is yours. Add to its variables: ${envVariable}`);
	}
	return {
		advice,
		changes: [
			...(app.kit === 3 ? [create(app, envFile ?? `src/env.${script}`, envModule)] : []),
			create(app, `src/lib/server/auth.${script}`, authModule(app)),
			create(app, hookFile ?? `src/hooks.server.${script}`, hook),
			create(app, `src/routes/dashboard/+page.server.${script}`, dashboardLoad(app)),
			create(app, 'src/routes/dashboard/+page.svelte', dashboardPage(app)),
			addLines(app, '.env', [`AUTH_SECRET=${randomBytes(33).toString('base64')}`]),
			addLines(app, '.gitignore', ['.env', 'guardian.db*'])
		]
	};
}

/** Where SvelteKit looks for a module of the app. */
const placesOf = (name: string): string[] =>
	['.ts', '.js', '/index.ts', '/index.js'].map((ending) => name + ending);

const exists =
	(app: App) =>
	(path: string): boolean =>
		app.read(path) !== null;

function create(app: App, path: string, text: string): Change {
	return { action: app.read(path) === null ? 'create' : 'keep', path, text };
}

/** Adds the lines that are not there yet; of a setting, whatever its value, unless it is empty. */
function addLines(app: App, path: string, lines: readonly string[]): Change {
	const before = app.read(path);
	const filled = (before ?? '').split(/\r?\n/).filter((line) => !/=\s*(?:""|'')?\s*$/.test(line));
	const present = filled.map(settingOf);
	const missing = lines.filter((line) => !present.includes(settingOf(line)));
	if (missing.length === 0) return { action: 'keep', path, text: '' };
	const text = `${missing.join('\n')}\n`;
	if (before === null) return { action: 'create', path, text };
	const gap = before === '' || before.endsWith('\n') ? '' : '\n';
	return { action: 'append to', path, text: gap + text };
}

const settingOf = (line: string): string => line.trim().replace(/=.*$/, '');
