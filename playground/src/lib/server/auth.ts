// #region setup
import { guardianAuth, password } from 'svelte-guardian';
import { database } from './database';

export const { handle, actions, signOut, sessions, users } = guardianAuth({
	database,
	providers: [password()],
	pages: { signIn: '/signin', signUp: '/signup', signedOut: '/signed-out' }
});
// #endregion
