import type { RequestHandler } from '@sveltejs/kit';

/** Answers with the headers that the query names, once it has `read` the session, or without. */
export const GET: RequestHandler = async ({ url, locals }) => {
	const { read, ...headers } = Object.fromEntries(url.searchParams);
	if (read) await locals.auth();
	return new Response('', { headers });
};
