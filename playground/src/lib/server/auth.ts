// #region setup
import { guardianAuth, password } from 'svelte-guardian';
import { database } from './database';
import { openIdProviders } from './openid';

export const { handle, actions, signOut, sessions, users, providers } = guardianAuth({
	database,
	providers: [password(), ...openIdProviders()],
	pages: { signIn: '/signin', signUp: '/signup', signedOut: '/signed-out' }
});
// #endregion
