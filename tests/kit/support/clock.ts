/** The clock of the server, which runs in the process of the tests. Only `Date` is concerned. */
import { onTestFinished, vi } from 'vitest';

/** Stops the clock until the test is over. */
export function stopTheClock(): void {
	vi.useFakeTimers({ toFake: ['Date'] });
	onTestFinished(() => void vi.useRealTimers());
}

export const later = (milliseconds: number): void =>
	void vi.setSystemTime(Date.now() + milliseconds);
