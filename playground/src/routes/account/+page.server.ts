import { fail, redirect } from '@sveltejs/kit';
import { users } from '#lib/server/auth';
import { requireSession } from '#lib/server/require-session';
import type { Actions, PageServerLoad } from './$types';

const LONGEST_NAME = 100;

export const load: PageServerLoad = async (event) => ({
	session: await requireSession(event),
	saved: event.url.searchParams.has('saved')
});

export const actions = {
	rename: async (event) => {
		const session = await requireSession(event);
		const name = (await event.request.formData()).get('name');
		if (typeof name !== 'string' || name.trim().length > LONGEST_NAME) {
			return fail(400, { error: `A name has at most ${LONGEST_NAME} characters.` });
		}
		await users.update(session.user.id, { name: name.trim() || null });
		redirect(303, `${event.url.pathname}?saved`);
	}
} satisfies Actions;
