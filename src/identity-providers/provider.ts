/** An identity provider as an app names it: any OAuth, OIDC or Credentials provider of @auth/core. */
import { GuardianError } from '../errors.js';

/** What @auth/core's providers have in common; `GitHub` and `GitHub({ … })` both are one. */
export type ExternalProvider = ProviderDefinition | ((config: never) => ProviderDefinition);

/** The part of a provider's definition that all of them have. */
export interface ProviderDefinition {
	id: string;
	name: string;
	type: string;
}

/** A provider, checked. */
export interface IdentityProvider {
	readonly id: string;
	readonly name: string;
	readonly type: 'oauth' | 'oidc' | 'credentials';
	/** Names of what a Credentials provider asks for; empty for the others. */
	readonly fields: readonly string[];
	/** As the app gave it. */
	readonly definition: ProviderDefinition;
	/** Its settings: the definition's, the app's over them, and the environment's where both are silent. */
	settings(): ProviderSettings;
}

export interface ProviderSettings {
	readonly clientId: string | undefined;
	readonly clientSecret: string | undefined;
	/** Whether the client proves itself with its secret (OpenID Connect Core 1.0, 9). */
	readonly needsSecret: boolean;
	/** The issuer of an OpenID provider (OpenID Connect Discovery 1.0). */
	readonly issuer: string | undefined;
	/** What is checked when the provider calls back. */
	readonly checks: readonly string[];
	/** The algorithm that the client is registered with for id tokens. */
	readonly idTokenAlgorithm: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads one entry of `providers`. Client id and secret are not asked for yet, so that a build needs
 * none.
 *
 * `null` for what is no provider at all.
 *
 * @throws GuardianError `invalid_config` for one that cannot work here.
 */
export function readProvider(given: unknown, env: Environment): IdentityProvider | null {
	const definition = define(given);
	if (definition === null) return null;
	const fields = merge(definition);
	const { id, type } = readShape(fields);
	if (type !== 'oauth' && type !== 'oidc' && type !== 'credentials') {
		throw unsupported(id, `is of the type \`${type}\``);
	}
	if (usesFormPost(fields)) throw unsupported(id, 'calls back with `response_mode=form_post`');
	return {
		id,
		type,
		definition,
		fields:
			type === 'credentials' && isFields(fields['credentials'])
				? Object.keys(fields['credentials'])
				: [],
		name: textOf(fields, 'name') ?? id,
		settings: () => readSettings(fields, { id, type, env })
	};
}

function define(given: unknown): ProviderDefinition | null {
	const made: unknown = isFactory(given) ? given({}) : given;
	if (!isFields(made)) return null;
	const { id, type } = made;
	if (typeof id !== 'string' || typeof type !== 'string' || type === 'password') return null;
	return { ...made, id, type, name: textOf(made, 'name') ?? id };
}

/** `GitHub`, which makes a provider of its options, beside `GitHub({ … })`, which is one. */
const isFactory = (value: unknown): value is (options: object) => unknown =>
	typeof value === 'function';

function readShape(fields: Fields): { id: string; type: string } {
	const id = textOf(fields, 'id') ?? '';
	if (/^[\w-]+$/.test(id) && id !== 'password') return { id, type: textOf(fields, 'type') ?? '' };
	throw new GuardianError(
		'invalid_config',
		`A provider has the id ${JSON.stringify(id)}. Give it one of letters, digits and hyphens: GitHub({ id: 'github-work' })`
	);
}

function readSettings(
	fields: Fields,
	{ id, type, env }: { id: string; type: string; env: Environment }
): ProviderSettings {
	const variable = `AUTH_${id.toUpperCase().replaceAll('-', '_')}`;
	const client = isFields(fields['client']) ? fields['client'] : {};
	/** A variable that is empty is as good as none. */
	const setting = (name: string, ending: string): string | undefined =>
		textOf(fields, name) ?? (env[`${variable}_${ending}`] || undefined);
	const proof = textOf(client, 'token_endpoint_auth_method');
	return {
		clientId: setting('clientId', 'ID'),
		clientSecret: setting('clientSecret', 'SECRET'),
		needsSecret: proof !== 'none' && proof !== 'private_key_jwt',
		issuer: setting('issuer', 'ISSUER'),
		checks: checksOf(fields['checks'], type),
		idTokenAlgorithm: textOf(client, 'id_token_signed_response_alg')
	};
}

/** `state` always, and for OpenID providers `nonce`; PKCE unless the app has chosen without. */
function checksOf(chosen: unknown, type: string): readonly string[] {
	const given: readonly unknown[] = Array.isArray(chosen) ? chosen : ['pkce'];
	const usable = given.filter(
		(check): check is string => typeof check === 'string' && check !== 'none'
	);
	return [...new Set([...usable, 'state', ...(type === 'oidc' ? ['nonce'] : [])])];
}

function usesFormPost({ authorization }: Fields): boolean {
	if (typeof authorization === 'string') return authorization.includes('response_mode=form_post');
	const params = isFields(authorization) ? authorization['params'] : undefined;
	return isFields(params) && params['response_mode'] === 'form_post';
}

/** The app's options stand beside the provider's own settings, and win. */
function merge(definition: ProviderDefinition): Fields {
	const options = 'options' in definition && isFields(definition.options) ? definition.options : {};
	return { ...definition, ...options };
}

function textOf(fields: Fields, name: string): string | undefined {
	const value = fields[name];
	return typeof value === 'string' && value !== '' ? value : undefined;
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const unsupported = (id: string, reason: string): GuardianError =>
	new GuardianError(
		'invalid_config',
		`The provider \`${id}\` ${reason}, which is not supported yet. Remove it from \`providers\`; OAuth, OIDC and Credentials providers work.`
	);
