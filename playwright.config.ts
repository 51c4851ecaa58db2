import process from 'node:process';
import { defineConfig } from '@playwright/test';
import { launchOptions } from './scripts/browser.js';

export default defineConfig({
	testDir: 'tests/e2e',
	forbidOnly: Boolean(process.env.CI),
	workers: 2,
	reporter: 'list',
	use: {
		browserName: 'chromium',
		launchOptions: launchOptions(),
		trace: 'retain-on-failure'
	}
});
