import { expect, it, vi } from 'vitest';
import { memory } from '../../src/stores/memory.js';
import { user } from './support.js';

it('belongs to its call when it has no name', async () => {
	const database = memory();
	await database.users.insert(user('ann'));
	expect(await database.users.byId('ann')).toEqual(user('ann'));
	expect(await memory().users.byId('ann')).toBeNull();
});

it('is shared by all calls with the same name', async () => {
	await memory('shared').users.insert(user('ann'));
	expect(await memory('shared').users.byId('ann')).toEqual(user('ann'));
	expect(await memory('another').users.byId('ann')).toBeNull();
});

it('survives the reloading of its module, when it has a name', async () => {
	await memory('reloaded').users.insert(user('ann'));
	vi.resetModules();
	const again = await import('../../src/stores/memory.js');
	expect(again.memory).not.toBe(memory);
	expect(await again.memory('reloaded').users.byId('ann')).toEqual(user('ann'));
});
