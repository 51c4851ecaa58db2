/** What an OpenID provider says of itself: endpoints, keys, algorithms (OpenID Connect Discovery 1.0). */
import type { JWTVerifyGetKey } from 'jose';
import { GuardianError } from '../errors.js';
import { providerUrl } from './address.js';
import { limitedFetch, METADATA_LIMITS } from './limited-fetch.js';

export interface ProviderMetadata {
	readonly issuer: string;
	/** Gives the key that a signature names, fetching the provider's keys when they are needed. */
	readonly keys: JWTVerifyGetKey;
	/** Algorithms the provider signs id tokens with. */
	readonly algorithms: readonly string[];
}

export interface IdentityProviders {
	/** The metadata of an issuer, fetched at most once in ten minutes. */
	metadata(issuer: string): Promise<ProviderMetadata>;
}

const FRESH = 10 * 60 * 1000;
/** The signatures that a provider's public keys can make (RFC 7518, RFC 8037). */
const ASYMMETRIC = /^(?:RS|PS|ES)(?:256|384|512)$|^EdDSA$|^Ed25519$/;

export function createIdentityProviders(): IdentityProviders {
	const known = new Map<string, { until: number; metadata: Promise<ProviderMetadata> }>();
	return {
		metadata(issuer) {
			const kept = known.get(issuer);
			if (kept !== undefined && kept.until > Date.now()) return kept.metadata;
			const metadata = discover(issuer);
			known.set(issuer, { until: Date.now() + FRESH, metadata });
			metadata.catch(() => known.delete(issuer));
			return metadata;
		}
	};
}

async function discover(issuer: string): Promise<ProviderMetadata> {
	const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
	const response = await readFrom(url);
	const body: unknown = await response.json().catch(() => null);
	if (typeof body !== 'object' || body === null) throw unusable('The metadata is no JSON object');
	const fields = new Map<string, unknown>(Object.entries(body));
	const named = fields.get('issuer');
	if (named !== issuer) {
		throw unusable(
			`The metadata of ${issuer} are those of another issuer, ${String(named)}. Set \`issuer\` of the provider to one issuer exactly, such as the one of your tenant`
		);
	}
	const { createRemoteJWKSet, customFetch } = await import('jose');
	const keys = createRemoteJWKSet(providerUrl(fields.get('jwks_uri')), {
		[customFetch]: readFrom,
		timeoutDuration: METADATA_LIMITS.time
	});
	const algorithms = algorithmsOf(fields.get('id_token_signing_alg_values_supported'));
	return { issuer, keys, algorithms };
}

async function readFrom(address: string, init?: RequestInit): Promise<Response> {
	const response = await limitedFetch(address, init, METADATA_LIMITS);
	if (response.ok) return response;
	throw unusable(`${address} answered ${response.status}`);
}

/** Unsigned tokens, and those signed with the client's own secret, are not what keys can vouch for. */
function algorithmsOf(value: unknown): readonly string[] {
	const named: readonly unknown[] = Array.isArray(value) ? value : [];
	const usable = named.filter(
		(name): name is string => typeof name === 'string' && ASYMMETRIC.test(name)
	);
	return usable.length > 0 ? usable : ['RS256'];
}

const unusable = (reason: string): GuardianError =>
	new GuardianError('provider_unavailable', undefined, { cause: new TypeError(reason) });
