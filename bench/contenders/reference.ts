/**
 * What one would write by hand for just this, on the very tables of svelte-guardian: SHA-256 and one
 * prepared, joined SELECT to read; a read and DELETE … RETURNING to end.
 */
import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { COOKIE, type Event } from '../events.ts';
import { pragmas, tokenOf, type Contender } from './contender.ts';

const MAX_AGE = 30 * 24 * 60 * 60 * 1000;
const GONE = { path: '/', maxAge: 0, secure: false, httpOnly: true, sameSite: 'lax' } as const;
const IDLE_TIMEOUT = 7 * 24 * 60 * 60 * 1000;

export function reference(file: string): Contender {
	const database = new DatabaseSync(file, { timeout: 500, enableForeignKeyConstraints: true });
	database.exec(pragmas);
	const select = database.prepare(
		`SELECT s.id, s.user_id, s.epoch, s.created_at, s.last_active_at,
			u.email, u.name, u.image, u.data, u.epoch AS user_epoch
		FROM guardian_sessions AS s JOIN guardian_users AS u ON u.id = s.user_id WHERE s.id = ?`
	);
	const remove = database.prepare('DELETE FROM guardian_sessions WHERE id = ? RETURNING id');
	const ofUser = database.prepare('SELECT id FROM guardian_users WHERE id = ?');
	const removeAll = database.prepare(
		'DELETE FROM guardian_sessions WHERE user_id = ? RETURNING id'
	);

	function sessionOf(event: Event) {
		const token = tokenOf(event, COOKIE);
		if (token === undefined) return null;
		const row = select.get(createHash('sha256').update(token).digest('hex'));
		const now = Date.now();
		if (row === undefined || row['epoch'] !== row['user_epoch']) return null;
		if (Number(row['created_at']) + MAX_AGE <= now) return null;
		return Number(row['last_active_at']) + IDLE_TIMEOUT <= now ? null : row;
	}

	return {
		name: 'reference',
		pass(event, resolve) {
			Object.assign(event.locals, { session: () => sessionOf(event) });
			return resolve();
		},
		read: async (event) => sessionOf(event)?.['email']?.toString() ?? null,
		async signOut(event) {
			if (event.request.headers.get('origin') !== event.url.origin) {
				return new Response(null, { status: 403 });
			}
			const session = sessionOf(event);
			if (session !== null && remove.all(session['id'] ?? null).length !== 1) {
				throw new Error('The session has not ended.');
			}
			const headers = new Headers({ location: '/', 'cache-control': 'no-store' });
			headers.append('set-cookie', event.cookies.serialize(COOKIE, '', GONE));
			return new Response(null, { status: 303, headers });
		},
		endAll: async (userId) => ofUser.get(userId) && removeAll.all(userId).length,
		close: async () => database.close()
	};
}
