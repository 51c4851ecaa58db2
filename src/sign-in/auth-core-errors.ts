/** What @auth/core throws, in our words. Nothing a provider wrote reaches a page. */
import { GuardianError } from '../errors.js';

export function toGuardianError(error: unknown): GuardianError {
	const chain = causesOf(error);
	const own = chain.find((cause) => cause instanceof GuardianError);
	if (own !== undefined) return own;
	const types = chain.map(typeOf);
	if (types.includes('CredentialsSignin')) return new GuardianError('invalid_credentials');
	if (types.includes('AccessDenied') || chain.some(isDenial)) {
		return new GuardianError('access_denied');
	}
	return new GuardianError('callback_invalid', undefined, { cause: error });
}

/** RFC 6749, 4.1.2.1: the user, or the provider, said no. */
const isDenial = (cause: unknown): boolean =>
	typeof cause === 'object' &&
	cause !== null &&
	'error' in cause &&
	cause.error === 'access_denied';

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
