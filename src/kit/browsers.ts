/** Finds the browser of a request: one per request, however many events SvelteKit makes of it. */
import { getRequestEvent } from '$app/server';
import type { CookieAttributes, CookieJar, GuardianRequestEvent } from '../types.js';
import { createBrowser, type Browser, type BrowserParts, type BrowserSource } from './browser.js';
import { namesFor, plainNames, secureNames, valuesOf, type CookieNames } from './cookies.js';

export interface Browsers {
	/** The browser of a request; its cookies are written through `cookies`, else `event.cookies`. */
	of(event: GuardianRequestEvent, cookies?: CookieJar): Browser;
	/** The same if it has been asked for already. */
	known(event: GuardianRequestEvent): Browser | undefined;
	/** The same, with cookies that are kept aside for a response of our own. */
	withOwnResponse(event: GuardianRequestEvent): { browser: Browser; setCookies: string[] };
	/** A browser of which nothing is known but its cookies. */
	ofCookies(cookies: CookieJar): Browser;
}

const MOST_USER_AGENT = 512;

export function createBrowsers(parts: BrowserParts): Browsers {
	const known = new WeakMap<Request, Browser>();

	const create = (event: GuardianRequestEvent, write: BrowserSource['write']): Browser =>
		createBrowser(sourceOf(event, write, parts.settings.insecureHttp), parts);

	function remember(event: GuardianRequestEvent, write: BrowserSource['write']): Browser {
		const browser = create(event, write);
		known.set(event.request, browser);
		return browser;
	}

	return {
		of(event, cookies = event.cookies) {
			const write: BrowserSource['write'] = (...cookie) => cookies.set(...cookie);
			if (cookies !== event.cookies) return create(event, write);
			return known.get(event.request) ?? remember(event, write);
		},
		known: (event) => known.get(event.request),
		withOwnResponse(event) {
			const setCookies: string[] = [];
			const write = (name: string, value: string, options: CookieAttributes) =>
				void setCookies.push(event.cookies.serialize(name, value, options));
			return { browser: remember(event, write), setCookies };
		},
		ofCookies: (cookies) => createBrowser(bareSource(cookies), parts)
	};
}

/** The event of the request under way, if there is one. To be called before anything is awaited. */
export function currentEvent(): GuardianRequestEvent | null {
	try {
		return getRequestEvent();
	} catch {
		// SvelteKit throws where there is no request, and has no other way to ask.
		return null;
	}
}

function sourceOf(
	event: GuardianRequestEvent,
	write: BrowserSource['write'],
	insecureHttp: boolean
): BrowserSource {
	const { request } = event;
	const header = request.headers.get('cookie');
	let names: CookieNames | undefined;
	return {
		hasCookies: header !== null,
		get names() {
			// `event.url` is the page's in a remote function; the request's own is always there.
			return (names ??= namesFor(request.url, insecureHttp));
		},
		values: (name) => valuesOf(header, name),
		write,
		get ip() {
			return clientAddress(event);
		},
		get userAgent() {
			return request.headers.get('user-agent')?.slice(0, MOST_USER_AGENT) ?? null;
		}
	};
}

function bareSource(cookies: CookieJar): BrowserSource {
	const values = (name: string) => [cookies.get(name) ?? []].flat();
	const isSecure = [secureNames.session, secureNames.ending].some(
		(name) => values(name).length > 0
	);
	return {
		hasCookies: true,
		names: isSecure ? secureNames : plainNames,
		values,
		write: (...cookie) => cookies.set(...cookie),
		ip: null,
		userAgent: null
	};
}

function clientAddress(event: GuardianRequestEvent): string | null {
	try {
		return event.getClientAddress();
	} catch {
		// Some adapters do not know it.
		return null;
	}
}
