import { guardianAuth, password } from 'svelte-guardian';
import { sqlite } from 'svelte-guardian/sqlite';
import { events } from './events.js';
import { providers } from './providers.js';

const { DATABASE_URL = 'memory:', MAX_AGE, IDLE_TIMEOUT, ALLOW_SIGN_UP } = process.env;

export const { handle, auth, signIn, signUp, signOut, actions, sessions, users, requireFresh } =
	guardianAuth({
		database: sqlite(DATABASE_URL),
		providers: [password(), ...providers],
		allowSignUp: ALLOW_SIGN_UP !== 'false',
		session: {
			...(MAX_AGE && { maxAge: Number(MAX_AGE) }),
			...(IDLE_TIMEOUT && { idleTimeout: Number(IDLE_TIMEOUT) })
		},
		pages: { signIn: '/login', signedOut: '/signed-out' },
		events,
		redirectOrigins: ['https://app.example'],
		mayEndSessionsOf({ session }) {
			const { data = {} } = session?.user ?? {};
			return 'role' in data && data.role === 'admin';
		},
		legacyCookies: ['authjs.session-token']
	});
