import { requireSession } from '#lib/server/require-session';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({ session: await requireSession(event) });
