import type { DatabaseSync } from 'node:sqlite';
import { GuardianError } from '../../errors.js';
import type { UserStore } from '../contract.js';
import { patched } from '../patch.js';
import { userColumns, userOf, userValues, type UserColumns } from './columns.js';
import { identityTable, sqliteIdentities } from './identities.js';
import { placeholders, prepare, type Immediate } from './statement.js';
import type { Write } from './transaction.js';

const columns = `id, password_hash, email, name, image, email_verified, data, epoch, created_at,
	disabled_at`;

export function sqliteUsers(database: DatabaseSync, write: Write): Immediate<UserStore> {
	const identities = identityTable(database);
	const byId = prepare<UserColumns>(
		database,
		`SELECT ${userColumns} FROM guardian_users AS u WHERE u.id = ?`
	);
	const byEmail = prepare<UserColumns>(
		database,
		`SELECT ${userColumns} FROM guardian_users AS u WHERE u.email = ?`
	);
	const insert = prepare(
		database,
		`INSERT INTO guardian_users (${columns}) VALUES (${placeholders(10)})`
	);
	const update = prepare(
		database,
		`UPDATE guardian_users SET email = ?, name = ?, image = ?, email_verified = ?, data = ?,
			password_hash = ?, disabled_at = ? WHERE id = ?`
	);
	const raiseEpoch = prepare<[epoch: number]>(
		database,
		'UPDATE guardian_users SET epoch = epoch + 1 WHERE id = ? RETURNING epoch'
	);
	const leaveBehind = prepare(
		database,
		'UPDATE guardian_sessions SET outdated = 1 WHERE user_id = ?'
	);
	const removeSessions = prepare(database, 'DELETE FROM guardian_sessions WHERE user_id = ?');
	const sessionLeft = prepare(database, 'SELECT 1 FROM guardian_sessions WHERE user_id = ?');
	const remove = prepare(database, 'DELETE FROM guardian_users WHERE id = ?');

	return {
		...sqliteIdentities(database, write, identities),

		insert: (user, identity) =>
			write(() => {
				if (identity && identities.ownerOf(identity) !== undefined) return 'identity_taken';
				if (byEmail.get(user.email)) return 'email_taken';
				if (insert.run(...userValues(user)).changes !== 1) throw unchanged('added');
				if (identity) identities.add(identity);
				return 'ok';
			}),

		byId(id) {
			const row = byId.get(id);
			return row ? userOf(row) : null;
		},

		byEmail(email) {
			const row = byEmail.get(email);
			return row ? userOf(row) : null;
		},

		update: (id, patch) =>
			write(() => {
				const found = byId.get(id);
				if (!found) return 'not_found';
				const user = patched(userOf(found), patch);
				const [owner = id] = byEmail.get(user.email) ?? [];
				if (owner !== id) return 'email_taken';
				const { email, name, image, emailVerified, data, passwordHash, disabledAt } = user;
				const verified = emailVerified ? 1 : 0;
				const values = [email, name, image, verified, data, passwordHash, disabledAt];
				if (update.run(...values, id).changes !== 1) throw unchanged('changed');
				return 'ok';
			}),

		raiseEpoch: (id) =>
			write(() => {
				const [epoch] = raiseEpoch.get(id) ?? [];
				if (epoch !== undefined) {
					leaveBehind.run(id);
					return epoch;
				}
				if (byId.get(id)) throw unchanged('changed');
				return null;
			}),

		// these go by statements of their own: a database given by the app may have foreign keys off
		delete: (id) =>
			write(() => {
				removeSessions.run(id);
				if (sessionLeft.get(id)) throw unchanged('removed');
				identities.removeAll(id);
				const removed = remove.run(id).changes === 1;
				if (!removed && byId.get(id)) throw unchanged('removed');
				return removed;
			})
	};
}

const unchanged = (what: 'added' | 'changed' | 'removed'): GuardianError =>
	new GuardianError(
		'store_unavailable',
		`The user or a session of it could not be ${what}, without any error from SQLite. Look for ` +
			'a trigger on guardian_users or guardian_sessions.'
	);
