import { describe, expect, test } from 'vitest';
import { checkPassword } from '../../../src/users/password-rules.js';

describe('checkPassword accepts', () => {
	test.each([
		['ten characters', 'vjq8-Rmw2x'],
		['a phrase, spaces at its ends included', '  correct horse battery staple  '],
		['ten emoji, which are twenty UTF-16 units', '🦊🐙🦉🐝🐢🦋🐳🦚🦜🐞'],
		['256 characters of four bytes each', '🦊'.repeat(256)],
		['controls, which a password manager may produce', 'a\tb\nc\0d\x7fefgh']
	])('%s', async (_, password) => {
		expect(await checkPassword(password, { minLength: 10 })).toEqual({ ok: true, password });
	});
});

describe('checkPassword refuses', () => {
	test.each([
		['nine characters', 'vjq8-Rmw2', 'Use at least 10 characters.'],
		['five emoji, though they are ten UTF-16 units', '🦊🐙🦉🐝🐢', 'Use at least 10 characters.'],
		['nothing', '', 'Use at least 10 characters.'],
		['257 characters', 'x'.repeat(257), 'Use at most 256 characters.'],
		['half a character', 'vjq8-Rmw2x\ud83e', 'The password is not valid text.'],
		['a missing password', undefined, 'The password is not valid text.'],
		['a number', 123456789012, 'The password is not valid text.'],
		['a list', ['vjq8-Rmw2x'], 'The password is not valid text.']
	])('%s', async (_, password, error) => {
		expect(await checkPassword(password, { minLength: 10 })).toEqual({ ok: false, error });
	});

	test.each(['password123', 'qwertyuiop', '1234567890', 'PassWord123', 'QWERTYUIOP'])(
		'%s, one of the most common',
		async (password) => {
			expect(await checkPassword(password, { minLength: 10 })).toEqual({
				ok: false,
				error: 'This password is among the most common ones. Choose another.'
			});
		}
	);

	test('a common password of eight characters where eight are enough', async () => {
		expect(await checkPassword('Iloveyou', { minLength: 8 })).toMatchObject({ ok: false });
		expect(await checkPassword('vjq8-Rmw', { minLength: 8 })).toMatchObject({ ok: true });
	});
});
