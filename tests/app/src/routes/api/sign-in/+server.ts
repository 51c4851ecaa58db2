import type { RequestHandler } from '@sveltejs/kit';
import { signIn } from '../../../lib/server/auth.js';
import { answer } from '../../../lib/server/call.js';

export const POST: RequestHandler = async ({ request }) => {
	const { provider, ...options } = await request.json();
	return answer(async () => signIn(provider, options));
};
