import { afterEach, describe, expect, test, vi } from 'vitest';
import { isLoopback, readConfig, type GuardianConfig } from '../../src/config.js';
import { GuardianError } from '../../src/errors.js';
import { memory } from '../../src/stores/memory.js';
import { password } from '../../src/users/password-provider.js';

const right: GuardianConfig = { database: memory(), providers: [password()] };
const SECRET = 'a secret of at least thirty-two bytes';

const DAY = 24 * 60 * 60 * 1000;

/** Options as plain JavaScript might give them. */
function readWith(options: Record<string, unknown>) {
	return readConfig({ ...right, ...options });
}

function errorOf(call: () => unknown): GuardianError {
	try {
		call();
	} catch (error) {
		if (error instanceof GuardianError) return error;
		throw error;
	}
	throw new Error('Nothing was thrown.');
}

test('a database and a provider are enough', () => {
	const settings = readConfig(right);
	expect(settings).toMatchObject({
		maxAge: 30 * DAY,
		idleTimeout: 7 * DAY,
		pages: { signIn: '/auth/signin', signUp: '/auth/signup', signedOut: '/' },
		events: {},
		redirectOrigins: [],
		insecureHttp: false,
		mayEndSessionsOf: undefined,
		legacyCookies: []
	});
});

test('what is given is used', () => {
	const events = { afterSignOut() {} };
	const mayEndSessionsOf = () => true;
	const settings = readWith({
		session: { maxAge: 60, idleTimeout: 30 },
		pages: { signIn: '/login', signedOut: '/bye?from=app' },
		events,
		redirectOrigins: ['https://app.example', 'http://localhost:5173'],
		insecureHttp: true,
		mayEndSessionsOf,
		legacyCookies: ['authjs.session-token']
	});
	expect(settings).toMatchObject({
		maxAge: 60_000,
		idleTimeout: 30_000,
		pages: { signIn: '/login', signUp: '/auth/signup', signedOut: '/bye?from=app' },
		events,
		redirectOrigins: ['https://app.example', 'http://localhost:5173'],
		insecureHttp: true,
		mayEndSessionsOf,
		legacyCookies: ['authjs.session-token']
	});
});

/** The option, what is wrong with it, what the message says it is, and the line to write. */
const wrong: [option: string, options: Record<string, unknown>, given: string, line: string][] = [
	['database', { database: undefined }, 'missing', "database: sqlite('guardian.db')"],
	['database', { database: 'guardian.db' }, '"guardian.db"', "database: sqlite('guardian.db')"],
	['database', { database: { users: {} } }, 'an object', "database: sqlite('guardian.db')"],
	['database', { database: null }, 'null', "database: sqlite('guardian.db')"],
	['providers', { providers: undefined }, 'missing', 'providers: [password()]'],
	['providers', { providers: [] }, 'an empty list', 'providers: [password()]'],
	['providers', { providers: password() }, 'an object', 'providers: [password()]'],
	['providers[0]', { providers: [password] }, 'a function', 'providers: [password()]'],
	['providers[0]', { providers: ['password'] }, '"password"', 'providers: [password()]'],
	['providers[1]', { providers: [password(), password()] }, 'an object', 'providers: [password()]'],
	['session', { session: 3600 }, '3600', 'session: { maxAge, idleTimeout }'],
	['session', { session: [] }, 'an empty list', 'session: { maxAge, idleTimeout }'],
	...[-1, 1.5, 0, NaN, Infinity, 2 ** 53, true].map((value): (typeof wrong)[number] => [
		'session.maxAge',
		{ session: { maxAge: value } },
		String(value),
		'session: { maxAge: 2592000 } (seconds)'
	]),
	[
		'session.idleTimeout',
		{ session: { idleTimeout: '1h' } },
		'"1h"',
		'session: { idleTimeout: 604800 } (seconds)'
	],
	['pages', { pages: '/login' }, '"/login"', 'pages: { signIn, signUp, signedOut }'],
	['pages.signIn', { pages: { signIn: 'login' } }, '"login"', "pages: { signIn: '/signin' }"],
	['pages.signUp', { pages: { signUp: 7 } }, '7', "pages: { signUp: '/signup' }"],
	...['//evil.example', '/\\evil.example', 'https://evil.example/', '/a b', ''].map(
		(value): (typeof wrong)[number] => [
			'pages.signedOut',
			{ pages: { signedOut: value } },
			JSON.stringify(value),
			"pages: { signedOut: '/signedout' }"
		]
	),
	[
		'events',
		{ events: () => {} },
		'a function',
		'events: { afterSignIn, afterSignUp, afterSignOut }'
	],
	[
		'events.afterSignOut',
		{ events: { afterSignOut: true } },
		'true',
		'events: { afterSignOut({ user }) {} }'
	],
	[
		'mayEndSessionsOf',
		{ mayEndSessionsOf: true },
		'true',
		"mayEndSessionsOf: ({ session }) => session?.user.data.role === 'admin'"
	],
	['insecureHttp', { insecureHttp: 'true' }, '"true"', 'insecureHttp: true'],
	['insecureHttp', { insecureHttp: 1 }, '1', 'insecureHttp: true'],
	...[
		'https://app.example/',
		'https://app.example/path',
		'https://*.example',
		'*',
		'null',
		'http://app.example',
		'app.example',
		'https://user@app.example',
		'https://APP.example',
		'ftp://app.example',
		'file:///etc',
		''
	].map((value): (typeof wrong)[number] => [
		'redirectOrigins',
		{ redirectOrigins: [value] },
		JSON.stringify(value),
		"redirectOrigins: ['https://example.com']"
	]),
	[
		'redirectOrigins',
		{ redirectOrigins: 'https://app.example' },
		'"https://app.example"',
		"redirectOrigins: ['https://example.com']"
	],
	[
		'redirectOrigins',
		{ redirectOrigins: [new URL('https://app.example')] },
		'a list',
		"redirectOrigins: ['https://example.com']"
	],
	...['', 'a b', 'a=b', 'a;b', 'é'].map((value): (typeof wrong)[number] => [
		'legacyCookies',
		{ legacyCookies: [value] },
		JSON.stringify(value),
		"legacyCookies: ['authjs.session-token']"
	])
];

