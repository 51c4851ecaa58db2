/** lucia as it comes, with its own adapter for SQLite. */
import { DatabaseSync } from 'node:sqlite';
import { BetterSqlite3Adapter } from '@lucia-auth/adapter-sqlite';
import { Lucia } from 'lucia';
import { COOKIE } from '../events.ts';
import { pragmas, type Contender } from './contender.ts';

export function lucia(file: string): Contender {
	const database = new DatabaseSync(file, { timeout: 500 });
	database.exec(pragmas);
	// It calls `prepare` alone, which node:sqlite has in the same form.
	const driver = database as never;
	const tables = { user: 'lucia_users', session: 'lucia_sessions' };
	const auth = new Lucia(new BetterSqlite3Adapter(driver, tables), {
		sessionCookie: { name: COOKIE, attributes: { secure: false } },
		getUserAttributes: ({ email }: { email?: string }) => ({ email })
	});
	const validate = async (header: string | null) => {
		const id = auth.readSessionCookie(header ?? '');
		return id === null ? { user: null, session: null } : auth.validateSession(id);
	};
	return {
		name: 'lucia',
		pass({ request, locals }, resolve) {
			Object.assign(locals, { session: () => validate(request.headers.get('cookie')) });
			return resolve();
		},
		async read({ request }) {
			const { user } = await validate(request.headers.get('cookie'));
			return user === null ? null : emailOf(user);
		},
		async signOut({ request, url }) {
			if (request.headers.get('origin') !== url.origin) return new Response(null, { status: 403 });
			const { session } = await validate(request.headers.get('cookie'));
			if (session !== null) await auth.invalidateSession(session.id);
			const headers = new Headers({ location: '/', 'cache-control': 'no-store' });
			headers.append('set-cookie', auth.createBlankSessionCookie().serialize());
			return new Response(null, { status: 303, headers });
		},
		endAll: (userId) => auth.invalidateUserSessions(userId),
		close: async () => database.close()
	};
}

/** lucia knows the type of attributes from a registration that is one for the whole program. */
const emailOf = (user: object): string | null => (user as { email?: string }).email ?? null;
