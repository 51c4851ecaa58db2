import type { UserPatch, UserRow } from './contract.js';

/** A user after a patch. Columns that are not given, and all that may not change, stay as they are. */
export function patched(user: UserRow, patch: UserPatch): UserRow {
	const {
		email = user.email,
		name = user.name,
		image = user.image,
		emailVerified = user.emailVerified,
		data = user.data,
		passwordHash = user.passwordHash,
		disabledAt = user.disabledAt
	} = patch;
	return { ...user, email, name, image, emailVerified, data, passwordHash, disabledAt };
}
