/** An app with passwords alone loads nothing of @auth/core; another one, when a provider is used. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startOidcProvider } from '../../scripts/oidc-provider.js';
import { createAgent } from '../support/agent.js';
import { startPreview } from '../support/preview.js';

const hook = pathToFileURL(resolve(import.meta.dirname, '../support/module-log.js')).href;
let folder: string;
let provider: Awaited<ReturnType<typeof startOidcProvider>>;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'svelte-guardian-'));
	provider = await startOidcProvider({ appUrl: 'http://localhost' });
});

afterAll(async () => {
	await provider.stop();
	await rm(folder, { recursive: true, force: true });
});

/** Serves the built playground and keeps a list of what its process loads. */
async function serve(name: string, env: Record<string, string>) {
	const log = join(folder, name);
	await writeFile(log, '');
	const app = await startPreview({
		env: { ...env, MODULE_LOG: log, NODE_OPTIONS: `--import=${hook}` }
	});
	onTestFinished(() => app.stop());
	return {
		...app,
		/** What was loaded so far of what only providers need. */
		async loaded(): Promise<string[]> {
			const lines = (await readFile(log, 'utf8')).split('\n');
			expect(lines).toContainEqual(
				expect.stringMatching(/\/output\/server\/entries\/hooks\.server\.js$/)
			);
			return lines.filter((line) =>
				/ holds @auth\/core$|\/node_modules\/(?:@auth|jose)\//.test(line)
			);
		}
	};
}

test('with passwords alone, whatever is done', async () => {
	const app = await serve('passwords', {});
	const agent = createAgent();
	const person = { email: 'ada@example.org', password: 'correct horse battery' };
	await agent.get(`${app.url}/signin`);
	await agent.post(`${app.url}/auth/signup`, person);
	await agent.get(`${app.url}/dashboard`);
	await agent.post(`${app.url}/auth/signout`);
	await agent.post(`${app.url}/auth/signin/password`, person);
	const { text } = await agent.get(`${app.url}/auth/session`);
	await agent.post(`${app.url}/auth/signin/openid`);
	const loaded = await app.loaded();

	expect(text).toContain(person.email);
	expect(loaded).toEqual([]);
});

test('with a provider, not before somebody signs in there', async () => {
	const app = await serve('providers', provider.env);
	const agent = createAgent();
	await agent.get(`${app.url}/signin`);
	await agent.post(`${app.url}/auth/signup`, {
		email: 'bob@example.org',
		password: 'correct horse battery'
	});
	await agent.post(`${app.url}/auth/signout`);
	const before = await app.loaded();
	const { location } = await agent.post(`${app.url}/auth/signin/openid`);
	const after = await app.loaded();

	expect(before).toEqual([]);
	expect(location).toMatch(provider.issuer);
	expect(after).toContainEqual(expect.stringMatching(/ holds @auth\/core$/));
});
