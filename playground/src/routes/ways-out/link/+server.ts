import { redirect } from '@sveltejs/kit';
import { signOut } from '#lib/server/auth';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ cookies }) => {
	await signOut({ callbackUrl: '/', cookies });
	redirect(303, '/');
};
