import { json } from '@sveltejs/kit';
import { signOut } from '#lib/server/auth';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ cookies }) => {
	try {
		const result = await signOut({ redirect: false, cookies });
		if (result.error) return json({ error: result.error }, { status: 500 });
		return json({ url: result.url });
	} catch {
		return json({ error: 'Signing out failed.' }, { status: 500 });
	}
};
