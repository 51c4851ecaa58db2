import { ways } from '#lib/server/ways';
import type { PageServerLoad } from './$types';
// #region action
import { actions as guardian } from '#lib/server/auth';

export const actions = { signOut: guardian.signOut };
// #endregion

export const load: PageServerLoad = () => ({ code: ways });
