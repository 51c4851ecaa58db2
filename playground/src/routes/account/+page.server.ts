import { fail, redirect } from '@sveltejs/kit';
import { sentenceFor } from 'svelte-guardian';
import { providers, users } from '#lib/server/auth';
import { pathTo } from '#lib/server/paths';
import { requireSession } from '#lib/server/require-session';
import type { Actions, PageServerLoad } from './$types';

const LONGEST_NAME = 100;

export const load: PageServerLoad = async (event) => {
	const session = await requireSession(event);
	const linked = (await users.identities(session.user.id)).map(({ provider }) => provider);
	return {
		session,
		saved: event.url.searchParams.has('saved'),
		problem: sentenceFor(event.url.searchParams.get('error')),
		here: event.url.pathname,
		providers: providers.map(({ id, name }) => ({
			id,
			name,
			linked: linked.includes(id),
			unlink: `${pathTo('/', event.url)}auth/unlink/${id}`
		}))
	};
};

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
