import type { RequestHandler } from '@sveltejs/kit';
import { signOut } from '../../../lib/server/auth.js';
import { answer } from '../../../lib/server/call.js';

export const POST: RequestHandler = async ({ request }) => {
	const options = await request.json();
	return answer(async () => signOut(options));
};
