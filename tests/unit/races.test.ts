/** What comes too late: the store is held up at just the wrong moment. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { guardianAuth, type Guardian } from '../../src/guardian.js';
import type { Database } from '../../src/stores/contract.js';
import type { GuardianRequestEvent } from '../../src/types.js';
import { password } from '../../src/users/password-provider.js';
import { stores } from './sessions/support.js';

const ORIGIN = 'http://localhost';
const EMAIL = 'ada@example.org';
const PASSWORD = 'many small brown boats';

// A sign-in that fails is logged.
beforeEach(() => {
	vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

/** A point that the store reaches and does not pass until it is told to. */
function createGate() {
	const reached = Promise.withResolvers<undefined>();
	const opened = Promise.withResolvers<undefined>();
	let closed = false;
	return {
		close: () => void (closed = true),
		reached: reached.promise,
		open: () => opened.resolve(undefined),
		async pass(): Promise<void> {
			if (!closed) return;
			closed = false;
			reached.resolve(undefined);
			await opened.promise;
		}
	};
}

/** The store with a gate before a session is stored or touched, and after a row was read. */
function gated({ sessions, users, ...rest }: Database) {
	const gates = {
		insert: createGate(),
		touch: createGate(),
		read: createGate(),
		byEmail: createGate()
	};
	const database: Database = {
		...rest,
		sessions: {
			...sessions,
			async insert(...args) {
				await gates.insert.pass();
				return sessions.insert(...args);
			},
			async touch(...args) {
				await gates.touch.pass();
				return sessions.touch(...args);
			},
			async read(id) {
				const found = await sessions.read(id);
				await gates.read.pass();
				return found;
			}
		},
		users: {
			...users,
			async byEmail(email) {
				const found = await users.byEmail(email);
				await gates.byEmail.pass();
				return found;
			}
		}
	};
	return { database, gates };
}

/** An app with Ada signed in on a device. */
async function withAda(create: () => Database) {
	const { database, gates } = gated(create());
	const env = { AUTH_SECRET: 'a secret of the tests that is long enough' };
	const guardian = guardianAuth({ database, providers: [password()], env });
	const { id } = await guardian.users.create({ email: EMAIL, password: PASSWORD });

	async function send(path: string, { body, token }: { body?: object; token?: string } = {}) {
		const cookie = token === undefined ? {} : { cookie: `guardian.session=${token}` };
		const request = new Request(ORIGIN + path, {
			headers: { origin: ORIGIN, 'content-type': 'application/json', ...cookie },
			...(body && { method: 'POST', body: JSON.stringify(body) })
		});
		const response = await respond(guardian, request);
		const [, given] =
			/guardian\.session=([^;]+)/.exec(response.headers.get('set-cookie') ?? '') ?? [];
		return { status: response.status, body: await response.json(), token: given };
	}

	const signIn = (secret = PASSWORD) =>
		send('/auth/signin/password', { body: { email: EMAIL, password: secret } });
	const { token = '' } = await signIn();
	return {
		...guardian,
		gates,
		id,
		token,
		send,
		signIn,
		signOut: (options: object) => send('/auth/signout', { body: options, token }),
		left: async () => (await database.sessions.list(id, { createdAfter: 0, activeAfter: 0 })).length
	};
}

type Parts = Awaited<ReturnType<typeof withAda>>;

/** Has the hook answer as SvelteKit would, with `locals.auth()` as the app's whole page. */
function respond({ handle }: Guardian, request: Request): Promise<Response> {
	const event: GuardianRequestEvent & { locals: { auth?: Guardian['auth'] } } = {
		request,
		url: new URL(request.url),
		cookies: {
			get: () => undefined,
			set() {
				throw new Error('A page set a cookie.');
			},
			serialize: (name, value) => `${name}=${value}; Path=/`
		},
		locals: {},
		route: { id: null },
		isDataRequest: false,
		getClientAddress: () => '203.0.113.7'
	};
	const page = async () => Response.json({ session: (await event.locals.auth?.()) ?? null });
	return handle({ event, resolve: page });
}

describe.each(stores)('with the %s store', (_, create) => {
	const all: [what: string, end: (parts: Parts) => Promise<unknown>, left: number][] = [
		['signing out everywhere', ({ signOut }) => signOut({ scope: 'all' }), 0],
		['signing out everywhere else', ({ signOut }) => signOut({ scope: 'others' }), 1],
		['revokeAll', ({ sessions, id }) => sessions.revokeAll(id), 0],
		['a new password', ({ users, id }) => users.setPassword(id, `${PASSWORD}, sold`), 0],
		['disabling the user', ({ users, id }) => users.disable(id), 0],
		['deleting the user', ({ users, id }) => users.delete(id), 0]
	];

	test.each(all)(
		'%s ends a sign-in that has authenticated but is not stored',
		async (_, end, left) => {
			const parts = await withAda(create);
			parts.gates.insert.close();
			const onItsWay = parts.signIn();
			await parts.gates.insert.reached;

			expect(await end(parts)).not.toMatchObject({ ok: false });
			parts.gates.insert.open();

			expect(await onItsWay).toMatchObject({
				status: 503,
				body: { code: 'busy' },
				token: undefined
			});
			expect(await parts.left()).toBe(left);
		}
	);

	test.each(all)(
		'%s ends a sign-in whose password is still being checked',
		async (_, end, left) => {
			const parts = await withAda(create);
			parts.gates.byEmail.close();
			const onItsWay = parts.signIn();
			await parts.gates.byEmail.reached;

			expect(await end(parts)).not.toMatchObject({ ok: false });
			parts.gates.byEmail.open();

			expect(await onItsWay).toMatchObject({
				status: 503,
				body: { code: 'busy' },
				token: undefined
			});
			expect(await parts.left()).toBe(left);
		}
	);

	test('after a new password the old one is wrong and the new one opens', async () => {
		const { users, id, signIn, left } = await withAda(create);
		await users.setPassword(id, `${PASSWORD}, sold`);
		expect(await signIn()).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
		expect(await signIn(`${PASSWORD}, sold`)).toMatchObject({ status: 200 });
		expect(await left()).toBe(1);
	});

	test('activity that is written after the sign-out brings nothing back', async () => {
		const { gates, send, signOut, token, left } = await withAda(create);
		const later = Date.now() + 10 * 60 * 1000;
		vi.spyOn(Date, 'now').mockReturnValue(later);
		gates.touch.close();
		const page = send('/', { token });
		await gates.touch.reached;

		expect(await signOut({})).toMatchObject({ body: { ok: true, revoked: 1 } });
		gates.touch.open();

		expect(await page).toMatchObject({ body: { session: null }, token: undefined });
		expect(await left()).toBe(0);
		expect(await send('/auth/session', { token })).toMatchObject({ body: { session: null } });
	});

	test('a session that was read before the sign-out is not answered after it', async () => {
		const { gates, send, signOut, token } = await withAda(create);
		gates.read.close();
		const reading = send('/auth/session', { token });
		await gates.read.reached;

		expect(await signOut({})).toMatchObject({ body: { ok: true, revoked: 1 } });
		gates.read.open();

		expect(await reading).toMatchObject({ status: 200, body: { session: null } });
	});

	test('of ten sign-ins at once none survives the end of all', async () => {
		const { signIn, sessions, id, left } = await withAda(create);
		const answers = await Promise.all(Array.from({ length: 10 }, () => signIn()));
		expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
		expect(await left()).toBe(11);
		expect(await sessions.revokeAll(id)).toMatchObject({ ok: true, revoked: 11 });
		expect(await left()).toBe(0);
	});
});
