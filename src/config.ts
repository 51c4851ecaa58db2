/** What an app configures, its defaults, and checks whose message holds the line to write instead. */
import { GuardianError } from './errors.js';
import type { Database } from './stores/contract.js';
import type { GuardianEvents, GuardianRequestEvent, Session } from './types.js';
import {
	readProvider,
	type ExternalProvider,
	type IdentityProvider
} from './identity-providers/provider.js';
import type { PasswordProvider } from './users/password-provider.js';

/** The options of `guardianAuth`. */
export interface GuardianConfig {
	/** Where users and sessions live: `sqlite('guardian.db')`, `memory()`. */
	database: Database;
	/**
	 * The ways in: `password()`, and any OAuth, OIDC or Credentials provider of @auth/core. Client ids
	 * and secrets come from the provider's options, else from `AUTH_<ID>_ID`, `AUTH_<ID>_SECRET` and
	 * `AUTH_<ID>_ISSUER` in `env`.
	 */
	providers: readonly (PasswordProvider | ExternalProvider)[];
	/** Whether providers may bring in new users. Default: true. For passwords: `password({ allowSignUp })`. */
	allowSignUp?: boolean;
	/**
	 * At least 32 bytes, or a list of such while rotating: the first seals, all open.
	 * Default: `env.AUTH_SECRET`.
	 */
	secret?: string | readonly string[] | undefined;
	/** Where `AUTH_SECRET` is looked up. Default: `process.env`. */
	env?: Readonly<Record<string, string | undefined>>;
	session?: {
		/** Seconds from sign-in until a session ends however busy it is. Default: 30 days. */
		maxAge?: number;
		/** Seconds without a request until a session ends. Default: 7 days. */
		idleTimeout?: number;
	};
	/** Paths of your own pages, without SvelteKit's base. Default: small built-in ones. */
	pages?: {
		signIn?: string;
		signUp?: string;
		/** Where a sign-out goes when no `callbackUrl` is given. Default: `/`. */
		signedOut?: string;
	};
	events?: GuardianEvents;
	/** Origins besides the app's own that a `callbackUrl` may point to: `https://example.com`. */
	redirectOrigins?: readonly string[];
	/** Allows session cookies over plain http on hosts other than loopback. Default: false. */
	insecureHttp?: boolean;
	/**
	 * Whether the user of `session` may end all sessions of another user through
	 * `signOut({ allSessions: true, userId })`. Default: never.
	 */
	mayEndSessionsOf?(request: {
		session: Session | null;
		userId: string;
		event: GuardianRequestEvent | null;
	}): boolean | Promise<boolean>;
	/** Names of another library's cookies, cleared at sign-in and sign-out during a migration. */
	legacyCookies?: readonly string[];
}

/** The configuration, checked and with its defaults. Times are milliseconds. */
export interface Settings {
	readonly database: Database;
	readonly password: PasswordProvider | null;
	/** All ways in but the password. */
	readonly providers: readonly IdentityProvider[];
	readonly allowSignUp: boolean;
	/** Throws when there is none, so that a build needs no secret. */
	secrets(): readonly string[];
	readonly maxAge: number;
	readonly idleTimeout: number;
	readonly pages: { readonly signIn: string; readonly signUp: string; readonly signedOut: string };
	readonly events: GuardianEvents;
	readonly redirectOrigins: readonly string[];
	readonly insecureHttp: boolean;
	readonly mayEndSessionsOf: GuardianConfig['mayEndSessionsOf'];
	readonly legacyCookies: readonly string[];
}

const DAY = 24 * 60 * 60;

/** Checks the shape of the options at once; `secrets()` is checked when first asked for. */
export function readConfig(config: GuardianConfig): Settings {
	checkNames('guardianAuth', config, [
		'database',
		'providers',
		'secret',
		'env',
		'session',
		'pages',
		'events',
		'redirectOrigins',
		'insecureHttp',
		'mayEndSessionsOf',
		'legacyCookies',
		'allowSignUp'
	]);
	checkNames('session', config.session ?? {}, ['maxAge', 'idleTimeout']);
	checkNames('pages', config.pages ?? {}, ['signIn', 'signUp', 'signedOut']);
	checkNames('events', config.events ?? {}, ['afterSignIn', 'afterSignUp', 'afterSignOut']);
	checkDatabase(config.database);
	for (const [name, listener] of Object.entries(config.events ?? {})) {
		checkFunction(`events.${name}`, listener, `events: { ${name}({ user }) {} }`);
	}
	checkFunction(
		'mayEndSessionsOf',
		config.mayEndSessionsOf,
		"mayEndSessionsOf: ({ session }) => session?.user.data.role === 'admin'"
	);
	return {
		database: config.database,
		...readProviders(config),
		allowSignUp: flag('allowSignUp', config.allowSignUp, true),
		secrets: () => readSecrets(config),
		maxAge: seconds('session.maxAge', config.session?.maxAge, 30 * DAY),
		idleTimeout: seconds('session.idleTimeout', config.session?.idleTimeout, 7 * DAY),
		pages: {
			signIn: page('signIn', config.pages?.signIn, '/auth/signin'),
			signUp: page('signUp', config.pages?.signUp, '/auth/signup'),
			signedOut: page('signedOut', config.pages?.signedOut, '/')
		},
		events: config.events ?? {},
		redirectOrigins: list('redirectOrigins', config.redirectOrigins, 'https://example.com').map(
			redirectOrigin
		),
		insecureHttp: flag('insecureHttp', config.insecureHttp, false),
		mayEndSessionsOf: config.mayEndSessionsOf,
		legacyCookies: list('legacyCookies', config.legacyCookies, 'authjs.session-token').map(
			cookieName
		)
	};
}

