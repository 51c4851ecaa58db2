import { afterEach, describe, expect, test, vi } from 'vitest';
import { createTimeLimit } from '../../../src/sessions/time-limit.js';
import { never } from './support.js';

afterEach(() => vi.useRealTimers());

describe('a time limit', () => {
	test('counts for each call from its own beginning', async () => {
		vi.useFakeTimers();
		const inTime = createTimeLimit(1000);
		const given: string[] = [];
		const hang = (name: string) =>
			inTime(never).catch((error: unknown) => {
				expect(error).toMatchObject({ code: 'store_unavailable' });
				given.push(name);
			});

		void hang('first');
		await vi.advanceTimersByTimeAsync(400);
		expect(await inTime(async () => 'answered')).toBe('answered');
		void hang('second');
		await vi.advanceTimersByTimeAsync(599);
		expect(given).toEqual([]);
		await vi.advanceTimersByTimeAsync(1);
		expect(given).toEqual(['first']);
		await vi.advanceTimersByTimeAsync(399);
		expect(given).toEqual(['first']);
		await vi.advanceTimersByTimeAsync(1);
		expect(given).toEqual(['first', 'second']);
		expect(vi.getTimerCount()).toBe(0);
	});

	test('counts again after a while of nothing', async () => {
		vi.useFakeTimers();
		const inTime = createTimeLimit(1000);
		await inTime(async () => 'answered');
		await vi.advanceTimersByTimeAsync(5000);

		const outcome = expect(inTime(never)).rejects.toMatchObject({ code: 'store_unavailable' });
		await vi.advanceTimersByTimeAsync(1000);
		await outcome;
	});

	test('keeps a process only while a call is waited for', async () => {
		const timers = () =>
			process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
		const inTime = createTimeLimit(60_000);
		const before = timers();
		let answer = () => {};
		const call = inTime(() => new Promise<void>((resolve) => (answer = resolve)));
		expect(timers()).toBe(before + 1);
		answer();
		await call;
		expect(timers()).toBe(before);
	});
});
