/** Who a provider's account is here, and which accounts a user can sign in with. */
import { randomUUID } from 'node:crypto';
import { GuardianError } from '../errors.js';
import { createTimeLimit } from '../sessions/time-limit.js';
import type { IdentityRow, UserRow, UserStore } from '../stores/contract.js';
import { normalizeEmail } from './email.js';
import { toTextColumn } from './user.js';

/** An account at a provider, as the provider describes it. */
export interface ProviderAccount {
	readonly provider: string;
	readonly accountId: string;
	readonly email: string | null;
	/** True only when the provider vouches for the address. */
	readonly emailVerified: boolean;
	readonly name: string | null;
	readonly image: string | null;
}

export interface Identities {
	/**
	 * The user of an account; the first time, a new one. Never the user who merely has the same
	 * e-mail address.
	 *
	 * @throws GuardianError `email_taken`; `forbidden` when it is new and may not be, or is disabled.
	 */
	userOf(
		account: ProviderAccount,
		options: { allowSignUp: boolean }
	): Promise<{ user: UserRow; isNew: boolean }>;
	list(userId: string): Promise<IdentityRow[]>;
	/** @throws GuardianError `identity_taken` when somebody else has it. */
	link(userId: string, account: Pick<ProviderAccount, 'provider' | 'accountId'>): Promise<void>;
	/** @throws GuardianError `last_way_in` when nothing would be left to sign in with. */
	unlink(userId: string, provider: string): Promise<void>;
}

/** Milliseconds to wait for the store. */
const LIMIT = 3000;

export function createIdentities(store: UserStore): Identities {
	const ask = createTimeLimit(LIMIT);

	async function create(account: ProviderAccount): Promise<UserRow | null> {
		const { provider, accountId, emailVerified } = account;
		const email = normalizeEmail(account.email);
		const createdAt = Date.now();
		const user: UserRow = {
			id: randomUUID(),
			email,
			name: textOrNull('name', account.name),
			image: textOrNull('image', account.image),
			emailVerified: emailVerified && email !== null,
			data: '{}',
			passwordHash: null,
			epoch: 0,
			createdAt,
			disabledAt: null
		};
		const identity = { provider, accountId, userId: user.id, createdAt };
		const outcome = await ask(() => store.insert(user, identity));
		if (outcome === 'email_taken') throw new GuardianError('email_taken');
		return outcome === 'ok' ? user : null;
	}

	return {
		async userOf(account, { allowSignUp }) {
			const find = () => ask(() => store.byIdentity(account.provider, account.accountId));
			const known = await find();
			if (known === null && !allowSignUp) {
				throw new GuardianError('forbidden', 'Creating an account is not open to everybody.');
			}
			const created = known === null ? await create(account) : null;
			// Created in parallel, by another request of the same account.
			const user = known ?? created ?? (await find());
			if (user === null || user.disabledAt !== null) throw new GuardianError('forbidden');
			return { user, isNew: created !== null };
		},
		list: (userId) => ask(() => store.identities(userId)),
		async link(userId, { provider, accountId }) {
			const identity = { provider, accountId, userId, createdAt: Date.now() };
			const outcome = await ask(() => store.link(identity));
			if (outcome === 'identity_taken') throw new GuardianError('identity_taken');
			if (outcome === 'not_found') throw new GuardianError('no_session');
		},
		async unlink(userId, provider) {
			const outcome = await ask(() => store.unlink(userId, provider));
			if (outcome === 'last_way_in') throw new GuardianError('last_way_in');
		}
	};
}

/** What a provider says may be longer than we keep; a sign-in does not fail for that. */
function textOrNull(column: 'name' | 'image', value: string | null): string | null {
	try {
		return toTextColumn(column, value);
	} catch {
		return null;
	}
}
