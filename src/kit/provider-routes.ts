/** The routes of each provider: sign in, called back, link, unlink. */
import type { IdentityProvider } from '../identity-providers/provider.js';
import { readBody } from './body.js';
import type { PostedProviderSignIn } from './provider-sign-in.js';
import { answerSignIn, redirectAnswer } from './respond.js';
import type { Route, RouteHandler } from './route.js';

export function createProviderRoutes(
	providers: readonly IdentityProvider[],
	posted: PostedProviderSignIn
): [path: string, route: Route][] {
	const post =
		(act: PostedProviderSignIn['signIn'], provider: IdentityProvider): RouteHandler =>
		async (event, browser) => {
			const { request } = event;
			const result = await act(provider, event, browser, (names) => readBody(request, names));
			return answerSignIn(request, result);
		};

	return providers.flatMap((provider) => {
		const { id, type } = provider;
		const signIn: [string, Route] = [`/signin/${id}`, { POST: post(posted.signIn, provider) }];
		if (type === 'credentials') return [signIn];
		const callback: RouteHandler = async (event, browser) => {
			const { url } = await posted.callback(provider, event, browser);
			return redirectAnswer(url);
		};
		return [
			signIn,
			[`/callback/${id}`, { GET: callback }],
			[`/link/${id}`, { POST: post(posted.link, provider) }],
			[`/unlink/${id}`, { POST: post(posted.unlink, provider) }]
		];
	});
}
