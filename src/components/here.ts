/** The path and query of a page, as a place to come back to. */
export function hereOf(url: { readonly pathname: string; readonly search: string }): string {
	try {
		return url.pathname + url.search;
	} catch {
		// A page that is being prerendered has no query, and SvelteKit throws when asked for it.
		return url.pathname;
	}
}
