import * as paths from '$app/paths';
import { currentEvent } from './browsers.js';

/** Stands in for the app's own address where no request tells it; nothing resolves to it (RFC 6761). */
export const NOWHERE = new URL('http://guardian.invalid/');

/** Our routes live here, behind the base. */
export const AUTH = '/auth';

/**
 * Tells SvelteKit's base path: empty, or such as `/app`. Only what was read outside of a request, as
 * apps are set up, is remembered: inside, it depends on what the request says of itself.
 */
export function createBase(): () => string {
	const known = currentEvent() === null ? readBase() : null;
	return () => known ?? readBase();
}

/**
 * SvelteKit 2 exports it. What `resolve` gives in SvelteKit 3 is absolute, but inside a request
 * relative to its event's URL, which is not the request's for data and remote functions.
 */
function readBase(): string {
	// Looked up by its name: bundlers warn about an import that SvelteKit 3 does not export.
	const { base } = Object.fromEntries<unknown>(Object.entries(paths));
	if (typeof base === 'string') return base;
	// boundary: typed by the routes of whichever app this is compiled in.
	const resolve = paths.resolve as (path: string) => string;
	return new URL(resolve('/'), currentEvent()?.url ?? NOWHERE).pathname.replace(/\/$/, '');
}
