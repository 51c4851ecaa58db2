import { GuardianError } from '../errors.js';

/**
 * Lets `running` pieces of work run at once and `waiting` more wait their turn, first come first
 * served. One too many is refused with `busy`, before any of it has run.
 */
export function createQueue({ running, waiting }: { running: number; waiting: number }) {
	const line: (() => void)[] = [];
	let busy = 0;

	async function enter(): Promise<void> {
		if (busy < running) {
			busy++;
			return;
		}
		if (line.length >= waiting) throw new GuardianError('busy');
		await new Promise<void>((resolve) => line.push(resolve));
	}

	/** The place goes straight to the next in line, so that no newcomer slips in between. */
	function leave(): void {
		const next = line.shift();
		if (next) next();
		else busy--;
	}

	return async function run<T>(work: () => Promise<T>): Promise<T> {
		await enter();
		try {
			return await work();
		} finally {
			leave();
		}
	};
}
