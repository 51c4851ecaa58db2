import type { RequestHandler } from '@sveltejs/kit';
import { heard, manner } from '../../../lib/server/events.js';

export const GET: RequestHandler = () => Response.json(heard);

export const POST: RequestHandler = async ({ request }) => {
	({ manner: manner.current } = await request.json());
	return new Response(null, { status: 204 });
};