describe('a wrong option is named, with what was given and the line to write', () => {
	test.each(wrong)('%s: %j', (option, options, given, line) => {
		const error = errorOf(() => readWith(options));
		expect(error.code).toBe('invalid_config');
		expect(error.message).toContain(`\`${option}\` is ${given}. Write: ${line}`);
	});

	test.each<[string, Record<string, unknown>, string]>([
		[
			'guardianAuth has no option `secrets`',
			{ secrets: [] },
			'It takes: database, providers, secret'
		],
		[
			'session has no option `maxage`',
			{ session: { maxage: 1 } },
			'It takes: maxAge, idleTimeout.'
		],
		[
			'pages has no option `signOut`',
			{ pages: { signOut: '/' } },
			'It takes: signIn, signUp, signedOut.'
		],
		['events has no option `onSignOut`', { events: { onSignOut() {} } }, 'It takes: afterSignIn,']
	])('%s', (problem, options, known) => {
		const error = errorOf(() => readWith(options));
		expect(error.code).toBe('invalid_config');
		expect(error.message).toContain(problem);
		expect(error.message).toContain(known);
	});

	test.each([undefined, null, 'guardian.db', []])('guardianAuth(%j)', (config) => {
		const error = errorOf(() => readConfig(config as unknown as GuardianConfig));
		expect(error.code).toBe('invalid_config');
		expect(error.message).toContain('Write: guardianAuth');
	});

	test.each<[Record<string, unknown>, string]>([
		[
			{ minLength: 7 },
			'`minLength` is 7. Write a number from 8 to 64: password({ minLength: 10 })'
		],
		[{ minLength: 65 }, '`minLength` is 65.'],
		[{ minLength: 10.5 }, '`minLength` is 10.5.'],
		[{ minLength: '10' }, '`minLength` is 10.'],
		[{ allowSignUp: 'no' }, '`allowSignUp` is "no". Write: password({ allowSignUp: false })'],
		[{ maxLength: 20 }, 'password() has no option `maxLength`. It takes: minLength, allowSignUp.']
	])('password(%j)', (options, message) => {
		const error = errorOf(() => password(options));
		expect(error.code).toBe('invalid_config');
		expect(error.message).toContain(message);
	});
});

describe('the secret', () => {
	afterEach(() => vi.unstubAllEnvs());

	test('is asked for only when it is needed, so that a build needs none', () => {
		vi.stubEnv('AUTH_SECRET', undefined);
		const { secrets } = readConfig(right);
		expect(errorOf(secrets).message).toContain('`secret` is missing');
	});

	test('comes from the options, else from env, else from the environment', () => {
		vi.stubEnv('AUTH_SECRET', `${SECRET} of the environment`);
		const env = { AUTH_SECRET: `${SECRET} of env` };
		expect(readConfig(right).secrets()).toEqual([`${SECRET} of the environment`]);
		expect(readConfig({ ...right, env }).secrets()).toEqual([`${SECRET} of env`]);
		expect(readConfig({ ...right, env, secret: SECRET }).secrets()).toEqual([SECRET]);
	});

	test('can be several while it is rotated', () => {
		const secret = [SECRET, `${SECRET} of before`];
		expect(readConfig({ ...right, secret }).secrets()).toEqual(secret);
	});

	test.each<[unknown, string]>([
		['too short', 'shorter than 32 bytes'],
		['x'.repeat(31), 'shorter than 32 bytes'],
		[[SECRET, 'too short'], 'shorter than 32 bytes'],
		[[], 'missing']
	])('%j is refused with the command that makes one, and is not repeated', (secret, problem) => {
		const { message, code } = errorOf(readWith({ secret, env: {} }).secrets);
		expect(code).toBe('invalid_config');
		expect(message).toContain(`\`secret\` is ${problem}`);
		expect(message).toContain('openssl rand -base64 33');
		expect(message).toContain('AUTH_SECRET');
		expect(message).not.toContain('too short');
		expect(message).not.toContain('xxx');
	});

	test.each(['x'.repeat(32), 'é'.repeat(16)])('of 32 bytes is enough: %j', (secret) => {
		expect(readWith({ secret }).secrets()).toEqual([secret]);
	});
});

test.each<[boolean, string]>([
	[true, 'localhost'],
	[true, 'app.localhost'],
	[true, '127.0.0.1'],
	[true, '127.9.9.9'],
	[true, '[::1]'],
	[false, 'localhost.example'],
	[false, 'evil-localhost'],
	[false, '127.0.0.1.example'],
	[false, '127.evil.example'],
	[false, '10.0.0.1'],
	[false, 'app.example']
])('loopback: %j for %s', (loopback, hostname) => {
	expect(isLoopback(hostname)).toBe(loopback);
});