/** Whether a host name is this machine's own (RFC 6761, RFC 1122). */
export const isLoopback = (hostname: string): boolean =>
	/^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);

function readSecrets(config: GuardianConfig): readonly string[] {
	const given = config.secret ?? (config.env ?? process.env)['AUTH_SECRET'];
	const secrets = typeof given === 'string' ? [given] : (given ?? []);
	const usable = secrets.every(
		(secret) => typeof secret === 'string' && Buffer.byteLength(secret) >= 32
	);
	if (secrets.length > 0 && usable) return secrets;
	throw new GuardianError(
		'invalid_config',
		`\`secret\` is ${secrets.length === 0 ? 'missing' : 'shorter than 32 bytes'}. ` +
			'Make one with `openssl rand -base64 33` and set it as AUTH_SECRET in the environment of the ' +
			'server. A .env file reaches SvelteKit but not process.env: start the server with ' +
			'`node --env-file=.env …`, or pass it: guardianAuth({ secret: AUTH_SECRET, … }).'
	);
}

function readProviders({
	providers,
	env = process.env
}: GuardianConfig): Pick<Settings, 'password' | 'providers'> {
	const fix = 'providers: [password()]';
	const given: readonly unknown[] = Array.isArray(providers) ? providers : [];
	if (given.length === 0) throw wrong('providers', providers, fix);
	const others: IdentityProvider[] = [];
	let password: PasswordProvider | null = null;
	given.forEach((entry, index) => {
		const isPassword = isPasswordProvider(entry);
		const provider = isPassword ? null : readProvider(entry, env);
		const isSecond = isPassword && password !== null;
		if (isSecond || (!isPassword && provider === null)) {
			throw wrong(`providers[${index}]`, entry, fix);
		}
		if (isPassword) password = entry;
		else if (provider !== null) others.push(provider);
	});
	const ids = others.map(({ id }) => id);
	const twice = ids.find((id, index) => ids.indexOf(id) < index);
	if (twice === undefined) return { password, providers: others };
	throw new GuardianError(
		'invalid_config',
		`Two providers have the id \`${twice}\`. Give one another id: GitHub({ id: 'github-work' })`
	);
}

const isPasswordProvider = (value: unknown): value is PasswordProvider =>
	typeof value === 'object' && value !== null && 'type' in value && value.type === 'password';

function checkDatabase(database: unknown): void {
	const complete =
		typeof database === 'object' &&
		database !== null &&
		['sessions', 'users', 'marks'].every((part) => part in database);
	if (!complete) {
		throw wrong(
			'database',
			database,
			"database: sqlite('guardian.db') (import { sqlite } from 'svelte-guardian/sqlite')"
		);
	}
}

function checkNames(owner: string, options: unknown, known: readonly string[]): void {
	if (typeof options !== 'object' || options === null || Array.isArray(options)) {
		throw wrong(owner, options, `${owner}: { ${known.join(', ')} }`);
	}
	const unknown = Object.keys(options).find((name) => !known.includes(name));
	if (unknown === undefined) return;
	throw new GuardianError(
		'invalid_config',
		`${owner} has no option \`${unknown}\`. It takes: ${known.join(', ')}.`
	);
}

function checkFunction(option: string, value: unknown, fix: string): void {
	if (value !== undefined && typeof value !== 'function') throw wrong(option, value, fix);
}

function flag(option: string, value: unknown, fallback: boolean): boolean {
	const given = value ?? fallback;
	if (typeof given === 'boolean') return given;
	throw wrong(option, value, `${option}: ${String(!fallback)}`);
}

function seconds(option: string, value: unknown, fallback: number): number {
	const given = value ?? fallback;
	if (typeof given === 'number' && Number.isSafeInteger(given) && given > 0) return given * 1000;
	throw wrong(option, value, `${option.replace('.', ': { ')}: ${fallback} } (seconds)`);
}

function page(name: string, value: unknown, fallback: string): string {
	const path = value ?? fallback;
	if (typeof path === 'string' && /^\/(?![/\\])[^\\\s]*$/.test(path)) return path;
	throw wrong(`pages.${name}`, value, `pages: { ${name}: '/${name.toLowerCase()}' }`);
}

function list(option: string, value: unknown, example: string): readonly string[] {
	const given = value ?? [];
	if (Array.isArray(given) && given.every((entry) => typeof entry === 'string')) return given;
	throw wrong(option, value, `${option}: ['${example}']`);
}

function redirectOrigin(origin: string): string {
	const url = URL.canParse(origin) ? new URL(origin) : null;
	const secure =
		url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
	// Origins are compared whole, so that a pattern would never match.
	if (url?.origin === origin && secure && !origin.includes('*')) return origin;
	throw wrong('redirectOrigins', origin, "redirectOrigins: ['https://example.com']");
}

function cookieName(name: string): string {
	if (/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return name;
	throw wrong('legacyCookies', name, "legacyCookies: ['authjs.session-token']");
}

function wrong(option: string, given: unknown, fix: string): GuardianError {
	return new GuardianError('invalid_config', `\`${option}\` is ${show(given)}. Write: ${fix}`);
}

function show(value: unknown): string {
	if (value === undefined) return 'missing';
	if (typeof value === 'function') return 'a function';
	if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
	if (typeof value === 'object' && value !== null) return 'an object';
	return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
