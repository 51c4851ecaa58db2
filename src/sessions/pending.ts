/**
 * Ends that the store has not confirmed. The sessions concerned are refused by this process from
 * then on, and the ends are tried again whenever the store is seen to answer.
 */
import type { Log } from '../log.js';
import { createBoundedSet } from './bounded-set.js';
import { endsPresented, type Ending } from './ending.js';

export interface Pending {
	/** Refuses the sessions of an end that was not confirmed and keeps it for later. */
	add(ending: Ending): void;
	/** Refuses a session that has ended. */
	refuse(id: string): void;
	refuses(id: string): boolean;
	/** To be called when the store has answered: carries out what is waiting, in the background. */
	storeAnswered(): void;
}

const MOST_WAITING = 1000;
const MOST_REFUSED = 10_000;
/** Milliseconds between two tries; a store that reads but cannot delete is not to be worn out. */
const PAUSE = 1000;

export function createPending(carryOut: (ending: Ending) => Promise<unknown>, log: Log): Pending {
	const refused = createBoundedSet(MOST_REFUSED);
	const waiting = new Map<string, Ending>();
	let nextTry = 0;

	async function retry(key: string, ending: Ending): Promise<void> {
		try {
			await carryOut(ending);
			waiting.delete(key);
		} catch (cause) {
			log('An end is still not confirmed and will be tried again', cause);
		}
	}

	return {
		add(ending) {
			if (endsPresented(ending)) ending.presented.forEach((id) => refused.add(id));
			waiting.set(JSON.stringify(ending), ending);
			const [oldest] = waiting.keys();
			if (waiting.size > MOST_WAITING && oldest !== undefined) waiting.delete(oldest);
		},
		refuse: (id) => refused.add(id),
		refuses: (id) => refused.has(id),
		storeAnswered() {
			if (waiting.size === 0 || Date.now() < nextTry) return;
			nextTry = Date.now() + PAUSE;
			for (const [key, ending] of waiting) void retry(key, ending);
		}
	};
}
