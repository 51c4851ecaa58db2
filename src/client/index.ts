export { signOut, type ClientSignOutOptions } from './sign-out.js';
export { signIn, type ClientSignInOptions } from './sign-in.js';
export { signUp, type ClientSignUpOptions } from './sign-up.js';
export { getSession } from './get-session.js';
export { getSessions } from './get-sessions.js';
export { GuardianRequestError } from './read.js';
export type {
	ClientErrorCode,
	ClientSignInResult,
	ClientSignOutResult,
	NoAnswerCode,
	SignOutTarget
} from './results.js';
