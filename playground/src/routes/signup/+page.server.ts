import { actions as guardian, providers } from '#lib/server/auth';
import { entryParameters } from '#lib/server/entry';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ ...entryParameters(url), providers });

export const actions = { default: guardian.signUp };
