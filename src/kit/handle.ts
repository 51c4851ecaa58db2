/** The hook: gives `locals.auth()`, serves our routes, and keeps what is private out of caches. */
import { GuardianError, sentenceOf } from '../errors.js';
import type { Log } from '../log.js';
import type { GuardianRequestEvent } from '../types.js';
import type { Auth } from './auth.js';
import { AUTH } from './base.js';
import type { Browser } from './browser.js';
import type { Browsers } from './browsers.js';
import { jsonAnswer, makePrivate, methodAnswer, RETRY_AFTER, withOwnHeaders } from './respond.js';
import type { Route } from './route.js';
import type { Site } from './site.js';

/** Fits SvelteKit's `Handle`, of version 2 and 3, alone and in `sequence`. */
export type GuardianHandle = <Event extends GuardianRequestEvent>(input: {
	event: Event;
	resolve(event: Event): Response | Promise<Response>;
}) => Promise<Response>;

export interface HandleParts {
	auth: Auth;
	browsers: Browsers;
	routes: ReadonlyMap<string, Route>;
	site: Site;
	log: Log;
}

export function createHandle({ auth, browsers, routes, site, log }: HandleParts): GuardianHandle {
	/** Our route for the request, if the path is one of ours. */
	function routeOf({
		url,
		isDataRequest,
		isRemoteRequest
	}: GuardianRequestEvent): Route | undefined {
		if (isDataRequest || isRemoteRequest === true || !url.pathname.includes(AUTH)) return undefined;
		const prefix = site.base() + AUTH;
		return url.pathname.startsWith(prefix)
			? routes.get(url.pathname.slice(prefix.length))
			: undefined;
	}

	async function answer(event: GuardianRequestEvent, route: Route): Promise<Response> {
		const { browser, setCookies } = browsers.withOwnResponse(event);
		const response = await dispatch(event, route, browser);
		for (const cookie of setCookies) response.headers.append('set-cookie', cookie);
		if (wasAsked(browser)) finish(response, browser, log);
		return response;
	}

	return async ({ event, resolve }) => {
		Object.assign(event.locals, { auth: () => auth(event) });
		const route = routeOf(event);
		if (route !== undefined && !isPageOfApp(event)) return answer(event, route);
		// With no cookie there is nothing to settle, and nothing to read before the app asks.
		if (event.request.headers.has('cookie')) await browsers.of(event).settle();
		const response = await resolve(event);
		if (route !== undefined && response.status === 405) return answer(event, route);
		const browser = browsers.known(event);
		if (browser === undefined || !wasAsked(browser)) return response;
		const own = withOwnHeaders(response);
		finish(own, browser, log);
		return own;
	};
}

/** Whether the app has a route of just this path; a catch-all or a parameter does not count. */
function isPageOfApp({ route, url }: GuardianRequestEvent): boolean {
	const path = route.id?.replace(/\/\([^)]*\)/g, '');
	return path !== undefined && url.pathname.endsWith(path) && path.startsWith(AUTH);
}

async function dispatch(
	event: GuardianRequestEvent,
	route: Route,
	browser: Browser
): Promise<Response> {
	const { method } = event.request;
	const allow = ['OPTIONS', ...(route.GET ? ['GET', 'HEAD'] : []), ...(route.POST ? ['POST'] : [])];
	const handler = method === 'POST' ? route.POST : route.GET;
	if (method === 'OPTIONS') return methodAnswer(allow, 204);
	if (handler === undefined || !allow.includes(method)) return methodAnswer(allow, 405);
	try {
		await browser.settle();
		const response = await handler(event, browser);
		return method === 'HEAD' ? new Response(null, response) : response;
	} catch (cause) {
		if (!(cause instanceof GuardianError) || cause.code !== 'store_unavailable') throw cause;
		return jsonAnswer(503, { error: sentenceOf(cause.code), code: cause.code });
	}
}

/** Whether the answer depends on who is signed in. */
const wasAsked = ({ seen }: Browser): boolean => seen.read || seen.left;

/** Adds to the headers of a response what the request made of its browser. */
function finish({ headers, status }: Response, { seen }: Browser, log: Log): void {
	makePrivate(headers, log);
	// Pages of the signed-in time must not come back from a cache.
	if (seen.left) headers.set('clear-site-data', '"cache"');
	if (seen.storeFailed && status === 503) headers.set('retry-after', String(RETRY_AFTER));
}
