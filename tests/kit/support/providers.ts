/** The app of tests/app with two real OpenID providers, an OAuth provider and Credentials. */
import { afterAll } from 'vitest';
import { startOidcProvider } from '../../../scripts/oidc-provider.js';
import { createAgent } from '../../support/agent.js';
import { throughProvider } from '../../support/at-provider.js';
import { startForum } from '../../support/forum.js';
import { startApp } from './app.js';
import type { Answer, Browser, Fields } from './browser.js';

export type OpenId = 'first' | 'second';

/** To be called once, at the top of a test file. */
export async function startAppWithProviders({
	origin = 'http://localhost',
	env = {}
}: { origin?: string; env?: Record<string, string> } = {}) {
	// Only who wants to hear of sign-outs is told of the provider's sessions.
	const metadata = {
		backchannel_logout_uri: `${origin}/signed-out`,
		backchannel_logout_session_required: true
	};
	const [first, second] = await Promise.all([
		startOidcProvider({ appUrl: origin, id: 'first', metadata }),
		startOidcProvider({ appUrl: origin, id: 'second' })
	]);
	const forum = await startForum('app', 'forum-secret');
	afterAll(() => Promise.all([first.stop(), second.stop(), forum.stop()]));
	const app = await startApp({
		env: {
			AUTH_FIRST_ISSUER: first.issuer,
			AUTH_FIRST_ID: first.client.id,
			AUTH_FIRST_SECRET: first.client.secret,
			AUTH_SECOND_ISSUER: second.issuer,
			AUTH_SECOND_ID: second.client.id,
			AUTH_SECOND_SECRET: second.client.secret,
			FORUM_URL: forum.url,
			...env
		}
	});

	/** Begins with a form, goes through the pages of the provider, and stops before the callback. */
	async function callbackOf(
		browser: Browser,
		provider: OpenId,
		login: string | null,
		{ path = 'signin', fields = {} }: { path?: 'signin' | 'link'; fields?: Fields } = {}
	): Promise<string> {
		const begun = await browser.postForm(`/auth/${path}/${provider}`, fields);
		return throughProvider(begun.location ?? '', login);
	}

	/** The browser is sent back to the app from the provider's site. */
	async function comeBack(browser: Browser, url: string): Promise<Answer> {
		const { pathname, search } = new URL(url);
		return browser.get(pathname + search, { 'sec-fetch-site': 'cross-site' });
	}

	return {
		...app,
		first,
		second,
		forum,
		newBrowser: (options: Parameters<typeof app.newBrowser>[0] = {}) =>
			app.newBrowser({ origin, ...options }),
		callbackOf,
		comeBack,
		async signIn(browser: Browser, provider: OpenId, login: string): Promise<Answer> {
			return comeBack(browser, await callbackOf(browser, provider, login));
		},
		/** The forum asks nothing: it knows who it is. */
		async signInAtForum(browser: Browser, callbackUrl = '/'): Promise<Answer> {
			const begun = await browser.postForm('/auth/signin/forum', { callbackUrl });
			const { location = '' } = await createAgent().get(begun.location ?? '');
			return comeBack(browser, location);
		}
	};
}
