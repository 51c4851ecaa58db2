import { redirect } from '@sveltejs/kit';

export async function load({ locals }: { locals: App.Locals }) {
	const session = await locals.auth();
	if (session === null) redirect(303, '/login');
	return { session };
}
