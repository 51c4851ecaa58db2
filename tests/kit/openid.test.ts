/** Sign-in with a real OpenID provider, on the built playground. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startOidcProvider } from '../../scripts/oidc-provider.js';
import { createAgent, type Agent, type Answer } from '../support/agent.js';
import { throughProvider } from '../support/at-provider.js';
import { freePort } from '../support/free-port.js';
import { startPreview, type Preview } from '../support/preview.js';

let app: Preview;
let provider: Awaited<ReturnType<typeof startOidcProvider>>;

beforeAll(async () => {
	const port = await freePort();
	provider = await startOidcProvider({ appUrl: `http://localhost:${port}` });
	app = await startPreview({ port, env: provider.env });
});

afterAll(async () => {
	await app.stop();
	await provider.stop();
});

interface Session {
	id: string;
	provider: string;
	user: { id: string; email: string; emailVerified: boolean };
}

async function session(agent: Agent): Promise<Session | null> {
	const answer = await agent.get(`${app.url}/auth/session`);
	return (JSON.parse(answer.text) as { session: Session | null }).session;
}

const start = (agent: Agent, fields: Record<string, string> = {}, path = 'signin') =>
	agent.post(`${app.url}/auth/${path}/openid`, fields);

const through = (agent: Agent, { location = '' }: Answer, login: string | null) =>
	throughProvider(location, login, agent);

/** Up to the callback, which is left to the test. */
async function callbackOf(agent: Agent, login: string, fields?: Record<string, string>) {
	return through(agent, await start(agent, fields), login);
}

async function signIn(agent: Agent, login: string, fields?: Record<string, string>) {
	return agent.get(await callbackOf(agent, login, fields));
}

async function signUpWithPassword(agent: Agent, email: string) {
	const answer = await agent.post(`${app.url}/auth/signup`, {
		email,
		password: 'correct horse battery'
	});
	expect(answer.status).toBe(303);
}

describe('a sign-in with OpenID', () => {
	test('makes a user the first time and finds the same one again', async () => {
		const first = createAgent();
		const answer = await signIn(first, 'ada', { callbackUrl: '/account' });
		expect(answer).toMatchObject({ status: 303, location: `${app.url}/account` });
		const ada = await session(first);
		expect(ada).toMatchObject({
			provider: 'openid',
			user: { email: 'ada@idp.example', emailVerified: true }
		});

		const elsewhere = createAgent();
		await signIn(elsewhere, 'ada');
		expect((await session(elsewhere))?.user.id).toBe(ada?.user.id);
	});

	test('ends the session that was there, and leaves no cookie of its own behind', async () => {
		const agent = createAgent();
		await signIn(agent, 'bob');
		const before = agent.cookies(app.url).get('guardian.session') ?? '';
		await signIn(agent, 'bob');

		expect([...agent.cookies(app.url).keys()]).toEqual(['guardian.session']);
		const thief = createAgent();
		thief.cookies(app.url).set('guardian.session', before);
		expect(await session(thief)).toBeNull();
		expect(await session(agent)).not.toBeNull();
	});

	test('that was cancelled leads back, without a word of the provider', async () => {
		const agent = createAgent();
		const begun = await start(agent, { callbackUrl: '/account' });
		const back = await agent.get(await through(agent, begun, null));

		expect(back.location).toBe(
			`${app.url}/signin?error=access_denied&callbackUrl=${encodeURIComponent('/account')}`
		);
		expect(await session(agent)).toBeNull();
	});

	test('whose e-mail somebody has already is refused, and links nothing', async () => {
		const owner = createAgent();
		await signUpWithPassword(owner, 'carol@idp.example');
		const agent = createAgent();

		const answer = await signIn(agent, 'carol');

		expect(answer.location).toMatch(/\/signin\?error=email_taken/);
		expect(await session(agent)).toBeNull();
	});

	test('passes on what is allowed, and nothing else', async () => {
		const { location } = await start(createAgent(), {
			prompt: 'login',
			login_hint: 'ada',
			scope: 'everything',
			redirect_uri: 'https://evil.example',
			callbackUrl: 'https://evil.example'
		});
		const { searchParams } = new URL(location ?? '');

		expect(searchParams.get('prompt')).toBe('login');
		expect(searchParams.get('login_hint')).toBe('ada');
		expect(searchParams.get('scope')).not.toContain('everything');
		expect(searchParams.get('redirect_uri')).toBe(`${app.url}/auth/callback/openid`);
		for (const check of ['state', 'nonce', 'code_challenge']) {
			expect(searchParams.get(check), check).not.toBeNull();
		}
	});
});

