/** svelte-guardian by its public interface, on a file of its own or on one that is there. */
import { guardianAuth, password, type Database } from 'svelte-guardian';
import type { Contender } from './contender.ts';

export function guardian(database: Database): Contender {
	const { handle, auth, sessions } = guardianAuth({
		database,
		providers: [password()],
		secret: 'a secret of the benchmark that is long enough'
	});
	return {
		name: 'svelte-guardian',
		pass: (event, resolve) => handle({ event, resolve }),
		read: async (event) => (await auth(event))?.user.email ?? null,
		signOut: (event) => handle({ event, resolve: neverAsked }),
		async endAll(userId) {
			const result = await sessions.revokeAll(userId);
			if (!result.ok) throw new Error(result.error);
			return result.revoked;
		},
		close: async () => database.close?.()
	};
}

function neverAsked(): never {
	throw new Error('The sign-out was not answered by the hook.');
}
