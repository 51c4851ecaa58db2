/** Looks at the app that `init` is called in. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface App {
	readonly folder: string;
	/** Major version of SvelteKit. */
	readonly kit: 2 | 3;
	readonly typescript: boolean;
	/** Whether svelte-guardian is among its dependencies. */
	readonly installed: boolean;
	/** The text of a file; `null` when there is none. */
	read(path: string): string | null;
}

/** The app in a folder; a sentence when there is none that `init` could work on. */
export function inspectApp(folder: string): App | string {
	const read = (path: string): string | null => {
		const file = join(folder, path);
		return existsSync(file) ? readFileSync(file, 'utf8') : null;
	};
	const text = read('package.json');
	if (text === null)
		return 'There is no package.json here. Go to the folder of your SvelteKit app.';
	const manifest = parse(text);
	if (manifest === null) return 'The package.json here cannot be read.';
	const packages = { ...record(manifest['devDependencies']), ...record(manifest['dependencies']) };
	const version = packages['@sveltejs/kit'];
	if (typeof version !== 'string') {
		return 'This is no SvelteKit app: @sveltejs/kit is not among its dependencies. Make one with: npx sv create';
	}
	const kit = /^\D*2(?:\D|$)/.test(version) ? 2 : 3;
	return {
		folder,
		kit,
		typescript: read('tsconfig.json') !== null,
		installed: 'svelte-guardian' in packages,
		read
	};
}

function parse(text: string): Record<string, unknown> | null {
	try {
		return record(JSON.parse(text));
	} catch {
		return null;
	}
}

const record = (value: unknown): Record<string, unknown> =>
	typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
