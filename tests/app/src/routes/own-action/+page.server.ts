import { fail, type Actions } from '@sveltejs/kit';
import { signOut } from '../../lib/server/auth.js';
import { heard } from '../../lib/server/events.js';

export const actions: Actions = {
	async leave({ cookies, locals }) {
		const session = await locals.auth();
		heard.push({ name: 'afterSignOut', before: session?.user.email });
		return signOut({ cookies });
	},
	async stay() {
		const result = await signOut({ redirect: false });
		return result.ok ? { result } : fail(503, { result });
	}
};
