import { resolve } from '$app/paths';

/** Routes that sign-in and sign-out lead to. */
export type Target = '/' | '/dashboard' | '/sessions' | '/signin' | '/ways-out';

/**
 * The absolute path of a route, behind the app's base path. On the server `resolve` is relative to
 * the page being rendered, which suits a link but not a redirect or a `callbackUrl`.
 */
export const pathTo = (target: Target, url: URL): string => new URL(resolve(target), url).pathname;
