import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { describe, expect, test } from 'vitest';

const client = resolve(import.meta.dirname, '../../src/client/index.ts');

/** What an app's own build makes of that code, without SvelteKit's part. */
async function bundle(code: string): Promise<string> {
	const entry = 'virtual:app';
	const result = await build({
		configFile: false,
		logLevel: 'silent',
		plugins: [
			{
				name: 'app',
				resolveId: (id) => (id === entry ? entry : null),
				load: (id) => (id === entry ? code : null)
			}
		],
		build: {
			write: false,
			rolldownOptions: { input: entry, external: /^\$app\//, preserveEntrySignatures: 'strict' }
		}
	});
	if (!('output' in result)) throw new Error('One build was expected.');
	return result.output[0].code;
}

describe('svelte-guardian/client in an app', () => {
	test('signOut weighs no more than 600 bytes', async () => {
		const code = await bundle(`export { signOut } from ${JSON.stringify(client)};`);

		expect(code).toContain('/auth/');
		expect(gzipSync(code).byteLength).toBeLessThanOrEqual(600);
	});

	test('signOut brings nothing of the others along', async () => {
		const code = await bundle(`export { signOut } from ${JSON.stringify(client)};`);

		expect(code).not.toMatch(/signin|signup|Date|extends Error/);
	});

	test('what is imported and not used leaves nothing behind', async () => {
		const code = await bundle(`import ${JSON.stringify(client)}; export const app = 'app';`);

		expect(code).not.toMatch(/auth|fetch|addEventListener|class/);
	});
});
