import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { launchOptions } from './scripts/browser.js';

/** Outside of an app there is no `$app`: small fakes stand in, which the tests can steer. */
const alias = Object.fromEntries(
	['navigation', 'paths', 'server', 'state'].map((name) => [
		`$app/${name}`,
		fileURLToPath(new URL(`tests/unit/app/${name}.ts`, import.meta.url))
	])
);

export default defineConfig({
	test: {
		allowOnly: false,
		// What the server logs belongs to the tests that fail.
		silent: 'passed-only',
		projects: [
			{
				plugins: [svelte()],
				resolve: { alias },
				test: { name: 'unit', include: ['tests/unit/**/*.test.ts'] }
			},
			{
				plugins: [svelte()],
				resolve: { alias },
				test: { name: 'docs', include: ['tests/docs/**/*.test.ts'] }
			},
			{
				test: { name: 'stores', include: ['tests/stores/**/*.test.ts'] }
			},
			{
				plugins: [svelte()],
				resolve: { alias },
				test: {
					name: 'components',
					include: ['tests/components/**/*.test.ts'],
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({ launchOptions: launchOptions() }),
						instances: [{ browser: 'chromium' }]
					}
				}
			},
			{
				test: {
					name: 'package',
					include: ['tests/package/**/*.test.ts'],
					globalSetup: 'tests/package/support/tarball.ts'
				}
			},
			{
				test: {
					name: 'kit',
					include: ['tests/kit/**/*.test.ts'],
					globalSetup: 'tests/support/build-test-app.ts',
					// The builds run as Node runs them, not through Vite.
					server: { deps: { external: [/\/(?:playground|tests\/app)\/build/] } }
				}
			}
		]
	}
});
