import { redirect, type RequestHandler } from '@sveltejs/kit';
import { signOut } from '../../lib/server/auth.js';

export const POST: RequestHandler = async ({ cookies }) => {
	try {
		const result = await signOut({ redirect: false, cookies });
		if (result.error) return Response.json({ error: result.error }, { status: 500 });
		return Response.json({ url: result.url });
	} catch {
		return Response.json({ error: 'Signing out failed.' }, { status: 500 });
	}
};

export const GET: RequestHandler = async ({ cookies }) => {
	await signOut({ callbackUrl: '/', cookies });
	redirect(303, '/');
};
