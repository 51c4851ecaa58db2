/** Tells who listens, in this process, that sessions have ended. */
import type { Ended } from '../stores/contract.js';

export type BusListener = (ended: readonly Ended[]) => void;

export interface Bus {
	tell(ended: readonly Ended[]): void;
	/** Returns the function that stops listening. */
	listen(listener: BusListener): () => void;
}

export function createBus(): Bus {
	const listeners = new Set<BusListener>();
	return {
		tell(ended) {
			if (ended.length === 0) return;
			for (const listener of listeners) listener(ended);
		},
		listen(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		}
	};
}
