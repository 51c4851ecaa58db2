/** Gets users in through a provider of @auth/core: sent there, called back, and in. */
import { GuardianError } from '../errors.js';
import { verifyIdToken, type IdTokenClaims } from '../identity-providers/id-token.js';
import type { IdentityProviders } from '../identity-providers/metadata.js';
import type { IdentityProvider } from '../identity-providers/provider.js';
import type { Sealer } from '../seal.js';
import type { Reading } from '../sessions/engine.js';
import type { Sessions } from '../sessions/sessions.js';
import type { Attempts } from '../users/attempts.js';
import type { Identities, ProviderAccount } from '../users/identities.js';
import type { AuthCoreCall, CallAuthCore, CheckCookie, ProviderAnswer } from './auth-core.js';
import type { Flow, Flows } from './flow.js';
import type { Opened, Visitor } from './sign-in.js';

/** Where our routes are, and the browser's check cookies. */
export type CallPlace = Pick<AuthCoreCall, 'address' | 'cookieHeader' | 'cookiePrefix' | 'secure'>;

/** The browser is to go to `url`, with these cookies. */
export interface Departure {
	readonly url: string;
	readonly cookies: readonly CheckCookie[];
	/** To be kept in a cookie until the provider calls back. */
	readonly flow: string;
}

export type Arrival =
	| { readonly kind: 'signed-in'; readonly opened: Opened; readonly isNew: boolean }
	| { readonly kind: 'linked' };

export interface ProviderSignIn {
	/** Begins at a provider. `params` go to its authorization endpoint. */
	depart(
		provider: IdentityProvider,
		request: { place: CallPlace; params: URLSearchParams; flow: Flow }
	): Promise<Departure>;
	/** Ends what `depart` began. Rejects with a GuardianError. */
	arrive(
		provider: IdentityProvider,
		request: {
			place: CallPlace;
			query: URLSearchParams;
			sealedFlow: string | undefined;
			visitor: Visitor;
			/** The browser's session, asked for only if the flow is to link. */
			active(): Promise<Reading | null>;
		}
	): Promise<Arrival>;
	/** Signs in with a Credentials provider. */
	withCredentials(
		provider: IdentityProvider,
		request: { place: CallPlace; form: Readonly<Record<string, string>>; visitor: Visitor }
	): Promise<Arrival & { kind: 'signed-in' }>;
}

export interface ProviderSignInParts {
	callAuthCore: CallAuthCore;
	identityProviders: IdentityProviders;
	identities: Identities;
	sessions: Sessions;
	attempts: Attempts;
	flows: Flows;
	sealer(): Sealer;
	allowSignUp: boolean;
}

const TOKENS_PURPOSE = 'provider tokens';

export function createProviderSignIn(parts: ProviderSignInParts): ProviderSignIn {
	const { callAuthCore, identityProviders, identities, sessions, attempts, flows } = parts;

	/** The account, and what its id token says where there is one; nothing of it before it is verified. */
	async function verified(
		provider: IdentityProvider,
		{ user, account, profile }: ProviderAnswer
	): Promise<{ account: ProviderAccount; claims: IdTokenClaims | null }> {
		const claims = provider.type === 'oidc' ? await claimsOf(provider, account.id_token) : null;
		if (claims !== null && profile?.sub !== undefined && profile.sub !== claims.subject) {
			throw new GuardianError('callback_invalid');
		}
		return {
			claims,
			account: {
				provider: provider.id,
				accountId: account.providerAccountId,
				email: user.email ?? null,
				emailVerified: claims?.emailVerified ?? false,
				name: user.name ?? null,
				image: user.image ?? null
			}
		};
	}

	async function claimsOf(
		provider: IdentityProvider,
		token: string | undefined
	): Promise<IdTokenClaims> {
		const { issuer, clientId, clientSecret, idTokenAlgorithm } = provider.settings();
		if (token === undefined || issuer === undefined || clientId === undefined) {
			throw new GuardianError('callback_invalid');
		}
		return verifyIdToken(
			token,
			{ issuer, clientId, clientSecret, algorithm: idTokenAlgorithm },
			identityProviders
		);
	}

	async function enter(
		provider: IdentityProvider,
		answer: ProviderAnswer,
		visitor: Visitor
	): Promise<Arrival & { kind: 'signed-in' }> {
		const { account, claims } = await verified(provider, answer);
		const { user, isNew } = await identities.userOf(account, parts);
		const opened = await sessions.open({
			user,
			provider: provider.id,
			authTime: claims?.authTime ?? Date.now(),
			userAgent: visitor.userAgent,
			ip: visitor.ip,
			replaces: visitor.presented,
			...(claims !== null && { idToken: claims }),
			sealTokens: (id) => sealTokens(answer, claims, id)
		});
		if (opened === null) throw new GuardianError('busy');
		return { kind: 'signed-in', opened, isNew };
	}

	/** For this session's own sign-out at the provider; an access token is of no use for that. */
	function sealTokens(
		{ account }: ProviderAnswer,
		claims: IdTokenClaims | null,
		sessionId: string
	): string | null {
		const { id_token: idToken, refresh_token: refreshToken } = account;
		if (claims === null && refreshToken === undefined) return null;
		const text = JSON.stringify({ idToken: claims && idToken, refreshToken });
		return parts.sealer().seal(TOKENS_PURPOSE, [claims?.issuer ?? '', sessionId], text);
	}

	return {
		async depart(provider, { place, params, flow }) {
			const { issuer } = provider.settings();
			// Before the user is sent away for a sign-in that could not be verified afterwards.
			if (provider.type === 'oidc' && issuer !== undefined)
				await identityProviders.metadata(issuer);
			const result = await callAuthCore(provider, { ...place, action: 'signin', query: params });
			if (result.redirect === undefined) throw new GuardianError('provider_unavailable');
			const { redirect: url, cookies } = result;
			return { url, cookies, flow: flows.seal(provider.id, flow) };
		},
		async arrive(provider, { place, query, sealedFlow, visitor, active }) {
			const flow = await flows.use(provider.id, sealedFlow);
			const { answer } = await callAuthCore(provider, { ...place, action: 'callback', query });
			if (answer === null) throw new GuardianError('callback_invalid');
			const reading = flow.link === null ? null : await active();
			if (reading === null || reading.session.id !== flow.link) {
				return enter(provider, answer, visitor);
			}
			const { account } = await verified(provider, answer);
			await identities.link(reading.user.id, account);
			return { kind: 'linked' };
		},
		async withCredentials(provider, { place, form, visitor }) {
			const account = JSON.stringify([provider.id, accountOf(provider, form)]);
			const attempt = await attempts.reserve({ account, address: visitor.ip });
			const query = new URLSearchParams();
			const { answer } = await callAuthCore(provider, {
				...place,
				action: 'callback',
				query,
				form
			});
			if (answer === null) throw new GuardianError('invalid_credentials');
			await attempt.refund();
			return enter(provider, answer, visitor);
		}
	};
}

/** Whose attempt it is, by the field that names an account: guesses are counted for each. */
function accountOf({ fields }: IdentityProvider, form: Readonly<Record<string, string>>): string {
	const name = ['username', 'email'].find((known) => fields.includes(known)) ?? fields[0] ?? '';
	return (form[name] ?? '').trim().toLowerCase();
}
