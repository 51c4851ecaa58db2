/** Signs in, links and unlinks through providers, for our routes, form actions and server code. */
import { GuardianError, type ErrorCode } from '../errors.js';
import type { IdentityProvider } from '../identity-providers/provider.js';
import type { Reading } from '../sessions/engine.js';
import { checkNames, type CheckCookie } from '../sign-in/auth-core.js';
import { FLOW_LIFETIME } from '../sign-in/flow.js';
import type { CallPlace, ProviderSignIn } from '../sign-in/provider-sign-in.js';
import type { Flows } from '../sign-in/flow.js';
import type { GuardianRequestEvent, SignInResult } from '../types.js';
import type { Identities } from '../users/identities.js';
import { AUTH } from './base.js';
import type { Fields } from './body.js';
import type { Browser } from './browser.js';
import { withError, type Attempt, type Entrance } from './entrance.js';
import { isFresh, LINK_MAX_AGE } from './fresh.js';
import type { Site } from './site.js';

/** Reads the fields of these names from what was posted; may reject with a GuardianError. */
export type ReadNamed = (names: readonly string[]) => Promise<Fields<string>>;

type Act = (
	provider: IdentityProvider,
	event: GuardianRequestEvent,
	browser: Browser,
	read: ReadNamed
) => Promise<SignInResult>;

/** Never rejects for a sign-in that failed. */
export interface PostedProviderSignIn {
	signIn: Act;
	link: Act;
	unlink: Act;
	callback(
		provider: IdentityProvider,
		event: GuardianRequestEvent,
		browser: Browser
	): Promise<SignInResult>;
}

export interface ProviderSignInKitParts {
	core: ProviderSignIn;
	flows: Flows;
	identities: Identities;
	entrance: Entrance;
	site: Site;
}

/** What a request may pass on to the provider (OpenID Connect Core 1.0, 3.1.2.1). */
const PARAMS = ['prompt', 'login_hint', 'max_age', 'ui_locales'] as const;

export function createPostedProviderSignIn(parts: ProviderSignInKitParts): PostedProviderSignIn {
	const { core, flows, identities, entrance, site } = parts;

	async function depart(
		provider: IdentityProvider,
		browser: Browser,
		{ attempt, params, link }: { attempt: Attempt; params: URLSearchParams; link: string | null }
	): Promise<SignInResult> {
		const place = placeOf(browser, attempt.url);
		const flow = { callbackUrl: attempt.target, link };
		const departure = await core.depart(provider, { place, params, flow });
		writeChecks(browser, departure.cookies);
		const { checks } = browser;
		checks.write(checks.names.flow, departure.flow, FLOW_LIFETIME);
		return { ok: true, url: departure.url, session: null };
	}

	function placeOf({ checks }: Browser, url: URL): CallPlace {
		const { prefix, secure } = checks.names;
		const cookies = checkNames(prefix).flatMap((name) => {
			const value = checks.value(name);
			return value === undefined ? [] : [`${name}=${value}`];
		});
		return {
			address: new URL(site.base() + AUTH, url.origin),
			cookieHeader: cookies.join('; '),
			cookiePrefix: prefix,
			secure
		};
	}

	async function withCredentials(
		provider: IdentityProvider,
		browser: Browser,
		{ attempt, form }: { attempt: Attempt; form: Record<string, string> }
	): Promise<SignInResult> {
		const place = placeOf(browser, attempt.url);
		const { visitor } = browser;
		const arrival = await core.withCredentials(provider, { place, form, visitor });
		return entrance.admit(browser, arrival, attempt);
	}

	/** Only a user who has just proved who they are may change how they sign in. */
	async function requireOwner(browser: Browser): Promise<Reading> {
		const active = await browser.read();
		if (active === null) throw new GuardianError('no_session');
		if (isFresh(active, LINK_MAX_AGE)) return active;
		throw new GuardianError('reauthentication_required');
	}

	/** A link that failed leads back to the page it came from, unless signing in again would help. */
	const backToLinking = (code: ErrorCode, { target }: Attempt): string => {
		const isSignedOut = code === 'no_session' || code === 'reauthentication_required';
		if (isSignedOut || target === null) return withError(site.page('signIn'), code, target);
		return withError(target, code, null);
	};

	return {
		signIn: (provider, event, browser, read) =>
			entrance.attempt(event, browser, async (attempt) => {
				const names = provider.type === 'credentials' ? provider.fields : PARAMS;
				const { callbackUrl, ...fields } = await read([...names, 'callbackUrl']);
				attempt.target = site.callbackUrl(callbackUrl, attempt.url);
				const texts = onlyText(fields);
				return provider.type === 'credentials'
					? withCredentials(provider, browser, { attempt, form: texts })
					: depart(provider, browser, { attempt, params: new URLSearchParams(texts), link: null });
			}),
		link: (provider, event, browser, read) =>
			entrance.attempt(
				event,
				browser,
				async (attempt) => {
					const fields = await read(['callbackUrl']);
					attempt.target = site.callbackUrl(fields['callbackUrl'], attempt.url);
					if (provider.type === 'credentials') throw new GuardianError('invalid_request');
					const { session } = await requireOwner(browser);
					const params = new URLSearchParams();
					return depart(provider, browser, { attempt, params, link: session.id });
				},
				{ back: backToLinking }
			),
		unlink: (provider, event, browser, read) =>
			entrance.attempt(
				event,
				browser,
				async (attempt) => {
					const fields = await read(['callbackUrl']);
					attempt.target = site.callbackUrl(fields['callbackUrl'], attempt.url);
					const { user } = await requireOwner(browser);
					await identities.unlink(user.id, provider.id);
					return { ok: true, url: attempt.target ?? `${site.base()}/`, session: null };
				},
				{ back: backToLinking }
			),
		callback(provider, event, browser) {
			const { checks } = browser;
			const sealedFlow = checks.value(checks.names.flow);
			const flow = flows.peek(provider.id, sealedFlow);
			return entrance.attempt(
				event,
				browser,
				async (attempt) => {
					attempt.target = flow?.callbackUrl ?? null;
					const place = placeOf(browser, attempt.url);
					removeChecks(browser);
					const arrival = await core.arrive(provider, {
						place,
						query: attempt.url.searchParams,
						sealedFlow,
						visitor: browser.visitor,
						active: () => browser.read()
					});
					if (arrival.kind === 'signed-in') return entrance.admit(browser, arrival, attempt);
					return { ok: true, url: attempt.target ?? `${site.base()}/`, session: null };
				},
				{ calledBack: true, ...((flow?.link ?? null) !== null && { back: backToLinking }) }
			);
		}
	};
}

function writeChecks({ checks }: Browser, cookies: readonly CheckCookie[]): void {
	for (const { name, value, maxAge } of cookies) checks.write(name, value, maxAge);
}

/** Used once, whatever comes of it. */
function removeChecks({ checks }: Browser): void {
	for (const name of [...checkNames(checks.names.prefix), checks.names.flow]) {
		if (checks.value(name) !== undefined) checks.write(name, '', 0);
	}
}

const onlyText = (fields: Fields<string>): Record<string, string> =>
	Object.fromEntries(
		Object.entries(fields).filter(
			(field): field is [string, string] => typeof field[1] === 'string'
		)
	);
