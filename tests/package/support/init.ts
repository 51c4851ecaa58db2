/** Lets `npx svelte-guardian init` set an app up, as somebody at a terminal would. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { App } from './fresh-app.js';
import { addWaysOut } from './readme.js';

const init = (app: App, ...options: string[]) => app.npx('svelte-guardian', 'init', ...options);

/** What is in an app, but for what is installed or built. */
async function filesOf(app: App): Promise<Map<string, string>> {
	const entries = await readdir(app.folder, { recursive: true, withFileTypes: true });
	const files = new Map<string, string>();
	for (const entry of entries) {
		const path = join(entry.parentPath, entry.name).slice(app.folder.length + 1);
		if (entry.isFile() && !/^(?:node_modules|\.svelte-kit)\//.test(path)) {
			files.set(path, await app.read(path));
		}
	}
	return files;
}

/** Sets the app up; nothing of what was there is lost, and nothing is done before it is asked for. */
export async function setUpByInit(app: App): Promise<void> {
	const before = await filesOf(app);
	await expect(init(app)).rejects.toThrow('There is nobody to ask. Add --yes to go ahead.');
	const preview = await init(app, '--dry-run');
	expect(await filesOf(app)).toEqual(before);

	await init(app, '--yes');
	const after = await filesOf(app);
	const added = [...after.keys()].filter((path) => !before.has(path));
	expect(added).not.toEqual([]);
	for (const path of added) expect(preview).toContain(`create     ${path}\n`);
	for (const [path, text] of before) expect(after.get(path)?.startsWith(text)).toBe(true);

	const again = await init(app, '--yes');
	expect(again).not.toMatch(/^(?:create|append to)/m);
	expect(await filesOf(app)).toEqual(after);
	await addWaysOut(app);
}
