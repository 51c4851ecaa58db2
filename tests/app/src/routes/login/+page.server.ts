import { actions as guardian } from '../../lib/server/auth.js';

export const actions = { signIn: guardian.signIn, signUp: guardian.signUp };
