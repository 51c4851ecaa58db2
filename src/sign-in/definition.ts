/**
 * A provider's definition as @auth/core is to see it: complete, within our limits when it calls, and
 * never with an account that has no id.
 */
import { GuardianError } from '../errors.js';
import {
	limitedFetch,
	METADATA_LIMITS,
	TOKEN_LIMITS
} from '../identity-providers/limited-fetch.js';
import type { IdentityProvider, ProviderDefinition } from '../identity-providers/provider.js';

/**
 * `customFetch` is the symbol by which @auth/core finds a provider's `fetch`.
 *
 * @throws GuardianError `invalid_config` where the provider cannot be called without a setting.
 */
export function definitionFor(provider: IdentityProvider, customFetch: symbol): object {
	const { definition } = provider;
	const options = optionsOf(definition);
	if (provider.type === 'credentials') {
		return { ...definition, options: withAccountIds(provider, options, 'authorize') };
	}
	const { clientId, clientSecret, needsSecret, issuer, checks } = provider.settings();
	if (clientId === undefined) throw missing(provider, 'clientId');
	if (needsSecret && clientSecret === undefined) throw missing(provider, 'clientSecret');
	if (provider.type === 'oidc' && issuer === undefined) throw missing(provider, 'issuer');
	const settings = {
		...options,
		clientId,
		clientSecret,
		checks: [...checks],
		...(issuer !== undefined && { issuer })
	};
	return {
		...definition,
		[customFetch]: withinLimits(
			ownFetch(options, customFetch) ?? ownFetch(definition, customFetch)
		),
		options: withAccountIds(provider, settings, 'profile')
	};
}

/** The settings that a provider can get from variables, and how those end. */
const SETTINGS = { clientId: 'ID', clientSecret: 'SECRET', issuer: 'ISSUER' };

function missing({ id }: IdentityProvider, setting: keyof typeof SETTINGS): GuardianError {
	const variable = `AUTH_${id.toUpperCase().replaceAll('-', '_')}_${SETTINGS[setting]}`;
	return new GuardianError(
		'invalid_config',
		`The provider \`${id}\` has no \`${setting}\`. A .env file reaches SvelteKit but not process.env: ` +
			`pass guardianAuth({ env, … }) with ${variable} in it (in SvelteKit 3 name it in src/env.ts), ` +
			`start the server with \`node --env-file=.env …\`, or pass \`${setting}\` to the provider.`
	);
}

/**
 * @auth/core makes up an id for an account that has none, another one at every sign-in: each would
 * be a new user. And an answer without the expected fields easily becomes the id "undefined", which
 * all who come by it would share.
 */
function withAccountIds(
	{ id, definition, type }: IdentityProvider,
	options: object,
	method: 'authorize' | 'profile'
): object {
	const merged = new Map<string, unknown>(Object.entries({ ...definition, ...options }));
	const given = merged.get(method);
	const original = isMethod(given) ? given : type === 'credentials' ? null : profileOf;
	if (original === null) return options;
	const checked = async (...args: unknown[]): Promise<unknown> => {
		const user: unknown = await original(...args);
		if (user === null || user === undefined) return user;
		const account = isObject(user) && 'id' in user ? textOf(user.id) : null;
		if (account !== null) return { ...user, id: account };
		throw new GuardianError(
			'invalid_config',
			`\`${method}\` of the provider \`${id}\` returned a user without \`id\`. Return the same id for the same account every time.`
		);
	};
	return { ...options, [method]: checked };
}

/** An id of an account; `null` for what is none, or only looks like one. */
function textOf(id: unknown): string | null {
	if (typeof id !== 'string' && typeof id !== 'number' && typeof id !== 'bigint') return null;
	const text = String(id);
	return ['', 'undefined', 'null', 'NaN', '[object Object]'].includes(text) ? null : text;
}

/** What the standard claims say of a user (OpenID Connect Core 1.0, 5.1), and `id` where OAuth uses that. */
function profileOf(claims: unknown): object {
	const said = new Map<string, unknown>(isObject(claims) ? Object.entries(claims) : []);
	const first = (...names: string[]) => names.map((name) => said.get(name)).find(Boolean);
	return {
		id: first('sub', 'id'),
		name: first('name', 'nickname', 'preferred_username'),
		email: first('email'),
		image: first('picture')
	};
}

const withinLimits =
	(using: typeof fetch = fetch): typeof fetch =>
	async (input, init) => {
		const isMetadata = String(input instanceof Request ? input.url : input).includes(
			'/.well-known/'
		);
		const limits = isMetadata ? METADATA_LIMITS : TOKEN_LIMITS;
		const response = await limitedFetch(input, init, { ...limits, using });
		// What is read with GET is taken for a profile by @auth/core, also when it tells of an error.
		const isRead = (init?.method ?? 'GET').toUpperCase() === 'GET';
		// What is posted may be refused; that the provider fails is something else.
		if (response.ok || (!isRead && response.status < 500)) return response;
		throw new GuardianError('provider_unavailable', undefined, {
			cause: new TypeError(`The provider answered ${response.status}`)
		});
	};

function ownFetch(owner: object, customFetch: symbol): typeof fetch | undefined {
	const own: unknown = Reflect.get(owner, customFetch);
	return isFetch(own) ? own : undefined;
}

const isFetch = (value: unknown): value is typeof fetch => typeof value === 'function';

function optionsOf(definition: ProviderDefinition): object {
	return 'options' in definition && isObject(definition.options) ? definition.options : {};
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isMethod = (value: unknown): value is (...given: unknown[]) => unknown =>
	typeof value === 'function';
