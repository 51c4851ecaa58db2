/** `DATABASE_URL` is `file:…` or `memory:`; without it, a file inside the playground. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { building } from '$app/env';
import { memory } from 'svelte-guardian/memory';
import { sqlite } from 'svelte-guardian/sqlite';

const url = process.env['DATABASE_URL'] ?? 'file:.data/playground.db';

export const database = url === 'memory:' ? memory() : sqlite(inFolder(filePath(url)));

function filePath(url: string): string {
	if (!url.startsWith('file:')) {
		throw new Error(`DATABASE_URL is ${url}. Write file:… or memory: instead.`);
	}
	return url.startsWith('file://')
		? fileURLToPath(url)
		: resolve(playgroundFolder(), url.slice('file:'.length));
}

/** SQLite makes the file but not its folder. A build evaluates this module and needs neither. */
function inFolder(path: string): string {
	if (!building) mkdirSync(dirname(path), { recursive: true });
	return path;
}

/** The server runs from src in dev and from a build folder otherwise, and in any directory. */
function playgroundFolder(): string {
	let folder = import.meta.dirname;
	while (!existsSync(join(folder, 'vite.config.ts'))) {
		const parent = dirname(folder);
		if (parent === folder) return process.cwd();
		folder = parent;
	}
	return folder;
}
