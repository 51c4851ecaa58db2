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
	/** Forgets an end that has been carried out. */
	done(ending: Ending): void;
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
	// Kept apart: however many sessions end, those whose end is not confirmed stay refused.
	const unconfirmed = createBoundedSet(MOST_REFUSED);
	const over = createBoundedSet(MOST_REFUSED);
	const waiting = new Map<string, Ending>();
	let trying = false;
	let nextTry = 0;

	/** One after the other up to the first that fails: each can cost a store that is down seconds. */
	async function retry(): Promise<void> {
		for (const [key, ending] of waiting) {
			try {
				await carryOut(ending);
				waiting.delete(key);
			} catch (cause) {
				log('An end is still not confirmed and will be tried again', cause);
				// Behind the others, which it must not hold up.
				if (waiting.delete(key)) waiting.set(key, ending);
				return;
			}
		}
	}

	return {
		add(ending) {
			if (endsPresented(ending)) ending.presented.forEach((id) => unconfirmed.add(id));
			waiting.set(keyOf(ending), ending);
			const [oldest] = waiting.keys();
			if (waiting.size > MOST_WAITING && oldest !== undefined) waiting.delete(oldest);
		},
		done(ending) {
			if (waiting.size > 0) waiting.delete(keyOf(ending));
		},
		refuse: (id) => over.add(id),
		refuses: (id) => unconfirmed.has(id) || over.has(id),
		storeAnswered() {
			if (waiting.size === 0 || trying || Date.now() < nextTry) return;
			trying = true;
			void retry().finally(() => {
				trying = false;
				nextTry = Date.now() + PAUSE;
			});
		}
	};
}

const keyOf = (ending: Ending): string => JSON.stringify(ending);
