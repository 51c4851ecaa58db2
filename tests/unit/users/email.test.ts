import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalizeEmail } from '../../../src/users/email.js';

describe('normalizeEmail accepts', () => {
	test.each([
		['ada@example.org', 'ada@example.org'],
		['Ada.Lovelace@Example.ORG', 'ada.lovelace@example.org'],
		['a.d.a+notes@gmail.com', 'a.d.a+notes@gmail.com'],
		["o'brien_!#$%&*/=?^`{|}~-@example.org", "o'brien_!#$%&*/=?^`{|}~-@example.org"],
		['ada@localhost', 'ada@localhost'],
		['ada@LOCALHOST', 'ada@localhost'],
		['ada@a.b.c.example.org', 'ada@a.b.c.example.org'],
		['ada@1.2.3.4.example', 'ada@1.2.3.4.example'],
		['ada@xn--bcher-kva.example', 'ada@xn--bcher-kva.example'],
		['ada@XN--BCHER-KVA.example', 'ada@xn--bcher-kva.example'],
		['ada@bücher.example', 'ada@xn--bcher-kva.example'],
		['ada@bücher.EXAMPLE', 'ada@xn--bcher-kva.example'],
		['ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example'],
		['ada@例え.テスト', 'ada@xn--r8jz45g.xn--zckzah'],
		[`${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
		[`ada@${'b'.repeat(63)}.example`, `ada@${'b'.repeat(63)}.example`]
	])('%j as %j', (input, email) => {
		expect(normalizeEmail(input)).toBe(email);
	});
});

describe('normalizeEmail refuses', () => {
	test.each([
		['nothing', ''],
		['something that is no text', 42],
		['a missing value', undefined],
		['a list with an address in it', ['ada@example.org']],
		['an address without @', 'ada.example.org'],
		['two @', 'ada@home@example.org'],
		['a quoted local part', '"ada lovelace"@example.org'],
		['a display name', 'Ada <ada@example.org>'],
		['two addresses', 'ada@example.org,eve@example.org'],
		['an empty local part', '@example.org'],
		['an empty domain', 'ada@'],
		['a leading space', ' ada@example.org'],
		['a trailing space', 'ada@example.org '],
		['a space inside', 'ada lovelace@example.org'],
		['a line break, as in header injection', 'ada@example.org\r\nbcc: eve@example.org'],
		['a trailing line break', 'ada@example.org\n'],
		['a tab that URL parsers drop', 'ada@exam\tple.org'],
		['a NUL', 'ada\0@example.org'],
		['a DEL', 'ada\x7f@example.org'],
		['a non-breaking space', 'ada@example.org\u00a0'],
		['a local part with an accent', 'adä@example.org'],
		['a Cyrillic look-alike in the local part', '\u0430da@example.org'],
		['a full-width local part', '\uff41da@example.org'],
		['a Kelvin sign that lower-cases to k', '\u212aim@example.org'],
		['a full-width @', 'ada\uff20example.org'],
		['a local part of 65 characters', `${'a'.repeat(65)}@example.org`],
		[
			'255 bytes',
			`ada@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.example`
		],
		['a domain that gets too long in punycode', `ada@${'ü.'.repeat(100)}example`],
		['a label of 64 characters', `ada@${'b'.repeat(64)}.example`],
		['a label that gets too long in punycode', `ada@${'ü'.repeat(63)}.example`],
		['a domain without a dot', 'ada@example'],
		['an empty label', 'ada@example..org'],
		['a leading dot', 'ada@.example.org'],
		['a trailing dot', 'ada@example.org.'],
		['a leading hyphen', 'ada@-example.org'],
		['a trailing hyphen', 'ada@example-.org'],
		['an underscore in the domain', 'ada@exam_ple.org'],
		['a port', 'ada@example.org:25'],
		['a path', 'ada@example.org/mail'],
		['a query', 'ada@example.org?cc=eve'],
		['a fragment', 'ada@example.org#top'],
		['percent-encoding', 'ada@ex%61mple.org'],
		['an IPv4 address', 'ada@127.0.0.1'],
		['an IPv4 address in other spellings', 'ada@0x7f.1'],
		['an IPv4 address in full-width digits', 'ada@１２７.０.０.１'],
		['an address literal', 'ada@[127.0.0.1]'],
		['an IPv6 literal', 'ada@[::1]'],
		['a full-width domain', 'ada@ｅxample.org'],
		['a Kelvin sign in the domain', 'ada@\u212aey.example'],
		['a Kelvin sign beside other letters', 'ada@\u212aey.bücher.example'],
		['upper case beyond ASCII', 'ada@BÜCHER.example'],
		['an ideographic full stop', 'ada@example。org'],
		['an invisible soft hyphen', 'ada@exam\u00adple.org'],
		['an invisible joiner', 'ada@exam\u200dple.org'],
		['a lone surrogate', 'ada@\ud800.org']
	])('%s', (_, input) => {
		expect(normalizeEmail(input)).toBeNull();
	});
});

describe('normalizeEmail, whatever comes in,', () => {
	const SHAPE = /^[!-?^-~]{1,64}@(?:localhost|[a-z0-9.-]+\.[a-z0-9-]+)$/;
	const local = fc.string({
		unit: fc.constantFrom(...Array.from('abcXYZ019.+-_')),
		minLength: 1,
		maxLength: 70
	});
	const label = fc.string({
		unit: fc.oneof(
			fc.constantFrom(...Array.from('abcXYZ019-')),
			fc.string({ unit: 'binary', maxLength: 1 })
		),
		maxLength: 66
	});
	const domain = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'));
	const addresses = fc.oneof(
		fc.emailAddress(),
		fc.tuple(local, fc.domain()).map((parts) => parts.join('@')),
		fc.tuple(local, domain).map((parts) => parts.join('@'))
	);
	const anything = fc.oneof(addresses, fc.string({ unit: 'binary' }), fc.anything());

	test('gives a plain ASCII address of at most 254 bytes, or null', () => {
		fc.assert(
			fc.property(anything, (input) => {
				const email = normalizeEmail(input);
				if (email === null) return;
				expect(email).toMatch(SHAPE);
				expect(Buffer.byteLength(email)).toBeLessThanOrEqual(254);
			}),
			{ numRuns: 1000 }
		);
	});

	test('gives its own result back unchanged', () => {
		fc.assert(
			fc.property(addresses, (input) => {
				const email = normalizeEmail(input);
				fc.pre(email !== null);
				expect(normalizeEmail(email)).toBe(email);
			}),
			{ numRuns: 1000 }
		);
	});

	test('does not tell A–Z from a–z', () => {
		fc.assert(
			fc.property(addresses, fc.infiniteStream(fc.boolean()), (input, coins) => {
				const other = input.replace(/[a-z]/gi, (letter) =>
					coins.next().value ? letter.toUpperCase() : letter.toLowerCase()
				);
				expect(normalizeEmail(other)).toBe(normalizeEmail(input));
			}),
			{ numRuns: 1000 }
		);
	});

	test('keeps local parts apart that differ in more than case', () => {
		fc.assert(
			fc.property(local, local, (one, other) => {
				fc.pre(one.length <= 64 && one.toLowerCase() !== other.toLowerCase());
				expect(normalizeEmail(`${one}@example.org`)).not.toBe(
					normalizeEmail(`${other}@example.org`)
				);
			})
		);
	});
});
