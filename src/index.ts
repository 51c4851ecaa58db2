import type { Auth } from './kit/auth.js';

export { guardianAuth, type Guardian, type ProviderInfo } from './guardian.js';
export { GuardianError, sentenceFor, type ErrorCode } from './errors.js';
export { password, type PasswordProvider } from './users/password-provider.js';
export type { GuardianConfig } from './config.js';
export type { ExternalProvider, ProviderDefinition } from './identity-providers/provider.js';
export type { ActionError, GuardianActions } from './kit/actions.js';
export type { Auth, ServerSessions } from './kit/auth.js';
export type { RequireFresh } from './kit/fresh.js';
export type { GuardianHandle } from './kit/handle.js';
export type { ServerSignIn, ServerSignUp, SignInOptions, SignUpOptions } from './kit/sign-in.js';
export type { ServerSignOut, SignOutOptions } from './kit/sign-out.js';
export type { ServerUsers } from './kit/users.js';
export type { EndingOptions } from './sign-out/options.js';
export type { NewUser, UserChanges } from './users/users.js';
export type {
	Alive,
	Database,
	Ended,
	EndWhere,
	IdentityRow,
	MarkStore,
	SessionRow,
	SessionStore,
	SessionUser,
	UserPatch,
	UserRow,
	UserStore
} from './stores/contract.js';
export { PartialEnd } from './stores/contract.js';
// A star, so that apps can augment `UserData` in this module.
export type * from './types.js';

declare global {
	namespace App {
		interface Locals {
			/** The session of this request; `null` when nobody is signed in. */
			auth: () => ReturnType<Auth>;
		}
	}
}
