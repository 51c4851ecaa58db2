import { contender } from '../contender.js';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({ email: await contender.read(event) });
