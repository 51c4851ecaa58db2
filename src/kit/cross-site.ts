/**
 * Whether a request comes from our own pages. SvelteKit checks forms only, and only in production;
 * this holds for every content type, and in dev too. Follows the OWASP CSRF Prevention Cheat Sheet
 * (Fetch Metadata, with Origin beside it).
 */

/**
 * Whether what a request asks for may be done. A GET, in which app code may sign out, has to be a
 * page that somebody went to, from our own pages or the address bar, and no prefetch.
 */
export function mayAct(request: Request): boolean {
	if (!['GET', 'HEAD'].includes(request.method)) return isSameOrigin(request);
	const header = (name: string) => request.headers.get(name);
	const purpose = `${header('sec-purpose') ?? ''} ${header('purpose') ?? ''}`;
	if (purpose.includes('prefetch')) return false;
	const site = header('sec-fetch-site');
	if (site === null) return true;
	const navigation =
		header('sec-fetch-mode') === 'navigate' && header('sec-fetch-dest') === 'document';
	return navigation && (site === 'same-origin' || site === 'none');
}

/** For a request that changes something: nothing speaks against it, and with a cookie something for it. */
function isSameOrigin(request: Request): boolean {
	const site = request.headers.get('sec-fetch-site');
	const origin = request.headers.get('origin');
	const named = origin !== null && origin !== 'null';
	if (site !== null && site !== 'same-origin') return false;
	if (named && origin !== new URL(request.url).origin) return false;
	return site !== null || named || !request.headers.has('cookie');
}
