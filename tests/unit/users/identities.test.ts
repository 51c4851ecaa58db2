import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { memory } from '../../../src/stores/memory.js';
import { createIdentities, type ProviderAccount } from '../../../src/users/identities.js';
import type { UserStore } from '../../../src/stores/contract.js';

const account: ProviderAccount = {
	provider: 'github',
	accountId: '7',
	email: 'Ada@Example.org',
	emailVerified: true,
	name: 'Ada',
	image: 'https://example.org/ada.png'
};

function setUp(instead: Partial<UserStore> = {}) {
	const { users } = memory();
	return { users, identities: createIdentities({ ...users, ...instead }) };
}

const open = { allowSignUp: true };

describe('the user of an account', () => {
	test('is made the first time, of what the provider says, and found afterwards', async () => {
		const { identities } = setUp();

		const { user, isNew } = await identities.userOf(account, open);

		expect(isNew).toBe(true);
		expect(user).toMatchObject({
			email: 'ada@example.org',
			emailVerified: true,
			name: 'Ada',
			image: 'https://example.org/ada.png',
			passwordHash: null
		});
		expect(await identities.userOf({ ...account, name: 'Ada L.' }, open)).toEqual({
			user,
			isNew: false
		});
	});

	test('is one, however many sign in at once', async () => {
		const { identities } = setUp();

		const found = await Promise.all(
			Array.from({ length: 20 }, () => identities.userOf(account, open))
		);

		expect(new Set(found.map(({ user }) => user.id)).size).toBe(1);
		expect(found.filter(({ isNew }) => isNew)).toHaveLength(1);
	});

	test.each([
		['another provider', { provider: 'gitlab' }],
		['another account', { accountId: '8' }]
	])('is another one for %s, without taking the address', async (_what, other) => {
		const { identities } = setUp();
		await identities.userOf(account, open);

		await expect(identities.userOf({ ...account, ...other }, open)).rejects.toMatchObject({
			code: 'email_taken'
		});
		const { isNew } = await identities.userOf({ ...account, ...other, email: null }, open);
		expect(isNew).toBe(true);
	});

	test('is not made where accounts are not open to all, but found', async () => {
		const { identities } = setUp();
		const closed = { allowSignUp: false };
		await expect(identities.userOf(account, closed)).rejects.toMatchObject({ code: 'forbidden' });
		await identities.userOf(account, open);

		expect(await identities.userOf(account, closed)).toMatchObject({ isNew: false });
	});

	test('is refused while disabled', async () => {
		const { identities, users } = setUp();
		const { user } = await identities.userOf(account, open);
		await users.update(user.id, { disabledAt: 1 });

		await expect(identities.userOf(account, open)).rejects.toMatchObject({ code: 'forbidden' });
	});

	test.each([
		['a name that is too long', { name: 'x'.repeat(10_000) }, { name: null }],
		['an address that is none', { email: 'not an address' }, { email: null, emailVerified: false }],
		['no address, whatever is said of it', { email: null }, { email: null, emailVerified: false }]
	])('comes in all the same with %s', async (_what, said, kept) => {
		const { identities } = setUp();

		expect((await identities.userOf({ ...account, ...said }, open)).user).toMatchObject(kept);
	});

	test('is not waited for without end', async () => {
		vi.useFakeTimers();
		onTestFinished(() => void vi.useRealTimers());
		const { identities } = setUp({ byIdentity: () => new Promise(() => {}) });

		const answer = identities.userOf(account, open).catch((cause: unknown) => cause);
		await vi.advanceTimersByTimeAsync(3000);

		expect(await answer).toMatchObject({ code: 'store_unavailable' });
	});
});

describe('linking', () => {
	test('twice is the same as once', async () => {
		const { identities } = setUp();
		const { user } = await identities.userOf(account, open);
		const other = { provider: 'gitlab', accountId: '1' };
		await identities.link(user.id, other);
		await identities.link(user.id, other);

		expect(await identities.list(user.id)).toMatchObject([{ provider: 'github' }, other]);
	});

	test('takes nothing from somebody else, and gives nothing to nobody', async () => {
		const { identities } = setUp();
		await identities.userOf(account, open);
		const { user } = await identities.userOf({ ...account, accountId: '8', email: null }, open);

		await expect(identities.link(user.id, account)).rejects.toMatchObject({
			code: 'identity_taken'
		});
		await expect(
			identities.link('nobody', { provider: 'gitlab', accountId: '1' })
		).rejects.toMatchObject({ code: 'no_session' });
	});

	test('the last way in stays, and with a second one either may go', async () => {
		const { identities } = setUp();
		const { user } = await identities.userOf(account, open);
		await expect(identities.unlink(user.id, 'github')).rejects.toMatchObject({
			code: 'last_way_in'
		});
		await identities.link(user.id, { provider: 'gitlab', accountId: '1' });
		await identities.unlink(user.id, 'github');

		expect(await identities.list(user.id)).toMatchObject([{ provider: 'gitlab' }]);
	});
});
