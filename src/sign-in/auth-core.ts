/**
 * @auth/core as sign-in only: it talks to providers and tells who they say the user is. Sessions,
 * sign-out and accounts are ours. Loaded when a provider's route is first hit.
 */
import type { AuthConfig } from '@auth/core';
import type { Account, Profile, User } from '@auth/core/types';
import { GuardianError } from '../errors.js';
import type { IdentityProvider } from '../identity-providers/provider.js';
import { toGuardianError } from './auth-core-errors.js';
import { definitionFor } from './definition.js';

/** Whom a provider says it is, before anything of it is believed. */
export interface ProviderAnswer {
	readonly user: User;
	readonly account: Account;
	readonly profile: Profile | undefined;
}

/** A short-lived cookie of a sign-in under way; `maxAge` in seconds, 0 to remove it. */
export interface CheckCookie {
	readonly name: string;
	readonly value: string;
	readonly maxAge: number;
}

/** One call of @auth/core. */
export interface AuthCoreCall {
	readonly action: 'signin' | 'callback';
	/** Where our routes are: `https://app.example/base/auth`. */
	readonly address: URL;
	readonly query: URLSearchParams;
	/** What was posted, for Credentials providers. */
	readonly form?: Readonly<Record<string, string>>;
	/** Our check cookies, as the browser sent them. */
	readonly cookieHeader: string;
	/** Prepended to the names of check cookies. */
	readonly cookiePrefix: string;
	readonly secure: boolean;
}

export interface AuthCoreResult {
	readonly redirect: string | undefined;
	readonly cookies: readonly CheckCookie[];
	readonly answer: ProviderAnswer | null;
}

export type CallAuthCore = (
	provider: IdentityProvider,
	call: AuthCoreCall
) => Promise<AuthCoreResult>;

const CHECKS = ['state', 'nonce', 'pkceCodeVerifier'] as const;
const CHECK_LIFETIME = 15 * 60;

/** Rejects with a GuardianError whatever goes wrong. */
export function createAuthCore(secrets: () => readonly string[]): CallAuthCore {
	return async (provider, call) => {
		const core = await load();
		let answer: ProviderAnswer | null = null;
		let failure: unknown;
		const config: AuthConfig = {
			...baseConfig(call),
			// What goes wrong is thrown or, where it is not, at least told here. We log it ourselves.
			logger: { error: (error) => (failure = error), warn: silent, debug: silent },
			secret: [...secrets()],
			raw: core.raw,
			skipCSRFCheck: core.skipCSRFCheck,
			// boundary: the definition is the app's, and @auth/core checks it.
			providers: [definitionFor(provider, core.customFetch) as AuthConfig['providers'][number]],
			callbacks: {
				redirect: ({ baseUrl }) => baseUrl,
				jwt({ user, account, profile }) {
					if (account) answer = { user, account, profile };
					// No token: the session is ours.
					return null;
				}
			}
		};
		const response = await core.Auth(requestFor(provider, call), config).catch((cause: unknown) => {
			throw toGuardianError(cause, provider, call.query);
		});
		if (response instanceof Response) throw refusal(response, failure, { provider, call });
		return { ...readResponse(response, call), answer };
	};
}

async function load(): Promise<typeof import('@auth/core')> {
	try {
		return await import('@auth/core');
	} catch (cause) {
		throw new GuardianError(
			'invalid_config',
			'Providers other than password() need @auth/core. Run: npm install @auth/core',
			{ cause }
		);
	}
}

function baseConfig({ address, cookiePrefix, secure }: AuthCoreCall): Partial<AuthConfig> {
	const options = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const;
	const cookies = Object.fromEntries(
		CHECKS.map((check) => [check, { name: checkName(cookiePrefix, check), options }])
	);
	return {
		basePath: address.pathname,
		trustHost: true,
		session: { strategy: 'jwt' },
		cookies
	};
}

const checkName = (prefix: string, check: (typeof CHECKS)[number]): string =>
	`${prefix}${check === 'pkceCodeVerifier' ? 'pkce' : check}`;

/** The names of the cookies that belong to a sign-in under way. */
export const checkNames = (prefix: string): string[] =>
	CHECKS.map((check) => checkName(prefix, check));

function requestFor(provider: IdentityProvider, call: AuthCoreCall): Request {
	const url = new URL(`${call.address.href}/${call.action}/${provider.id}`);
	url.search = call.query.toString();
	const headers = { cookie: call.cookieHeader };
	if (call.action === 'callback' && call.form === undefined) return new Request(url, { headers });
	return new Request(url, { method: 'POST', headers, body: new URLSearchParams(call.form ?? {}) });
}

const silent = (): void => {};

/** A Response comes instead of an object where something failed that @auth/core did not foresee. */
function refusal(
	response: Response,
	cause: unknown,
	{ provider, call }: { provider: IdentityProvider; call: AuthCoreCall }
): GuardianError {
	if (response.status < 500) return toGuardianError(cause, provider, call.query);
	return new GuardianError(
		'invalid_config',
		'@auth/core refused the configuration of a provider; the cause says why.',
		{ cause }
	);
}

function readResponse(
	response: unknown,
	{ cookiePrefix }: AuthCoreCall
): Omit<AuthCoreResult, 'answer'> {
	// boundary: the shape that `raw` gives, which @auth/core does not type.
	const { redirect, cookies = [] } = response as { redirect?: string; cookies?: RawCookie[] };
	const names = checkNames(cookiePrefix);
	const checks = cookies
		.filter(({ name }) => names.includes(name))
		.map(({ name, value, options }) => ({
			name,
			value,
			maxAge: options.maxAge === 0 ? 0 : CHECK_LIFETIME
		}));
	return { redirect, cookies: checks };
}

interface RawCookie {
	name: string;
	value: string;
	options: { maxAge?: number };
}
