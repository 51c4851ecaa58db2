import { urlOf } from './request.js';

/**
 * Leaves for `url` by loading it: a soft navigation would keep the page's data in memory, and its
 * old address in the bar when Back is pressed. Goes to http and https only, else to the app's root.
 */
export function leave(url: string): void {
	addEventListener('pageshow', reloadIfKept);
	let target = '';
	try {
		target = new URL(url, location.href).href;
	} catch {
		// Not a URL: then it is not http either.
	}
	if (!/^https?:/.test(target)) target = urlOf('/');
	location.href = target;
	// An address that differs in its #fragment only has just been scrolled to and not loaded.
	if (location.href === target) location.reload();
}

/**
 * Asks the server again when Back or Forward shows a page that the browser had kept whole, with
 * somebody's data on it.
 */
export function reloadIfKept(event: PageTransitionEvent): void {
	if (event.persisted) location.reload();
}
