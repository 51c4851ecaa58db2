/** Which passwords may be set. */

export type PasswordCheck =
	| { ok: true; password: string }
	/** `error` is a sentence for the person who chose it. */
	| { ok: false; error: string };

/** In Unicode code points, which are four bytes of UTF-8 at most: 1024 bytes. */
const MAX_LENGTH = 256;

/**
 * Whether a password may be set: well-formed Unicode of `minLength` to 256 code points that
 * is not among the most common ones, in whatever case. It is taken as it is: never trimmed,
 * truncated or normalised, and no mixture of characters is asked for (NIST SP 800-63B-4, 3.1.1.2).
 */
export async function checkPassword(
	password: unknown,
	{ minLength }: { minLength: number }
): Promise<PasswordCheck> {
	if (typeof password !== 'string' || !password.isWellFormed()) {
		return refuse('The password is not valid text.');
	}
	const length = Array.from(password).length;
	if (length < minLength) return refuse(`Use at least ${minLength} characters.`);
	if (length > MAX_LENGTH) return refuse(`Use at most ${MAX_LENGTH} characters.`);
	if (await isCommon(password)) {
		return refuse('This password is among the most common ones. Choose another.');
	}
	return { ok: true, password };
}

const refuse = (error: string): PasswordCheck => ({ ok: false, error });

async function isCommon(password: string): Promise<boolean> {
	// Half a megabyte that only setting a password needs; all of it is lower case.
	const { dictionary } = await import('@zxcvbn-ts/language-common');
	return dictionary['passwords-common'].includes(password.toLowerCase());
}
