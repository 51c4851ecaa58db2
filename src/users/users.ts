/** Who the users are, and what proves it. */
import { randomUUID } from 'node:crypto';
import { GuardianError } from '../errors.js';
import { createTimeLimit } from '../sessions/time-limit.js';
import type { UserPatch, UserRow, UserStore } from '../stores/contract.js';
import type { UserData } from '../types.js';
import { normalizeEmail } from './email.js';
import { checkPassword } from './password-rules.js';
import type { PasswordHasher } from './password.js';
import { toDataColumn, toTextColumn } from './user.js';

/** A user to be. */
export interface NewUser {
	email: string;
	/** None: the user cannot sign in with a password until one is set. */
	password?: string;
	name?: string | null;
	image?: string | null;
	data?: UserData;
	emailVerified?: boolean;
}

/** What may change about a user; whatever is left out stays. */
export type UserChanges = Partial<Omit<NewUser, 'password'>>;

export interface Users {
	create(user: NewUser): Promise<UserRow>;
	byId(id: string): Promise<UserRow | null>;
	byEmail(email: unknown): Promise<UserRow | null>;
	update(id: string, changes: UserChanges): Promise<void>;
	setPassword(id: string, password: unknown): Promise<void>;
	setDisabled(id: string, disabled: boolean): Promise<void>;
	delete(id: string): Promise<boolean>;
	/** The user of that address if the password is right and the user may sign in. */
	verify(email: unknown, password: unknown): Promise<UserRow | null>;
}

export interface UsersParts {
	store: UserStore;
	hasher: PasswordHasher;
	/** Least number of characters of a password. Default: 10. */
	minLength?: number | undefined;
}

/** Milliseconds to wait for the store. */
const LIMIT = 3000;
/** More bytes than any password that could have been set. */
const MOST_PASSWORD_BYTES = 1024;

export function createUsers({ store, hasher, minLength = 10 }: UsersParts): Users {
	const ask = createTimeLimit(LIMIT);

	async function hashOf(password: unknown): Promise<string> {
		const checked = await checkPassword(password, { minLength });
		if (!checked.ok) throw new GuardianError('weak_password', checked.error);
		return hasher.hash(checked.password);
	}

	async function write(id: string, patch: UserPatch): Promise<void> {
		const outcome = await ask(() => store.update(id, patch));
		if (outcome === 'email_taken') throw new GuardianError('email_taken');
		if (outcome === 'not_found') {
			throw new GuardianError(
				'invalid_options',
				`There is no user with the id ${JSON.stringify(id)}.`
			);
		}
	}

	async function byEmail(input: unknown): Promise<UserRow | null> {
		const email = normalizeEmail(input);
		return email === null ? null : ask(() => store.byEmail(email));
	}

	return {
		async create({ email, password, name, image, data, emailVerified }) {
			const user: UserRow = {
				id: randomUUID(),
				email: emailOf(email),
				name: toTextColumn('name', name),
				image: toTextColumn('image', image),
				emailVerified: emailVerified ?? false,
				data: toDataColumn(data),
				passwordHash: password === undefined ? null : await hashOf(password),
				epoch: 0,
				createdAt: Date.now(),
				disabledAt: null
			};
			if ((await ask(() => store.insert(user))) === 'ok') return user;
			throw new GuardianError('email_taken');
		},
		byId: (id) => ask(() => store.byId(id)),
		byEmail,
		update: (id, { email, name, image, data, emailVerified }) =>
			write(id, {
				...(email !== undefined && { email: emailOf(email) }),
				...(name !== undefined && { name: toTextColumn('name', name) }),
				...(image !== undefined && { image: toTextColumn('image', image) }),
				...(data !== undefined && { data: toDataColumn(data) }),
				...(emailVerified !== undefined && { emailVerified })
			}),
		setPassword: async (id, password) => write(id, { passwordHash: await hashOf(password) }),
		setDisabled: (id, disabled) => write(id, { disabledAt: disabled ? Date.now() : null }),
		delete: (id) => ask(() => store.delete(id)),
		async verify(email, password) {
			const user = await byEmail(email);
			const given = typeof password === 'string' ? password : '';
			const possible = Buffer.byteLength(given) <= MOST_PASSWORD_BYTES;
			const right = await hasher.verify(user?.passwordHash ?? null, possible ? given : '');
			return right && possible && user?.disabledAt === null ? user : null;
		}
	};
}

function emailOf(input: unknown): string {
	const email = normalizeEmail(input);
	if (email === null) {
		throw new GuardianError('invalid_request', 'Enter a valid e-mail address.');
	}
	return email;
}
