import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { memory } from '../../../src/stores/memory.js';
import type { MarkStore } from '../../../src/stores/contract.js';
import { createAttempts } from '../../../src/users/attempts.js';

const ADA = 'ada@example.org';
const HOME = '203.0.113.7';

const logged: string[] = [];
const log = (message: string) => logged.push(message);

/** Eight minutes into a quarter of an hour. */
const START = Date.parse('2026-11-20T12:08:00Z');

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['Date'], now: START });
	logged.length = 0;
});
afterEach(() => vi.useRealTimers());

const freshAttempts = () => createAttempts({ marks: memory().marks, log });

/** How many of `count` attempts, made one after the other, are let through. */
async function letThrough(count: number, attempt: (index: number) => Promise<unknown>) {
	let through = 0;
	for (let index = 0; index < count; index++) {
		through += await attempt(index).then(
			() => 1,
			() => 0
		);
	}
	return through;
}

const addressNumber = (index: number): string => `198.51.${index >> 8}.${index & 255}`;

describe('in a quarter of an hour', () => {
	test('an account can be tried 10 times from one address', async () => {
		const { reserve } = freshAttempts();
		expect(await letThrough(30, () => reserve({ account: ADA, address: HOME }))).toBe(10);
	});

	test('50 guesses at once do not race past that', async () => {
		const { reserve } = freshAttempts();
		const results = await Promise.allSettled(
			Array.from({ length: 50 }, () => reserve({ account: ADA, address: HOME }))
		);
		const refused = results.filter((result) => result.status === 'rejected');
		expect(refused).toHaveLength(40);
		for (const { reason } of refused) expect(reason).toMatchObject({ code: 'rate_limited' });
	});

	test('an account can be tried 100 times in all', async () => {
		const { reserve } = freshAttempts();
		expect(
			await letThrough(150, (index) => reserve({ account: ADA, address: addressNumber(index) }))
		).toBe(100);
		await expect(reserve({ account: 'eve@example.org', address: HOME })).resolves.toBeDefined();
	});

	test('an address can try 100 times in all', async () => {
		const { reserve } = freshAttempts();
		expect(
			await letThrough(150, (index) => reserve({ account: `user${index}@x.org`, address: HOME }))
		).toBe(100);
		await expect(reserve({ account: ADA, address: '203.0.113.8' })).resolves.toBeDefined();
	});

	test('an IPv6 address counts as its /64', async () => {
		const { reserve } = freshAttempts();
		expect(
			await letThrough(30, (index) => reserve({ account: ADA, address: `2001:db8::${index + 1}` }))
		).toBe(10);
		await expect(reserve({ account: ADA, address: '2001:db8:0:1::1' })).resolves.toBeDefined();
	});

	test('somebody at one address cannot lock the owner out elsewhere', async () => {
		const { reserve } = freshAttempts();
		await letThrough(500, () => reserve({ account: ADA, address: '192.0.2.66' }));
		expect(await letThrough(20, () => reserve({ account: ADA, address: HOME }))).toBe(10);
	});

	test('an address that is used up does not use up the accounts it goes on trying', async () => {
		const { reserve } = freshAttempts();
		await letThrough(100, (index) => reserve({ account: `user${index}@x.org`, address: HOME }));
		await letThrough(200, () => reserve({ account: ADA, address: HOME }));
		expect(
			await letThrough(150, (index) => reserve({ account: ADA, address: addressNumber(index) }))
		).toBe(100);
	});
});

describe('a refusal', () => {
	test('says how many seconds to wait, and after them the account is open again', async () => {
		const { reserve } = freshAttempts();
		const attempt = () => reserve({ account: ADA, address: HOME });
		await letThrough(10, attempt);

		await expect(attempt()).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 7 * 60 });
		vi.setSystemTime(START + 419_001);
		await expect(attempt()).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 1 });
		vi.setSystemTime(START + 420_000);
		expect(await letThrough(30, attempt)).toBe(10);
		await expect(attempt()).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 15 * 60 });
	});
});

