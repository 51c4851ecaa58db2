/** How providers are called: not for long, never by way of a redirect, and never for much. */
import { GuardianError } from '../errors.js';
import { providerUrl } from './address.js';

/** Bytes of an answer, and milliseconds until all of it has come. */
export interface FetchLimits {
	readonly time: number;
	readonly size: number;
	/** What calls. Default: the `fetch` of the platform. */
	readonly using?: typeof fetch;
}

export const METADATA_LIMITS: FetchLimits = { time: 2000, size: 256 * 1024 };
/** Codes and tokens: a provider may have to do some work for them. */
export const TOKEN_LIMITS: FetchLimits = { time: 10_000, size: 256 * 1024 };

/**
 * `fetch` within limits.
 *
 * @throws GuardianError `provider_unavailable` for whatever goes wrong.
 */
export async function limitedFetch(
	input: string | URL | Request,
	init: RequestInit | undefined,
	{ time, size, using = fetch }: FetchLimits
): Promise<Response> {
	const address = input instanceof Request ? input.url : String(input);
	providerUrl(address);
	try {
		const response = await using(input, {
			...init,
			redirect: 'error',
			signal: AbortSignal.timeout(time)
		});
		const body = await readWithin(response, size);
		const { status, statusText, headers } = response;
		return new Response(bodyAllowed(status) ? body : null, { status, statusText, headers });
	} catch (cause) {
		throw new GuardianError('provider_unavailable', undefined, { cause });
	}
}

async function readWithin(response: Response, most: number): Promise<Uint8Array<ArrayBuffer>> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of response.body ?? []) {
		size += chunk.byteLength;
		if (size > most) throw new RangeError(`The answer is larger than ${most} bytes`);
		chunks.push(chunk);
	}
	return new Uint8Array(Buffer.concat(chunks));
}

/** RFC 9110, 6.4.1: these have none. */
const bodyAllowed = (status: number): boolean => ![204, 205, 304].includes(status);
