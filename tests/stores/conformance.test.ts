/** Both stores keep the whole contract. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, it } from 'vitest';
import { memory } from '../../src/stores/memory.js';
import { sqlite } from '../../src/stores/sqlite.js';
import { storeConformance } from '../../src/testing/index.js';

const folder = mkdtempSync(join(tmpdir(), 'svelte-guardian-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;

describe.each([
	['memory()', () => memory()],
	['sqlite(), a file', () => sqlite(join(folder, `${++files}.db`))],
	['sqlite(), in memory', () => sqlite(':memory:')],
	['sqlite(), a database of the app', () => sqlite(new DatabaseSync(':memory:'))],
	[
		'sqlite(), a database of the app without foreign keys',
		() => sqlite(new DatabaseSync(':memory:', { enableForeignKeyConstraints: false }))
	]
])('%s', { timeout: 20_000 }, (_, makeDatabase) => {
	it.concurrent.each(storeConformance)('$name', ({ run }) => run(makeDatabase));
});
