import { GuardianError } from '../errors.js';

/** Sign-in with e-mail address and password. Made by {@link password}. */
export interface PasswordProvider {
	readonly type: 'password';
	readonly id: 'password';
	readonly minLength: number;
	readonly allowSignUp: boolean;
}

/**
 * Lets people sign in, and sign up, with an e-mail address and a password. Passwords are kept as
 * argon2id hashes (RFC 9106, OWASP Password Storage Cheat Sheet).
 *
 * @param options.minLength Least number of characters, 8 to 64. Default: 10.
 * @param options.allowSignUp Whether people may create accounts themselves. Default: true.
 * @throws GuardianError `invalid_config` when an option is out of range.
 *
 * @example
 * ```ts
 * import { password } from 'svelte-guardian';
 *
 * const providers = [password({ minLength: 12 })];
 * ```
 */
export function password(
	options: { minLength?: number; allowSignUp?: boolean } = {}
): PasswordProvider {
	const { minLength = 10, allowSignUp = true, ...unknown } = options;
	if (!Number.isInteger(minLength) || minLength < 8 || minLength > 64) {
		throw new GuardianError(
			'invalid_config',
			`\`minLength\` is ${String(minLength)}. Write a number from 8 to 64: password({ minLength: 10 })`
		);
	}
	if (typeof allowSignUp !== 'boolean') {
		throw new GuardianError(
			'invalid_config',
			`\`allowSignUp\` is ${JSON.stringify(allowSignUp)}. Write: password({ allowSignUp: false })`
		);
	}
	const [extra] = Object.keys(unknown);
	if (extra !== undefined) {
		throw new GuardianError(
			'invalid_config',
			`password() has no option \`${extra}\`. It takes: minLength, allowSignUp.`
		);
	}
	return { type: 'password', id: 'password', minLength, allowSignUp };
}
