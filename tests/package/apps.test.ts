/** The package in apps of other people: installed, checked, built, served, and used. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	leaveForProvider,
	signOutElsewhere,
	signOutInEveryWay,
	signUpAndIn
} from './support/drive.js';
import { createApp, type App, type AppOptions, type Served } from './support/fresh-app.js';
import { setUpByInit } from './support/init.js';
import { addProvider, followReadme } from './support/readme.js';

interface Kind extends AppOptions {
	setUp(app: App): Promise<void>;
}

/** None has @auth/core but the one that signs in with a provider. */
const kinds: Record<string, Kind> = {
	'SvelteKit 3, by the README': { kit: 3, typescript: true, setUp: followReadme },
	'SvelteKit 2, by the README': { kit: 2, typescript: true, base: '/app', setUp: followReadme },
	'SvelteKit 3, by init': { kit: 3, typescript: true, base: '/app', setUp: setUpByInit },
	'SvelteKit 2, by init': { kit: 2, typescript: true, setUp: setUpByInit },
	'SvelteKit 3 in JavaScript, by init, with a provider': {
		kit: 3,
		typescript: false,
		packages: ['@auth/core@0.41.3'],
		async setUp(app) {
			await setUpByInit(app);
			await addProvider(app);
		}
	}
};

describe.each(Object.entries(kinds))('%s', (_name, { setUp, ...options }) => {
	let app: App;

	beforeAll(async () => {
		app = await createApp(options);
		await setUp(app);
	}, 120_000);
	afterAll(() => app.remove());

	if (options.typescript) {
		test('has the right types', { timeout: 60_000 }, async () => {
			expect(await app.npm('run', 'check')).toContain('svelte-check found 0 errors and 0 warnings');
		});
	}

	describe.each(['dev', 'build'] as const)('served from %s', (how) => {
		let served: Served;

		beforeAll(async () => {
			if (how === 'build') await app.npm('run', 'build');
			served = await app.serve(how);
		}, 60_000);
		afterAll(() => served.stop());

		test('lets people sign up and in', { timeout: 60_000 }, () => signUpAndIn(served));
		test('lets them sign out in every way', { timeout: 60_000 }, () => signOutInEveryWay(served));
		test('ends their other sessions', { timeout: 60_000 }, () => signOutElsewhere(served));
		if (options.packages) test('leads to the provider', () => leaveForProvider(served));
	});
});
