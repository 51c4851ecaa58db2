import { actions as guardian } from '#lib/server/auth';
import { entryParameters } from '#lib/server/entry';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => entryParameters(url);

export const actions = { default: guardian.signIn };
