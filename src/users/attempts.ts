/** Slows guessing down: so many attempts per account and per address in a quarter of an hour. */
import { createHash } from 'node:crypto';
import { GuardianError } from '../errors.js';
import type { Log } from '../log.js';
import { createTimeLimit } from '../sessions/time-limit.js';
import type { MarkStore } from '../stores/contract.js';
import { networkOf } from './network.js';

/** An attempt that was let through. */
export interface Reservation {
	/** Gives everything back, after success. Never rejects; a second call does nothing. */
	refund(): Promise<void>;
}

export interface Attempts {
	/**
	 * Takes one attempt at a password, before it is verified, so that parallel guesses cannot race.
	 * `account` is the normalised e-mail, whether or not somebody has it; `address` is the caller's
	 * IP address, `null` when it is not known. Rejects with `rate_limited` and `retryAfter` when
	 * there are none left, and with `store_unavailable` when they could not be counted in time.
	 */
	reserve(attempt: { account: string; address: string | null }): Promise<Reservation>;
	/** Takes one sign-up, which nothing gives back. Rejects as `reserve` does. */
	reserveSignUp(address: string | null): Promise<void>;
}

/** Milliseconds to wait for the store. */
const LIMIT = 2000;
/** Seconds. */
const WINDOW = 15 * 60;
const PER_ACCOUNT_AND_ADDRESS = 10;
const PER_ACCOUNT = 100;
const PER_ADDRESS = 100;

interface Limit {
	/** What is counted. */
	of: readonly string[];
	most: number;
}

export function createAttempts({ marks, log }: { marks: MarkStore; log: Log }): Attempts {
	const inTime = createTimeLimit(LIMIT);
	const warnOnce = once(() => log(ADDRESS_WARNING));

	/** None where all callers may share one address: they would lock each other out. */
	function perAddress(kind: string, address: string | null): Limit[] {
		const network = networkOf(address);
		if (network.distinct) return [{ of: [kind, network.name], most: PER_ADDRESS }];
		// Where an app is written, everybody comes from this machine.
		if (process.env['NODE_ENV'] !== 'development') warnOnce();
		return [];
	}

	async function take(limits: readonly Limit[]): Promise<Reservation> {
		const window = currentWindow();
		const taken: string[] = [];
		const refund = once(() => giveBack(taken));
		try {
			for (const { of, most } of limits) {
				const key = keyOf(window.number, of);
				const count = await marks.bump(key, WINDOW);
				taken.push(key);
				if (count > most) throw rateLimited(window.endsIn);
			}
		} catch (error) {
			// What was refused was no attempt: only those let through are counted.
			await refund();
			throw error;
		}
		return { refund };
	}

	async function giveBack(keys: readonly string[]): Promise<void> {
		const results = await Promise.allSettled(keys.map((key) => marks.bump(key, WINDOW, -1)));
		for (const result of results) {
			if (result.status === 'rejected') log('An attempt was not given back.', result.reason);
		}
	}

	return {
		reserve: ({ account, address }) =>
			inTime(() =>
				take([
					// First, and the end of it when it is used up: somebody guessing from one address must
					// not use up what the account's owner has elsewhere.
					{ of: ['account', account, networkOf(address).name], most: PER_ACCOUNT_AND_ADDRESS },
					{ of: ['account', account], most: PER_ACCOUNT },
					...perAddress('address', address)
				])
			),
		async reserveSignUp(address) {
			await inTime(() => take(perAddress('sign-up', address)));
		}
	};
}

const ADDRESS_WARNING =
	'Requests come from a private or unknown address, as they do behind a reverse proxy. Attempts ' +
	'are not limited per address until the adapter knows the real one: for adapter-node set ' +
	'ADDRESS_HEADER (and XFF_DEPTH).';

/** Aligned to the clock, the same on every node, so that the wait is known to the second. */
function currentWindow(): { number: number; endsIn: number } {
	const seconds = Date.now() / 1000;
	const number = Math.floor(seconds / WINDOW);
	return { number, endsIn: Math.ceil((number + 1) * WINDOW - seconds) };
}

/** Hashed, so that the store holds nobody's e-mail or IP address. */
function keyOf(window: number, of: readonly string[]): string {
	const hash = createHash('sha256').update(JSON.stringify(of)).digest('base64url');
	return `attempts:${window}:${hash}`;
}

const rateLimited = (retryAfter: number): GuardianError =>
	new GuardianError('rate_limited', undefined, { retryAfter });

/** A function that does its work at the first call and gives the same result ever after. */
function once<T>(work: () => T): () => T {
	let done: { result: T } | undefined;
	return () => (done ??= { result: work() }).result;
}
