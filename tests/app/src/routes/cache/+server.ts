import type { RequestHandler } from '@sveltejs/kit';

/** Answers as the query says: `type`, `cacheControl`, and whether the session is `read`. */
export const GET: RequestHandler = async ({ url, locals }) => {
	const { type = 'text/html', cacheControl, read } = Object.fromEntries(url.searchParams);
	if (read) await locals.auth();
	return new Response('', {
		headers: { 'content-type': type, ...(cacheControl && { 'cache-control': cacheControl }) }
	});
};
