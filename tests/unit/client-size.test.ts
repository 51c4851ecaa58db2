import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bundle } from '../support/bundle.js';

const client = resolve(import.meta.dirname, '../../src/client/index.ts');

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
