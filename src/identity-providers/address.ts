import { isLoopback } from '../config.js';
import { GuardianError } from '../errors.js';

/**
 * An address of a provider as it may be called: https, or http on this very machine, without user
 * info.
 *
 * @throws GuardianError `provider_unavailable` for any other.
 */
export function providerUrl(address: unknown): URL {
	const url = typeof address === 'string' && URL.canParse(address) ? new URL(address) : null;
	const secure =
		url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
	if (url !== null && secure && url.username === '' && url.password === '') return url;
	throw new GuardianError('provider_unavailable', undefined, {
		cause: new TypeError('The address is neither https nor http on loopback, or holds user info')
	});
}
