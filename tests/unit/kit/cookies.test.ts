import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GuardianError } from '../../../src/errors.js';
import { namesFor, valuesOf } from '../../../src/kit/cookies.js';
import { isToken, newToken } from '../../../src/sessions/token.js';

describe('the values of a name in a Cookie header', () => {
	test('are all of them, in their order', () => {
		const value = fc.stringMatching(/^[\w=-]*$/);
		fc.assert(
			fc.property(fc.array(value), fc.array(value), (wanted, others) => {
				const header = [
					...wanted.map((one) => `guardian.session=${one}`),
					...others.map((one) => `xguardian.session=${one}`),
					...others.map((one) => `guardian.sessions=${one}`)
				].join('; ');
				expect(valuesOf(header, 'guardian.session')).toEqual(wanted);
			})
		);
	});

	test('are none in whatever else a header holds', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (header) => {
				fc.pre(!header.includes('guardian.session='));
				expect(valuesOf(header, 'guardian.session')).toEqual([]);
			})
		);
		expect(valuesOf(null, 'guardian.session')).toEqual([]);
	});
});

test('only 43 characters of base64url can be a token', () => {
	expect(isToken(newToken())).toBe(true);
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (value) => {
			fc.pre(!/^[A-Za-z0-9_-]{43}$/.test(value));
			expect(isToken(value)).toBe(false);
		})
	);
	for (const value of [
		'x'.repeat(42),
		'x'.repeat(44),
		`${'x'.repeat(42)}=`,
		`${'x'.repeat(43)}\n`
	]) {
		expect(isToken(value), JSON.stringify(value)).toBe(false);
	}
});

describe('the names of the cookies', () => {
	test.each(['https://app.example', 'https://localhost'])(
		'are bound to the host on %s',
		(origin) => {
			expect(namesFor(new URL(origin).href, false).session).toBe('__Host-guardian.session');
		}
	);

	test.each([
		'http://localhost:5173',
		'http://app.localhost',
		'http://127.0.0.9',
		'http://[::1]:3000'
	])('have no prefix on this machine: %s', (origin) => {
		expect(namesFor(new URL(origin).href, false)).toMatchObject({
			session: 'guardian.session',
			secure: false
		});
	});

	test.each([
		'http://app.example',
		'http://192.168.0.2',
		'http://127.0.0.1.example',
		'http://localhost.example'
	])('are refused over plain http on %s, and the way out is named', (origin) => {
		expect(() => namesFor(new URL(origin).href, false)).toThrow(GuardianError);
		expect(() => namesFor(new URL(origin).href, false)).toThrow(
			/paths\.origin.*ORIGIN.*insecureHttp: true/s
		);
		expect(namesFor(new URL(origin).href, true).session).toBe('guardian.session');
	});
});