describe('a callback', () => {
	const refused = '/signin?error=callback_invalid';

	test('with another state signs nobody in', async () => {
		const agent = createAgent();
		const url = new URL(await callbackOf(agent, 'dave'));
		url.searchParams.set('state', 'another');

		expect((await agent.get(url.href)).location).toContain(refused);
		expect(await session(agent)).toBeNull();
	});

	test('counts once, even with the cookies it came with', async () => {
		const agent = createAgent();
		const url = await callbackOf(agent, 'erin');
		const kept = new Map(agent.cookies(app.url));
		await agent.get(url);
		const thief = createAgent();
		for (const [name, value] of kept) thief.cookies(app.url).set(name, value);

		expect((await thief.get(url)).location).toContain(refused);
		expect(await session(thief)).toBeNull();
	});

	test('that began in another browser signs nobody in', async () => {
		const url = await callbackOf(createAgent(), 'frank');
		const other = createAgent();

		expect((await other.get(url)).location).toContain(refused);
		expect(await session(other)).toBeNull();
	});

	test('that nobody asked for signs nobody in', async () => {
		const agent = createAgent();

		const answer = await agent.get(`${app.url}/auth/callback/openid?code=x&state=y`);

		expect(answer.location).toContain(refused);
	});
});

describe('linking', () => {
	test('adds a way in, which finds the same user', async () => {
		const agent = createAgent();
		await signUpWithPassword(agent, 'grace@example.org');
		const grace = await session(agent);
		const begun = await start(agent, { callbackUrl: '/account' }, 'link');
		const answer = await agent.get(await through(agent, begun, 'grace-at-idp'));
		expect(answer.location).toBe(`${app.url}/account`);
		expect((await session(agent))?.id).toBe(grace?.id);

		const elsewhere = createAgent();
		await signIn(elsewhere, 'grace-at-idp');
		expect((await session(elsewhere))?.user.id).toBe(grace?.user.id);

		const unlinked = await start(agent, { callbackUrl: '/account' }, 'unlink');
		expect(unlinked.location).toBe(`${app.url}/account`);
		const again = createAgent();
		await signIn(again, 'grace-at-idp');
		expect((await session(again))?.user.id).not.toBe(grace?.user.id);
	});

	test('takes nothing from somebody else', async () => {
		const owner = createAgent();
		await signIn(owner, 'heidi');
		const agent = createAgent();
		await signUpWithPassword(agent, 'ivan@example.org');
		const begun = await start(agent, { callbackUrl: '/account' }, 'link');

		const answer = await agent.get(await through(agent, begun, 'heidi'));

		expect(answer.location).toBe(`${app.url}/account?error=identity_taken`);
	});

	test('without the session that began it is a sign-in of its own', async () => {
		const agent = createAgent();
		await signUpWithPassword(agent, 'judy@example.org');
		const judy = await session(agent);
		const begun = await start(agent, {}, 'link');
		const url = await through(agent, begun, 'judy-at-idp');
		agent.cookies(app.url).delete('guardian.session');

		await agent.get(url);

		expect((await session(agent))?.user.id).not.toBe(judy?.user.id);
	});

	test('needs somebody who is signed in', async () => {
		const answer = await start(createAgent(), { callbackUrl: '/account' }, 'link');

		expect(answer.location).toMatch(/\/signin\?error=no_session&callbackUrl=%2Faccount/);
	});

	test('the last way in stays', async () => {
		const agent = createAgent();
		await signIn(agent, 'kim');

		const answer = await start(agent, { callbackUrl: '/account' }, 'unlink');

		expect(answer.location).toBe(`${app.url}/account?error=last_way_in`);
	});
});
