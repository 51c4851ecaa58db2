import { GuardianError } from '../errors.js';

/** Waits for the store at most `limit` milliseconds; whatever goes wrong is `store_unavailable`. */
export async function withinTime<T>(limit: number, call: () => Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const timeout = new Promise<never>((_, reject) => {
		timer = setTimeout(() => {
			reject(new Error(`The store did not answer within ${limit / 1000} s`));
		}, limit);
	});
	try {
		return await Promise.race([call(), timeout]);
	} catch (cause) {
		if (cause instanceof GuardianError) throw cause;
		throw new GuardianError('store_unavailable', undefined, { cause });
	} finally {
		clearTimeout(timer);
	}
}
