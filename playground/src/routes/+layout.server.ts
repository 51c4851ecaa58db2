import { isHttpError } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types';

/**
 * `session` is for the header. While the store is down nobody knows who the visitor is: public
 * pages say so and go on, private ones fail by their own `load`.
 */
export const load: LayoutServerLoad = async ({ locals }) => {
	try {
		return { session: await locals.auth(), storeDown: false };
	} catch (error) {
		if (isHttpError(error, 503)) return { session: null, storeDown: true };
		throw error;
	}
};
