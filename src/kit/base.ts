import * as paths from '$app/paths';

/** Our routes live here, behind the base. */
export const AUTH = '/auth';

/**
 * SvelteKit's base path: empty, or such as `/app`. SvelteKit 2 exports it; in SvelteKit 3 what
 * `resolve` gives inside a request is relative to that request.
 */
export function readBase(url: URL): string {
	// Looked up by its name: bundlers warn about an import that SvelteKit 3 does not export.
	const { base } = Object.fromEntries<unknown>(Object.entries(paths));
	if (typeof base === 'string') return base;
	// boundary: typed by the routes of whichever app this is compiled in.
	const resolve = paths.resolve as (path: string) => string;
	return new URL(resolve('/'), url).pathname.replace(/\/$/, '');
}
