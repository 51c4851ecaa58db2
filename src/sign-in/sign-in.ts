/** Gets users in with a password: sign-in and sign-up. */
import { GuardianError } from '../errors.js';
import type { Reading } from '../sessions/engine.js';
import type { Sessions } from '../sessions/sessions.js';
import type { UserRow } from '../stores/contract.js';
import type { Attempts } from '../users/attempts.js';
import { normalizeEmail } from '../users/email.js';
import type { PasswordProvider } from '../users/password-provider.js';
import { toTextColumn } from '../users/user.js';
import type { Users } from '../users/users.js';

/** The browser somebody signs in with. */
export interface Visitor {
	/** Ids of the sessions it presents, which the new one replaces. */
	readonly presented: readonly string[];
	readonly ip: string | null;
	readonly userAgent: string | null;
}

/** A session that was opened, and the token for its cookie. */
export interface Opened {
	readonly token: string;
	readonly reading: Reading;
}

/** What a form or a body holds, unchecked. */
export interface Credentials {
	email: unknown;
	password: unknown;
}

export interface SignIn {
	/** Rejects with a GuardianError whose code says why not. */
	withPassword(credentials: Credentials, visitor: Visitor): Promise<Opened>;
	signUp(credentials: Credentials & { name: unknown }, visitor: Visitor): Promise<Opened>;
	/** Opens a session for a user who has just proved who they are. */
	open(user: UserRow, visitor: Visitor): Promise<Opened>;
}

export interface SignInParts {
	provider: PasswordProvider | null;
	users: Users;
	sessions: Sessions;
	attempts: Attempts;
}

export function createSignIn({ provider, users, sessions, attempts }: SignInParts): SignIn {
	async function open(user: UserRow, visitor: Visitor): Promise<Opened> {
		const opened = await sessions.open({
			user,
			provider: 'password',
			authTime: Date.now(),
			userAgent: visitor.userAgent,
			ip: visitor.ip,
			replaces: visitor.presented
		});
		// All sessions of the user were ended while this one was on its way: nothing may survive that.
		if (opened === null) throw new GuardianError('busy');
		return opened;
	}

	return {
		open,
		async withPassword({ email, password }, visitor) {
			if (provider === null) throw new GuardianError('forbidden');
			const account = normalizeEmail(email) ?? '';
			const attempt = await attempts.reserve({ account, address: visitor.ip });
			const user = await users.verify(email, password).catch(async (cause: unknown) => {
				// Nothing was verified, so nothing was guessed.
				await attempt.refund();
				throw cause;
			});
			if (user === null) throw new GuardianError('invalid_credentials');
			await attempt.refund();
			return open(user, visitor);
		},
		async signUp({ email, password, name }, visitor) {
			if (!provider?.allowSignUp) {
				throw new GuardianError('forbidden', 'Creating an account is not open to everybody.');
			}
			await attempts.reserveSignUp(visitor.ip);
			const user = await users.create({
				email: textOf(email),
				password: textOf(password),
				name: toTextColumn('name', name)
			});
			return open(user, visitor);
		}
	};
}

/** Anything but text is as good as nothing; the rules for users refuse it where it matters. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
