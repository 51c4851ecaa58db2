import * as paths from '$app/paths';

/** Our routes live here, behind the base. */
export const AUTH = '/auth';

/**
 * SvelteKit's base path: empty, or such as `/app`. SvelteKit 2 exports it; in SvelteKit 3 what
 * `resolve` gives inside a request is relative to that request.
 */
export function readBase(url: URL): string {
	if ('base' in paths && typeof paths.base === 'string') return paths.base;
	// boundary: typed by the routes of whichever app this is compiled in.
	const resolve = paths.resolve as (path: string) => string;
	return new URL(resolve('/'), url).pathname.replace(/\/$/, '');
}
