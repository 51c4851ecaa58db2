import type { Event } from '../events.ts';

/** One way to keep sessions, behind the same hook. */
export interface Contender {
	name: string;
	/** What its hook does with a request for a page; who is signed in is read when the page asks. */
	pass(event: Event, resolve: () => Promise<Response>): Promise<Response>;
	/** Who is signed in. */
	read(event: Event): Promise<string | null>;
	/** What its hook answers to a sign-out: 303, with the session ended and the cookie cleared. */
	signOut(event: Event): Promise<Response>;
	/** Ends all sessions of a user. */
	endAll(userId: string): Promise<unknown>;
	close(): Promise<void>;
}

/** What svelte-guardian sets for its connection; the others get the same. */
export const pragmas = `PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;
	PRAGMA journal_mode = WAL;`;

/** The cookie of a request, for those that do not have a way of their own. */
export function tokenOf({ request }: Event, cookie: string): string | undefined {
	const header = request.headers.get('cookie');
	return header
		?.split('; ')
		.find((pair) => pair.startsWith(`${cookie}=`))
		?.slice(cookie.length + 1);
}
