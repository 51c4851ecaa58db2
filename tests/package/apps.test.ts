/** The package in apps of other people: installed, checked, built, served, and used. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signOutElsewhere, signOutInEveryWay, signUpAndIn } from './support/drive.js';
import { createApp, type App, type AppOptions, type Served } from './support/fresh-app.js';
import { addWaysOut, followReadme } from './support/readme.js';

const init = async (app: App) => {
	await app.npm('exec', 'svelte-guardian', '--', 'init', '--yes');
	await addWaysOut(app);
};

const apps: [string, AppOptions, (app: App) => Promise<void>][] = [
	['SvelteKit 3, by the README', { kit: 3, typescript: true }, followReadme],
	['SvelteKit 2, by the README', { kit: 2, typescript: true, base: '/app' }, followReadme],
	['SvelteKit 3, by init', { kit: 3, typescript: true, base: '/app' }, init],
	['SvelteKit 2, by init', { kit: 2, typescript: true }, init]
];

describe.each(apps)('%s', (_name, options, setUp) => {
	let app: App;

	beforeAll(async () => {
		app = await createApp(options);
		await setUp(app);
	}, 120_000);
	afterAll(() => app?.remove());

	test('has the right types', { timeout: 60_000 }, async () => {
		expect(await app.npm('run', 'check')).toContain('svelte-check found 0 errors and 0 warnings');
	});

	describe.each(['dev', 'build'] as const)('served from %s', (how) => {
		let served: Served;

		beforeAll(async () => {
			if (how === 'build') await app.npm('run', 'build');
			served = await app.serve(how);
		}, 60_000);
		afterAll(() => served?.stop());

		test('lets people sign up and in', { timeout: 60_000 }, () => signUpAndIn(served));
		test('lets them sign out in every way', { timeout: 60_000 }, () => signOutInEveryWay(served));
		test('ends their other sessions', { timeout: 60_000 }, () => signOutElsewhere(served));
	});
});
