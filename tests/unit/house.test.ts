import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf, readSources } from './house/imports.js';
import { objection, roomOf, rooms } from './house/rules.js';

const root = resolve(import.meta.dirname, '../..');
const sources = readSources(resolve(root, 'src'));

const objections = (file: string, text: string) =>
	importsOf(file, text)
		.map(objection)
		.filter((problem) => problem !== null);

describe('the house', () => {
	test('no room imports what the rules forbid', () => {
		const problems = [...sources].flatMap(([file, text]) => objections(file, text));

		expect(problems).toEqual([]);
	});

	test('every file is in a room', () => {
		const homeless = [...sources.keys()].filter((file) => !rooms.includes(roomOf(file)));

		expect(homeless).toEqual([]);
	});

	test('CONTRIBUTING.md has one line for every room, and none for a room that is not', () => {
		const text = readFileSync(resolve(root, 'CONTRIBUTING.md'), 'utf8');
		const house = text.split('## The house')[1]?.split('\n## ')[0] ?? '';
		const table = house.split('\n').flatMap((line) => /^\| `(.+?)`/.exec(line)?.[1] ?? []);

		expect(table.toSorted()).toEqual(rooms.toSorted());
	});
});

describe('the import rule', () => {
	test.each([
		['sessions/a.ts', "import { a } from '../users/users.js';", 'sessions is not above users'],
		['users/a.ts', "import type { A } from '../sign-in/a.js';", 'users is not above sign-in'],
		['sign-in/a.ts', "import { a } from '../sign-out/a.js';", 'sign-in is not above sign-out'],
		['sign-out/a.ts', "export * from '../sign-in/a.js';", 'sign-out is not above sign-in'],
		['stores/a.ts', "export { a } from '../bus/a.js';", 'stores is not above bus'],
		['bus/a.ts', "import type { A } from '../stores/memory.js';", 'bus is not above stores'],
		['errors.ts', "import { a } from './users/a.js';", 'the ground floor takes types only'],
		['testing/a.ts', "import { a } from '../users/a.js';", 'testing knows the stores alone'],
		['kit/a.ts', "import { a } from '../testing/a.js';", 'testing is for those outside'],
		['client/a.ts', "import { a } from '../errors.js';", 'types only from the server'],
		['client/a.ts', "import { a, type B } from '../types.js';", 'types only from the server'],
		['client/a.ts', "import { readFileSync } from 'node:fs';", 'a browser has no Node'],
		['users/a.ts', "import { redirect } from '@sveltejs/kit';", 'only kit may'],
		['users/a.ts', "let a: import('@sveltejs/kit').RequestEvent;", 'only kit may'],
		['sign-out/a.ts', "await import('$app/server');", 'only kit may'],
		['client/a.ts', "import { getRequestEvent } from '$app/server';", 'only kit may'],
		['sign-out/a.ts', "import { resolve } from '$app/paths';", 'only kit and client'],
		['users/a.ts', "import { Auth } from '@auth/core';", 'only sign-in may'],
		['users/a.ts', "import { Lucia } from 'lucia';", 'only sessions may'],
		['attic/a.ts', "import { a } from '../errors.js';", 'attic is no room']
	])('refuses %s: %s', (file, text, reason) => {
		expect(objections(file, `\n${text}`)).toEqual([
			expect.stringMatching(new RegExp(`^src/${file}:2 imports .*${reason}`))
		]);
	});

	test('refuses an import in a component, naming its line', () => {
		const component =
			'<p>text</p>\n\n<script lang="ts">\n\timport "../kit/handle.js";\n</script>\n';

		expect(objections('components/A.svelte', component)).toEqual([
			expect.stringMatching(/^src\/components\/A\.svelte:4 imports kit\/handle\.js: /)
		]);
	});

	test.each([
		['index.ts', "export { sqlite } from './stores/sqlite.js';"],
		['kit/a.ts', "import { redirect } from '@sveltejs/kit';"],
		['sign-out/a.ts', "import { a } from '../sessions/a.js';"],
		['sessions/a.ts', "import { Lucia } from 'lucia';"],
		['config.ts', "import type { Database } from './stores/contract.js';"],
		['bus/bus.ts', "import type { Ended } from '../stores/contract.js';"],
		['config.ts', "import type { Provider } from '@auth/core/providers';"],
		['components/a.ts', "import { signOut } from '../client/sign-out.js';"],
		['client/a.ts', "import { type Session } from '../types.js';"]
	])('allows %s: %s', (file, text) => {
		expect(objections(file, text)).toEqual([]);
	});
});
