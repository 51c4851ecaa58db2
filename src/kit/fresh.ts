/** Asks for a sign-in that is not long ago, before something that matters. */
import { redirect } from '@sveltejs/kit';
import { GuardianError } from '../errors.js';
import type { Reading } from '../sessions/engine.js';
import type { GuardianRequestEvent, Session } from '../types.js';
import type { Auth } from './auth.js';
import { withError } from './entrance.js';
import { pageOf, type Site } from './site.js';

/** Gives the session of a user who has proved who they are not long ago. */
export interface RequireFresh {
	/**
	 * The session, if its `authTime` is at most `maxAge` seconds ago (default: 600); anybody else is
	 * redirected (303) to the sign-in page, which leads back.
	 *
	 * @throws SvelteKit's redirect; its error 503 when the store cannot be asked; GuardianError
	 * `invalid_options` when `maxAge` is no positive number.
	 */
	(event: GuardianRequestEvent, options?: { maxAge?: number }): Promise<Session>;
}

/** Seconds: linking an account to a provider, or unlinking it. */
export const LINK_MAX_AGE = 600;

export const isFresh = ({ session }: Reading, maxAge: number): boolean =>
	session.authTime > Date.now() - maxAge * 1000;

export const createRequireFresh =
	({ auth, site }: { auth: Auth; site: Site }): RequireFresh =>
	async (event, { maxAge = LINK_MAX_AGE } = {}) => {
		if (!Number.isFinite(maxAge) || maxAge <= 0) {
			throw new GuardianError(
				'invalid_options',
				'`maxAge` is a number of seconds: requireFresh(event, { maxAge: 600 })'
			);
		}
		const session = await auth(event);
		if (session !== null && session.authTime.getTime() > Date.now() - maxAge * 1000) return session;
		const code = session === null ? 'no_session' : 'reauthentication_required';
		redirect(303, withError(site.page('signIn'), code, pageOf(event)));
	};
