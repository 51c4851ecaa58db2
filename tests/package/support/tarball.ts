/** Packs the package as it would be published, once for all tests of it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { root, run } from './run.js';

declare module 'vitest' {
	interface ProvidedContext {
		/** The path of what `npm publish` would upload. */
		tarball: string;
	}
}

export default async function packOnce(project: TestProject): Promise<() => Promise<void>> {
	const folder = await mkdtemp(join(tmpdir(), 'svelte-guardian-'));
	const options = ['--json', '--ignore-scripts', '--pack-destination', folder];
	const [packed] = JSON.parse(await run('npm', ['pack', ...options], root));
	project.provide('tarball', join(folder, packed.filename));
	return () => rm(folder, { recursive: true });
}
