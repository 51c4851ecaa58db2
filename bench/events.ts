/** Requests as SvelteKit hands them to a hook, as far as a hook of this kind looks at them. */
import type { GuardianRequestEvent } from 'svelte-guardian';

export const ORIGIN = 'http://localhost';
export const COOKIE = 'guardian.session';

export type Event = GuardianRequestEvent;

/** A request for a page; without a token there is no cookie. */
export const pageEvent = (token?: string): Event =>
	event(
		new Request(`${ORIGIN}/`, {
			headers: token === undefined ? {} : { cookie: `${COOKIE}=${token}` }
		})
	);

/** The form of a sign-out button, posted by a browser. */
export const signOutEvent = (token: string): Event =>
	event(
		new Request(`${ORIGIN}/auth/signout`, {
			method: 'POST',
			body: '',
			headers: {
				cookie: `${COOKIE}=${token}`,
				origin: ORIGIN,
				'sec-fetch-site': 'same-origin',
				'content-type': 'application/x-www-form-urlencoded'
			}
		})
	);

function event(request: Request): Event {
	const cookies = {
		get: () => undefined,
		getAll: () => [],
		set: () => {},
		delete: () => {},
		serialize
	};
	return {
		request,
		url: new URL(request.url),
		cookies,
		locals: { auth: () => Promise.resolve(null) },
		route: { id: null },
		isDataRequest: false,
		isRemoteRequest: false,
		getClientAddress: () => '127.0.0.1'
	};
}

/** As long as what the package `cookie` writes, and for every contender the same. */
function serialize(
	name: string,
	value: string,
	{ maxAge = 0, secure = false }: { maxAge?: number | undefined; secure?: boolean | undefined }
): string {
	const attributes = `Max-Age=${maxAge}; Path=/; HttpOnly${secure ? '; Secure' : ''}; SameSite=Lax`;
	return `${name}=${value}; ${attributes}`;
}
