import { GuardianError } from '../errors.js';

/** Waits for the store only so long; whatever goes wrong is `store_unavailable`. */
export type TimeLimit = <T>(call: () => Promise<T>) => Promise<T>;

interface Waiting {
	deadline: number;
	giveUp(cause: Error): void;
}

/**
 * One timer watches over all calls of the same limit, in milliseconds: nearly all settle at once, and
 * a timer for each would cost more than many a call.
 */
export function createTimeLimit(limit: number): TimeLimit {
	/** The oldest first. */
	const waiting = new Set<Waiting>();
	let timer: NodeJS.Timeout | undefined;

	function giveUpLate(): void {
		timer = undefined;
		for (const call of waiting) {
			const left = call.deadline - performance.now();
			if (left > 0) {
				timer = setTimeout(giveUpLate, left);
				return;
			}
			waiting.delete(call);
			call.giveUp(new Error(`The store did not answer within ${limit / 1000} s`));
		}
	}

	/** A process that waits for nothing need not wait for the timer. */
	function watchOver(call: Waiting): void {
		waiting.add(call);
		timer ??= setTimeout(giveUpLate, limit);
		if (waiting.size === 1) timer.ref();
	}

	function settled(call: Waiting): void {
		waiting.delete(call);
		if (waiting.size === 0) timer?.unref();
	}

	const answerOf = <T>(call: () => Promise<T>): Promise<T> =>
		new Promise((resolve, reject) => {
			const waits = { deadline: performance.now() + limit, giveUp: reject };
			watchOver(waits);
			void call()
				.then(resolve, reject)
				.then(() => settled(waits));
		});

	return async (call) => {
		try {
			return await answerOf(call);
		} catch (cause) {
			if (cause instanceof GuardianError) throw cause;
			throw new GuardianError('store_unavailable', undefined, { cause });
		}
	};
}
