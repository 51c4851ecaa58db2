import { setTimeout as wait } from 'node:timers/promises';
import { conformanceCase } from './conformance-case.js';
import { same } from './expect.js';
import { awkwardTexts, lookalikes } from './texts.js';

const hour = 3600;

export const markCases = [
	conformanceCase('a counter counts, and can be counted down', async ({ marks }) => {
		const values = [
			await marks.bump('key', hour),
			await marks.bump('key', hour),
			await marks.bump('key', hour, 5),
			await marks.bump('key', hour, -3),
			await marks.bump('key', hour, 0)
		];
		same(
			values,
			[1, 2, 7, 4, 4],
			'bump() has to start at 0, to add 1 or `by` (which may be negative), and to resolve to the new value.'
		);
	}),

	conformanceCase('each key has its own counter', async ({ marks }) => {
		for (const key of [...lookalikes, ...awkwardTexts]) {
			same(
				await marks.bump(key, hour),
				1,
				'bump() has to compare keys exactly: case, accents and spaces make another key.'
			);
		}
	}),

	conformanceCase('fifty bumps at once all count', async ({ marks }) => {
		const values = await Promise.all(Array.from({ length: 50 }, () => marks.bump('key', hour)));
		same(
			values.sort((a, b) => a - b),
			Array.from({ length: 50 }, (_, index) => index + 1),
			'bump() has to be atomic: 50 at once resolve to 50 different values.'
		);
	}),

	conformanceCase('a counter forgets itself, and bumps do not prolong it', async ({ marks }) => {
		same(await marks.bump('short', 1), 1, 'bump() has to start at 0.');
		same(
			[await marks.bump('short', hour), await marks.bump('long', hour)],
			[2, 1],
			'bump() has to keep a counter for `ttl` seconds.'
		);
		await wait(1100);
		same(
			[await marks.bump('short', hour), await marks.bump('long', 1)],
			[1, 2],
			'A counter has to start again once the `ttl` of its first bump, in seconds, is over.'
		);
		await wait(1100);
		same(
			[await marks.bump('short', hour), await marks.bump('long', hour)],
			[2, 3],
			'A counter that started again has to live for its new `ttl`; a later one must not shorten it.'
		);
	}),

	conformanceCase('cleaning up removes counters whose time is over', async ({ marks }) => {
		for (const key of ['one', 'two', 'three']) await marks.bump(key, 1);
		await marks.bump('long', hour);
		await wait(1100);
		const removed = [
			await marks.deleteExpired(2),
			await marks.deleteExpired(2),
			await marks.deleteExpired(2)
		];
		same(
			removed,
			[2, 1, 0],
			'marks.deleteExpired() has to remove counters whose time is over, `limit` at most, and to count them.'
		);
		same(
			await marks.bump('long', hour),
			2,
			'marks.deleteExpired() must not remove a counter whose time is not over.'
		);
	})
];
