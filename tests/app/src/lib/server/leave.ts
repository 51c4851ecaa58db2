import { actions as guardian } from './auth.js';

/** One action, for every page that has a sign-out form. */
export const actions = { default: guardian.signOut };
