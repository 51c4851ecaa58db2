import { requireFresh } from '../../lib/server/auth.js';
import type { RequestHandler } from './$types';

/** For those alone who have proved in the last minute who they are. */
export const GET: RequestHandler = async (event) => {
	const { user } = await requireFresh(event, { maxAge: 60 });
	return Response.json(user.id);
};
