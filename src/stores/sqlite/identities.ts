/** Users' links to providers: rows of guardian_identities. */
import type { DatabaseSync } from 'node:sqlite';
import { GuardianError } from '../../errors.js';
import type { IdentityRow, UserStore } from '../contract.js';
import { userColumns, userOf, type UserColumns } from './columns.js';
import { prepare, type Immediate } from './statement.js';
import type { Write } from './transaction.js';

type Identities = Pick<Immediate<UserStore>, 'byIdentity' | 'identities' | 'link' | 'unlink'>;

export function sqliteIdentities(
	database: DatabaseSync,
	write: Write,
	{ ownerOf, add }: IdentityTable
): Identities {
	const byIdentity = prepare<UserColumns>(
		database,
		`SELECT ${userColumns} FROM guardian_identities AS i JOIN guardian_users AS u
		ON u.id = i.user_id WHERE i.provider = ? AND i.account_id = ?`
	);
	const identities = prepare<[provider: string, accountId: string, createdAt: number]>(
		database,
		`SELECT provider, account_id, created_at FROM guardian_identities
		WHERE user_id = ? ORDER BY created_at, provider, account_id`
	);
	const userThere = prepare(database, 'SELECT 1 FROM guardian_users WHERE id = ?');
	const linked = prepare(
		database,
		'SELECT 1 FROM guardian_identities WHERE user_id = ? AND provider = ?'
	);
	const otherWayIn = prepare(
		database,
		`SELECT 1 FROM guardian_users WHERE id = ? AND password_hash IS NOT NULL
		UNION ALL SELECT 1 FROM guardian_identities WHERE user_id = ? AND provider <> ?`
	);
	const remove = prepare(
		database,
		'DELETE FROM guardian_identities WHERE user_id = ? AND provider = ?'
	);

	return {
		byIdentity(provider, accountId) {
			const row = byIdentity.get(provider, accountId);
			return row ? userOf(row) : null;
		},

		identities: (userId) =>
			identities
				.all(userId)
				.map(([provider, accountId, createdAt]) => ({ provider, accountId, userId, createdAt })),

		link: (identity) =>
			write(() => {
				if (!userThere.get(identity.userId)) return 'not_found';
				const owner = ownerOf(identity);
				if (owner === undefined) add(identity);
				return owner === undefined || owner === identity.userId ? 'ok' : 'identity_taken';
			}),

		unlink: (userId, provider) =>
			write(() => {
				if (!linked.get(userId, provider)) return 'not_found';
				if (!otherWayIn.get(userId, userId, provider)) return 'last_way_in';
				remove.run(userId, provider);
				if (linked.get(userId, provider)) throw unchanged('removed');
				return 'ok';
			})
	};
}

/** What is done to identities inside a transaction, which its caller commits. */
export interface IdentityTable {
	/** The user whose account at the provider it is. */
	ownerOf(identity: IdentityRow): string | undefined;
	add(identity: IdentityRow): void;
	removeAll(userId: string): void;
}

export function identityTable(database: DatabaseSync): IdentityTable {
	const ownerOf = prepare<[userId: string]>(
		database,
		'SELECT user_id FROM guardian_identities WHERE provider = ? AND account_id = ?'
	);
	const add = prepare(
		database,
		`INSERT INTO guardian_identities (provider, account_id, user_id, created_at)
		VALUES (?, ?, ?, ?)`
	);
	const removeAll = prepare(database, 'DELETE FROM guardian_identities WHERE user_id = ?');
	const left = prepare(database, 'SELECT 1 FROM guardian_identities WHERE user_id = ?');

	return {
		ownerOf: ({ provider, accountId }) => ownerOf.get(provider, accountId)?.[0],

		add({ provider, accountId, userId, createdAt }) {
			if (add.run(provider, accountId, userId, createdAt).changes !== 1) throw unchanged('added');
		},

		removeAll(userId) {
			removeAll.run(userId);
			if (left.get(userId)) throw unchanged('removed');
		}
	};
}

const unchanged = (what: 'added' | 'removed'): GuardianError =>
	new GuardianError(
		'store_unavailable',
		`The user's link to a provider could not be ${what}, without any error from SQLite. Look for ` +
			'a trigger on guardian_identities.'
	);
