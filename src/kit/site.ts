/** Where the app is, where its pages are, and where a browser may be sent next. */
import type { Settings } from '../config.js';
import { safeCallbackUrl } from '../sign-out/callback-url.js';
import type { Destinations } from '../sign-out/sign-out.js';
import type { GuardianRequestEvent } from '../types.js';
import { createBase } from './base.js';

export interface Site {
	base(): string;
	/** The path of one of the app's pages, behind the base. */
	page(name: keyof Settings['pages']): string;
	/** A target that is safe to go to; `null` for any other. */
	callbackUrl(value: unknown, url: URL): string | null;
	destinations(value: unknown, place: { url: URL; here: string }): Destinations;
}

export function createSite(settings: Settings): Site {
	const base = createBase();
	const page: Site['page'] = (name) => base() + settings.pages[name];
	const callbackUrl: Site['callbackUrl'] = (value, url) =>
		safeCallbackUrl(value, {
			origin: url.origin,
			base: base(),
			redirectOrigins: settings.redirectOrigins
		});
	return {
		base,
		page,
		callbackUrl,
		destinations: (value, { url, here }) => ({
			callbackUrl: callbackUrl(value, url),
			signedOut: page('signedOut'),
			signIn: page('signIn'),
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
	// Two slashes in front would name another host (RFC 3986, 4.2).
	const path = url.pathname.replace(/^\/+/, '/');
	return query === '' ? path : `${path}?${query}`;
}
