import { pathTo } from './paths';
import { sentenceFor } from 'svelte-guardian';

/** What the sign-in and sign-up pages read from their address. guardian checks `callbackUrl`. */
export function entryParameters(url: URL) {
	return {
		callbackUrl: url.searchParams.get('callbackUrl') ?? pathTo('/dashboard', url),
		problem: sentenceFor(url.searchParams.get('error')),
		/** A provider that remembers somebody would otherwise not ask who it is. */
		again: url.searchParams.get('error') === 'reauthentication_required'
	};
}
