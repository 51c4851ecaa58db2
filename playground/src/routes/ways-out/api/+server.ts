import { signOut } from '#lib/server/auth';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ cookies }) => {
	try {
		const result = await signOut({ redirect: false, cookies });
		if (result.error) return Response.json({ error: result.error }, { status: 500 });
		return Response.json({ url: result.url });
	} catch {
		return Response.json({ error: 'Signing out failed.' }, { status: 500 });
	}
};
