/** Where the app is, where its pages are, and where a browser may be sent next. */
import type { Settings } from '../config.js';
import { safeCallbackUrl } from '../sign-out/callback-url.js';
import type { Destinations } from '../sign-out/sign-out.js';
import type { GuardianRequestEvent } from '../types.js';
import { readBase } from './base.js';

export interface Site {
	base(url: URL): string;
	/** The path of one of the app's pages, behind the base. */
	page(name: keyof Settings['pages'], url: URL): string;
	/** A target that is safe to go to; `null` for any other. */
	callbackUrl(value: unknown, url: URL): string | null;
	destinations(value: unknown, place: { url: URL; here: string }): Destinations;
}

/** Stands in for the app's own address where no request tells it; nothing resolves to it (RFC 6761). */
export const NOWHERE = new URL('http://guardian.invalid/');

export function createSite(settings: Settings): Site {
	let known: string | undefined;
	const base = (url: URL) => (known ??= readBase(url));
	const page: Site['page'] = (name, url) => base(url) + settings.pages[name];
	const callbackUrl: Site['callbackUrl'] = (value, url) =>
		safeCallbackUrl(value, {
			origin: url.origin,
			base: base(url),
			redirectOrigins: settings.redirectOrigins
		});
	return {
		base,
		page,
		callbackUrl,
		destinations: (value, { url, here }) => ({
			callbackUrl: callbackUrl(value, url),
			signedOut: page('signedOut', url),
			signIn: page('signIn', url),
			here
		})
	};
}

/** The page a request is about, without the `?/action` that SvelteKit adds for a form action. */
export function pageOf({ url }: GuardianRequestEvent): string {
	const action = [...url.searchParams.keys()].filter((key) => key.startsWith('/'));
	const search = new URLSearchParams(url.search);
	action.forEach((key) => search.delete(key));
	const query = search.toString();
	return query === '' ? url.pathname : `${url.pathname}?${query}`;
}
