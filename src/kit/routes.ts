/** What we answer under `/auth`, by path and method. */
import type { Settings } from '../config.js';
import { sentenceOf, statusOf } from '../errors.js';
import type { Lifetimes } from '../sessions/lifetimes.js';
import { toSession, toSessionInfo } from '../sessions/session.js';
import type { Sessions } from '../sessions/sessions.js';
import type { GuardianRequestEvent, SignOutResult } from '../types.js';
import { toUser } from '../users/user.js';
import { kindOf, readBody } from './body.js';
import {
	signInPage,
	signOutFailedPage,
	signOutPage,
	signUpPage,
	type PageContext
} from './pages.js';
import { createProviderRoutes } from './provider-routes.js';
import type { PostedProviderSignIn } from './provider-sign-in.js';
import { answerSignIn, jsonAnswer, pageAnswer, redirectAnswer } from './respond.js';
import type { Route, RouteHandler } from './route.js';
import { SIGN_IN_FIELDS, type PostedSignIn } from './sign-in.js';
import { SIGN_OUT_FIELDS, type PostedSignOut, type SignOutFields } from './sign-out.js';
import type { Site } from './site.js';

export interface RoutesParts {
	settings: Settings;
	lifetimes: Lifetimes;
	sessions: Sessions;
	site: Site;
	postedSignIn: PostedSignIn;
	providers: PostedProviderSignIn;
	postedSignOut: PostedSignOut;
}

/** The routes by their path behind `/auth`. */
export function createRoutes(parts: RoutesParts): ReadonlyMap<string, Route> {
	const { settings, lifetimes, sessions, site, postedSignIn, providers, postedSignOut } = parts;

	function contextOf({ url }: GuardianRequestEvent): PageContext {
		const callbackUrl = site.callbackUrl(url.searchParams.get('callbackUrl'), url);
		const query = callbackUrl === null ? '' : `?${new URLSearchParams({ callbackUrl }).toString()}`;
		const allowSignUp = settings.password?.allowSignUp ?? false;
		return {
			base: site.base(),
			providers: settings.providers,
			hasPassword: settings.password !== null,
			callbackUrl,
			errorCode: url.searchParams.get('error'),
			minLength: settings.password?.minLength ?? 0,
			signUpUrl: allowSignUp ? site.page('signUp') + query : null,
			signInUrl: site.page('signIn') + query
		};
	}

	const showPage =
		(render: (context: PageContext) => string): RouteHandler =>
		(event) =>
			pageAnswer(200, render(contextOf(event)));

	const enter =
		(act: PostedSignIn['signIn']): RouteHandler =>
		async (event, browser) => {
			const { request } = event;
			const result = await act(event, browser, () => readBody(request, SIGN_IN_FIELDS));
			return answerSignIn(request, result);
		};

	return new Map<string, Route>([
		...createProviderRoutes(settings.providers, providers),
		[
			'/session',
			{
				async GET(_event, browser) {
					const active = await browser.read();
					const session = active && toSession(lifetimes, active.session, toUser(active.user));
					return jsonAnswer(200, { session });
				}
			}
		],
		[
			'/sessions',
			{
				async GET(_event, browser) {
					const active = await browser.read();
					if (active === null) {
						return jsonAnswer(401, { error: sentenceOf('no_session'), code: 'no_session' });
					}
					const rows = await sessions.list(active.user.id);
					const list = rows.map((row) => toSessionInfo(lifetimes, row, active.session.id));
					return jsonAnswer(200, { sessions: list });
				}
			}
		],
		['/signin', { GET: showPage(signInPage) }],
		['/signin/password', { POST: enter(postedSignIn.signIn) }],
		['/signup', { GET: showPage(signUpPage), POST: enter(postedSignIn.signUp) }],
		[
			'/signout',
			{
				GET: showPage(signOutPage),
				async POST(event, browser) {
					const { request } = event;
					const base = site.base();
					const { result, fields } = await postedSignOut({
						event,
						browser,
						read: () => readBody(request, SIGN_OUT_FIELDS),
						here: `${base}/`
					});
					return answerSignOut(request, { result, fields, base });
				}
			}
		]
	]);
}

function answerSignOut(
	request: Request,
	{ result, fields, base }: { result: SignOutResult; fields: SignOutFields; base: string }
): Response {
	if (kindOf(request) !== 'form')
		return jsonAnswer(result.ok ? 200 : statusOf(result.code), result);
	if (result.ok || result.code === 'no_session') return redirectAnswer(result.url);
	const again = Object.entries(fields).flatMap(([name, value]) =>
		typeof value === 'string' || typeof value === 'boolean' ? [[name, String(value)] as const] : []
	);
	const { code, error, pending } = result;
	const html = signOutFailedPage({
		base,
		error,
		fields: Object.fromEntries(again),
		retry: pending
	});
	return pageAnswer(statusOf(code), html);
}
