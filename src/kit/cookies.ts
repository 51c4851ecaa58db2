/** The cookies we write, and what a browser presents under their names. */
import { isLoopback } from '../config.js';
import { GuardianError } from '../errors.js';
import type { CookieAttributes } from '../types.js';

/** The names in use for one origin. */
export interface CookieNames {
	readonly secure: boolean;
	readonly prefix: string;
	readonly session: string;
	/** Holds, sealed, which ends the store has not confirmed yet. Opens nothing. */
	readonly ending: string;
	/** Holds, sealed, what a sign-in at a provider is for. */
	readonly flow: string;
}

const namesWith = (prefix: string, secure: boolean): CookieNames => ({
	secure,
	prefix,
	session: `${prefix}session`,
	ending: `${prefix}ending`,
	flow: `${prefix}flow`
});

/** RFC 6265bis, 4.1.3.2: a `__Host-` cookie comes from this very host, over https, for every path. */
export const secureNames = namesWith('__Host-guardian.', true);

export const plainNames = namesWith('guardian.', false);

/**
 * The names for the origin of a request's URL.
 *
 * @throws GuardianError `invalid_config` on plain http away from loopback, unless it is allowed.
 */
export function namesFor(url: string, insecureHttp: boolean): CookieNames {
	// URLs of requests are normalised (WHATWG Fetch, 5.4), so that none has to be parsed on https.
	if (url.startsWith('https:')) return secureNames;
	const { origin, hostname } = new URL(url);
	if (insecureHttp || isLoopback(hostname)) return plainNames;
	throw new GuardianError(
		'invalid_config',
		`The app is served at ${origin}, where a session cookie could be read on the way. Behind a ` +
			'proxy that speaks https, tell SvelteKit: set `paths.origin` in its configuration (SvelteKit 2: ' +
			'ORIGIN in the environment), or PROTOCOL_HEADER and HOST_HEADER for adapter-node. To allow ' +
			'plain http all the same: guardianAuth({ insecureHttp: true, … }).'
	);
}

/** `maxAge` in seconds; 0 removes the cookie. */
export const attributes = (secure: boolean, maxAge: number): CookieAttributes => ({
	path: '/',
	httpOnly: true,
	sameSite: 'lax',
	secure,
	maxAge
});

/** Every value that a Cookie header holds under a name; there can be several (RFC 6265, 5.4). */
export function valuesOf(header: string | null, name: string): string[] {
	if (header === null || !header.includes(name)) return [];
	const prefix = `${name}=`;
	return header
		.split(';')
		.map((pair) => pair.trim())
		.filter((pair) => pair.startsWith(prefix))
		.map((pair) => pair.slice(prefix.length));
}
