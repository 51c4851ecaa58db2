/** Where a browser may be sent next. */

export interface Site {
	/** The app's own origin. */
	readonly origin: string;
	/** SvelteKit's base: empty, or `/app`. */
	readonly base: string;
	/** Other origins a target may point to. */
	readonly redirectOrigins: readonly string[];
}

const MOST = 2048;
/** C0 controls and DEL, which browsers drop or trip over, and the backslash, which they read as `/`. */
const FORBIDDEN = /[\u0000-\u001f\u007f\\]/;

/**
 * The target if it is safe to go to, else `null`: a path of our own origin, or an absolute URL on
 * an allowed one, outside our own routes. Follows the OWASP Unvalidated Redirects cheat sheet.
 */
export function safeCallbackUrl(value: unknown, site: Site): string | null {
	const url = parse(value, site.origin);
	if (url === null || url.username !== '' || url.password !== '') return null;
	if (url.origin !== site.origin) {
		return site.redirectOrigins.includes(url.origin) ? url.href : null;
	}
	const path = url.pathname + url.search + url.hash;
	return path.startsWith('//') || isOurs(url.pathname, site.base) ? null : path;
}

function parse(value: unknown, origin: string): URL | null {
	if (typeof value !== 'string' || value.length < 1 || value.length > MOST) return null;
	if (FORBIDDEN.test(value) || !value.isWellFormed() || value.trim() === '') return null;
	if (!URL.canParse(value.trim(), origin)) return null;
	const url = new URL(value.trim(), origin);
	return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

/** Our own routes would lead in circles. Compared as a router might read the path. */
function isOurs(pathname: string, base: string): boolean {
	const path = decode(pathname)?.replace(/\/{2,}/g, '/');
	return path === undefined || `${path}/`.startsWith(`${base}/auth/`);
}

function decode(pathname: string): string | undefined {
	try {
		return decodeURIComponent(pathname);
	} catch {
		// Not decodable, so that no router of ours would serve it either.
		return undefined;
	}
}
