/** The core of sign-out over real sessions in a real store, and a browser that notes what it is told. */
import { createLifetimes } from '../../../src/sessions/lifetimes.js';
import type { Ending } from '../../../src/sessions/ending.js';
import { createAnnounce } from '../../../src/sign-out/announce.js';
import {
	createSignOut,
	type Destinations,
	type LeavingBrowser,
	type Settled,
	type SignOutRequest
} from '../../../src/sign-out/sign-out.js';
import type { GuardianEvents } from '../../../src/types.js';
import { createPasswordHasher } from '../../../src/users/password.js';
import { createUsers } from '../../../src/users/users.js';
import { IDLE, MAX_AGE, setUp, type Options } from '../sessions/support.js';

type SignedOut = Parameters<NonNullable<GuardianEvents['afterSignOut']>>[0];

export const destinations: Destinations = {
	callbackUrl: null,
	signedOut: '/goodbye',
	signIn: '/login',
	here: '/sessions'
};

const nothingHeld: Settled = { held: 0, revoked: 0, unconfirmed: [] };

export function setUpSignOut(
	options: Options & { afterSignOut?: GuardianEvents['afterSignOut'] } = {}
) {
	const parts = setUp(options);
	const { database, sessions } = parts;
	const heard: SignedOut[] = [];
	const logged: string[] = [];
	const log = (message: string) => void logged.push(message);
	const afterSignOut = options.afterSignOut ?? ((event) => void heard.push(event));
	const signOut = createSignOut({
		sessions,
		announce: createAnnounce({
			events: { afterSignOut },
			users: createUsers({ store: database.users, hasher: createPasswordHasher({ log }) }),
			lifetimes: createLifetimes(MAX_AGE, IDLE),
			log
		}),
		log
	});

	/** A browser that presents these sessions. */
	function browserWith(presented: readonly string[], settled: Settled = nothingHeld) {
		const held: Ending[] = [];
		const done = { cleared: 0, held };
		const browser: LeavingBrowser = {
			presented,
			read: () => sessions.read(presented, { activity: false }),
			settle: async () => settled,
			clear: () => void (done.cleared += 1),
			hold: (ending) => void held.push(ending)
		};
		return { browser, done };
	}

	/** Signs a browser out that presents these sessions. */
	async function leave(
		presented: readonly string[],
		target: Ending['target'],
		more: Partial<SignOutRequest> & { settled?: Settled } = {}
	) {
		const { browser, done } = browserWith(presented, more.settled);
		const mayEndSessionsOf = async () => false;
		const request = { target, browser, destinations, mayEndSessionsOf, ...more };
		return { result: await signOut.asBrowser(request), ...done };
	}

	return { ...parts, logged, heard, signOut, leave };
}
