/** Holds the documents to what the package does. Needs the package to be built. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { guardianAuth, type ErrorCode, type GuardianConfig } from '../../src/index.js';
import { isErrorCode, statusOf } from '../../src/errors.js';
import { memory } from '../../src/stores/memory.js';
import { password } from '../../src/users/password-provider.js';
import { compile } from './compile.js';
import { anchorsOf, relativeLinksOf } from './links.js';
import { snippetsOf, type Snippet } from './snippets.js';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const documents = new Map(
	globSync(['*.md', 'docs/*.md'], { cwd: root }).map((file) => [file, read(file)])
);
const sources = new Map(
	globSync('src/**/*.{ts,svelte}', { cwd: root }).map((file) => [file, read(file)])
);
const manifest: { scripts: Record<string, string>; peerDependencies: Record<string, string> } =
	JSON.parse(read('package.json'));

const all = [...documents, ...sources].flatMap(([file, text]) => snippetsOf(file, text));
const isCompiled = ({ language }: Snippet) => ['ts', 'js', 'svelte'].includes(language);

const broken = `
\`\`\`ts
import { guardianAuth } from 'svelte-guardian';
guardianAuth({ databse: 1 });
\`\`\`

\`\`\`svelte
<script lang="ts">
	import { SignOutButton } from 'svelte-guardian/components';
</script>

<SignOutButton scope="everyone" />
\`\`\`

\`\`\`ts
// src/routes/broken/+page.server.ts
import { signOut } from '#lib/server/auth.js';
import type { Actions } from './$types';

export const actions = { default: () => signOut({ scope: 'all', allSessions: true }) } satisfies Actions;
\`\`\`
`;

describe('the code in the documents and in doc comments', () => {
	test('compiles against the built package, and code that is broken does not', async () => {
		const problems = await compile([...all.filter(isCompiled), ...snippetsOf('broken.md', broken)]);

		expect(problems.toSorted()).toEqual([
			expect.stringMatching(/^broken\.md:12 .*everyone/),
			expect.stringMatching(/^broken\.md:20 .*allSessions/s),
			expect.stringMatching(/^broken\.md:4 .*databse/)
		]);
	}, 60_000);

	test('is in a language that is checked', () => {
		const unchecked = all.filter((snippet) => !isCompiled(snippet) && snippet.language !== 'sh');

		expect(unchecked.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
	});

	test('shows each file of the example app once', () => {
		const paths = all.flatMap(({ file, path }) => (file.endsWith('.md') ? (path ?? []) : []));

		expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
	});

	test.each([...sources].filter(([, text]) => /^\s*\* @example/m.test(text)))(
		'of %s follows each @example',
		(file, text) => {
			const examples = text.match(/^\s*\* @example/gm) ?? [];

			expect(snippetsOf(file, text)).toHaveLength(examples.length);
		}
	);
});

describe.each([...documents])('%s', (file, text) => {
	test('names only scripts that exist', () => {
		const named = [...text.matchAll(/\bnpm (?:run (?:-\w+ )*)?([\w:-]+)/g)].flatMap(
			([command, name = '']) => (/^npm (?:run|test|start)/.test(command) ? name : [])
		);

		expect(named.filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([]);
	});

	test('installs only what the package knows', () => {
		const installed = [...text.matchAll(/\bnpm (?:install|i) (?:-\w+ )*([@\w/-]+)/g)].map(
			([, name]) => name
		);
		const known = ['svelte-guardian', ...Object.keys(manifest.peerDependencies)];

		expect(installed.filter((name) => !known.includes(name ?? ''))).toEqual([]);
	});

	test('links to files and headings that exist', () => {
		const dead = relativeLinksOf(text).filter((link) => {
			const [path = '', anchor] = link.split('#');
			const target = path === '' ? file : join(dirname(file), path);
			if (!existsSync(join(root, target))) return true;
			return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
		});

		expect(dead).toEqual([]);
	});
});

describe('the tables of', () => {
	const config: GuardianConfig = { database: memory(), providers: [password()] };

	test('options name every option of guardianAuth', () => {
		const known = optionsIn(() => guardianAuth({ ...config, ...{ unknown: true } }));

		expect(topNames(column('docs/configuration.md', 'Options'))).toEqual(known);
	});

	test('options name every option of signOut', async () => {
		const { signOut } = guardianAuth(config);
		const known = await signOut({ ...{ unknown: true }, redirect: false }).catch(optionsOf);

		expect(column('README.md', 'What to end').toSorted()).toEqual(known);
	});

	test('codes name every code with its status', () => {
		const codes: Record<Exclude<ErrorCode, 'invalid_config'>, true> = {
			invalid_request: true,
			invalid_options: true,
			weak_password: true,
			invalid_credentials: true,
			no_session: true,
			forbidden: true,
			cross_site: true,
			email_taken: true,
			too_large: true,
			rate_limited: true,
			store_unavailable: true,
			partially_revoked: true,
			busy: true,
			callback_invalid: true,
			last_way_in: true,
			reauthentication_required: true,
			access_denied: true,
			identity_taken: true,
			provider_unavailable: true
		};
		const rows = [...section('docs/http.md', 'Codes').matchAll(/^\| `(\w+)` +\| (\d+)/gm)];
		const wrong = rows.filter(
			([, code, status]) => !isErrorCode(code) || statusOf(code) !== Number(status)
		);

		expect(rows.map(([, code]) => code).toSorted()).toEqual(Object.keys(codes).toSorted());
		expect(wrong).toEqual([]);
	});
});

/** The text below a heading. */
function section(file: string, heading: string): string {
	const text = documents.get(file) ?? '';
	const [, below] = text.split(new RegExp(`^#+ ${heading}$`, 'm'));
	if (below === undefined) throw new Error(`${file} has no heading “${heading}”.`);
	return below.split(/^#+ /m)[0] ?? '';
}

/** What stands in code in the first column of the table below a heading. */
const column = (file: string, heading: string): string[] =>
	[...section(file, heading).matchAll(/^\| `([\w.]+)`/gm)].map(([, name = '']) => name);

/** `session.maxAge` is part of `session`. */
const topNames = (names: string[]): string[] =>
	[...new Set(names.map((name) => name.split('.')[0] ?? ''))].toSorted();

function optionsIn(call: () => unknown): string[] {
	try {
		call();
	} catch (error) {
		return optionsOf(error);
	}
	return [];
}

/** The options that the error about an unknown one lists. */
const optionsOf = (error: unknown): string[] =>
	(/It takes: ([\w, ]+)/.exec(String(error))?.[1] ?? '').split(', ').toSorted();