describe('success', () => {
	test('gives everything back, once', async () => {
		const { reserve } = freshAttempts();
		const attempt = () => reserve({ account: ADA, address: HOME });
		for (let signIn = 0; signIn < 300; signIn++) {
			const { refund } = await attempt();
			await Promise.all([refund(), refund()]);
			await refund();
		}
		expect(await letThrough(30, attempt)).toBe(10);
	});

	test('of one attempt leaves the failed ones counted', async () => {
		const { reserve } = freshAttempts();
		const attempt = () => reserve({ account: ADA, address: HOME });
		await letThrough(9, attempt);
		const { refund } = await attempt();
		await refund();
		expect(await letThrough(30, attempt)).toBe(1);
	});

	test('that comes in the next quarter of an hour leaves that one alone', async () => {
		const { reserve } = freshAttempts();
		const attempt = () => reserve({ account: ADA, address: HOME });
		const { refund } = await attempt();
		vi.setSystemTime(START + 420_000);
		await refund();
		expect(await letThrough(30, attempt)).toBe(10);
	});

	test('is success also when the store cannot give back: that is logged', async () => {
		const { marks } = memory();
		const { reserve } = createAttempts({ marks: failingWhen((by) => by < 0, marks), log });
		const { refund } = await reserve({ account: ADA, address: HOME });
		await refund();
		expect(logged).toEqual(Array(3).fill('An attempt was not given back.'));
	});
});

describe('behind a reverse proxy, or where the address is not known,', () => {
	test.each(['10.0.0.1', '127.0.0.1', '::1', 'fd00::1', '', null])(
		'%j is not held to the limit of one address, and that is said once',
		async (address) => {
			const { reserve, reserveSignUp } = freshAttempts();
			expect(
				await letThrough(150, (index) => reserve({ account: `user${index}@x.org`, address }))
			).toBe(150);
			expect(await letThrough(150, () => reserveSignUp(address))).toBe(150);
			expect(logged).toEqual([expect.stringContaining('ADDRESS_HEADER')]);
		}
	);

	test('an account is still held to 10', async () => {
		const { reserve } = freshAttempts();
		expect(await letThrough(30, () => reserve({ account: ADA, address: null }))).toBe(10);
	});
});

test('where an app is written, nobody is told of addresses that are all this machine', async () => {
	vi.stubEnv('NODE_ENV', 'development');
	onTestFinished(() => void vi.unstubAllEnvs());
	await freshAttempts().reserve({ account: ADA, address: '127.0.0.1' });
	expect(logged).toEqual([]);

	vi.stubEnv('NODE_ENV', 'production');
	await freshAttempts().reserve({ account: ADA, address: '127.0.0.1' });
	expect(logged).toEqual([expect.stringContaining('ADDRESS_HEADER')]);
});

describe('sign-ups', () => {
	test('are 100 from one address, apart from its attempts to sign in', async () => {
		const { reserve, reserveSignUp } = freshAttempts();
		expect(await letThrough(150, () => reserveSignUp(HOME))).toBe(100);
		await expect(reserveSignUp(HOME)).rejects.toMatchObject({
			code: 'rate_limited',
			retryAfter: 7 * 60
		});
		await expect(reserve({ account: ADA, address: HOME })).resolves.toBeDefined();
		expect(logged).toEqual([]);
	});
});

describe('the store', () => {
	test('sees neither e-mail nor IP address', async () => {
		const keys: string[] = [];
		const { marks } = memory();
		const { reserve, reserveSignUp } = createAttempts({
			marks: {
				...marks,
				bump(key, ttl, by) {
					keys.push(key);
					return marks.bump(key, ttl, by);
				}
			},
			log
		});
		await reserve({ account: ADA, address: HOME });
		await reserveSignUp(HOME);
		expect(keys).toHaveLength(4);
		for (const key of keys) expect(key).toMatch(/^attempts:\d+:[\w-]{43}$/);
	});

	test('that fails lets nobody through', async () => {
		const { reserve, reserveSignUp } = createAttempts({
			marks: failingWhen(() => true, memory().marks),
			log
		});
		const failed = { code: 'store_unavailable', cause: { message: 'store down' } };
		await expect(reserve({ account: ADA, address: HOME })).rejects.toMatchObject(failed);
		await expect(reserveSignUp(HOME)).rejects.toMatchObject(failed);
	});
});

function failingWhen(fails: (by: number) => boolean, marks: MarkStore): MarkStore {
	return {
		...marks,
		async bump(key, ttl, by = 1) {
			if (fails(by)) throw new Error('store down');
			return marks.bump(key, ttl, by);
		}
	};
}
