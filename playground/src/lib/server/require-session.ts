import { redirect } from '@sveltejs/kit';
import type { Session } from 'svelte-guardian';
import { pathTo } from './paths';

/**
 * The session, or the way to the sign-in page. Every private `load` calls it itself: a layout's
 * `load` does not run again for each page below it.
 */
export async function requireSession(event: { locals: App.Locals; url: URL }): Promise<Session> {
	const session = await event.locals.auth();
	if (session) return session;
	redirect(303, `${pathTo('/signin', event.url)}?callbackUrl=${asParameter(event.url)}`);
}

/** Path and query, with readable slashes. */
function asParameter({ pathname, search }: URL): string {
	return encodeURIComponent(pathname + search).replaceAll('%2F', '/');
}
