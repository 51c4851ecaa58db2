/** What @auth/core throws, in our words. Nothing a provider wrote reaches a page. */
import { GuardianError } from '../errors.js';
import type { IdentityProvider } from '../identity-providers/provider.js';

/** `query` is what the provider called back with. */
export function toGuardianError(
	error: unknown,
	{ type }: IdentityProvider,
	query: URLSearchParams
): GuardianError {
	const chain = causesOf(error);
	const own = chain.find((cause) => cause instanceof GuardianError);
	if (own !== undefined) return own;
	const types = chain.map(typeOf);
	if (types.includes('CredentialsSignin')) return new GuardianError('invalid_credentials');
	// RFC 6749, 4.1.2.1: the user said no. The state has been checked by then.
	const isDenial = types.includes('OAuthCallbackError') && query.get('error') === 'access_denied';
	if (isDenial) return new GuardianError('access_denied');
	// Nobody is called back by a Credentials provider: what fails there is what `authorize` asks.
	const code = type === 'credentials' ? 'provider_unavailable' : 'callback_invalid';
	return new GuardianError(code, undefined, { cause: error });
}

const typeOf = (cause: unknown): unknown =>
	typeof cause === 'object' && cause !== null && 'type' in cause ? cause.type : undefined;

/** The error, and what caused it, however @auth/core wrapped it. */
function causesOf(error: unknown): unknown[] {
	const chain: unknown[] = [];
	for (let next: unknown = error; next !== undefined && chain.length < 8;) {
		chain.push(next);
		next = causeOf(next);
	}
	return chain;
}

function causeOf(error: unknown): unknown {
	if (typeof error !== 'object' || error === null) return undefined;
	if ('err' in error && error.err instanceof Error) return error.err;
	return 'cause' in error ? error.cause : undefined;
}
