import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSealer } from '../../src/seal.js';

const OLD = 'the secret of last year, 32 bytes or more';
const NEW = 'the secret of this year, 32 bytes or more';
const TEXT = 'a refresh token, or what else is worth sealing';

const { seal, open } = createSealer([NEW]);
const sealed = seal('tokens', ['row 1'], TEXT);

test('what was sealed opens again, whatever it is', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string()), (text, context) => {
			const wellFormed = text.toWellFormed();
			expect(open('tokens', context, seal('tokens', context, wellFormed))).toBe(wellFormed);
		})
	);
});

test('the same text is sealed differently each time, and never readably', () => {
	const all = Array.from({ length: 100 }, () => seal('tokens', [], TEXT));
	expect(new Set(all).size).toBe(100);
	for (const each of all) {
		const [, data = ''] = each.split('.');
		expect(Buffer.from(data, 'base64url').toString('latin1')).not.toContain('refresh');
	}
});

test('it fits into a cookie or a URL as it is', () => {
	expect(sealed).toMatch(/^[\w-]+\.[\w-]+$/);
});

describe('rotating the secret', () => {
	const before = createSealer([OLD]);
	const during = createSealer([NEW, OLD]);
	const after = createSealer([NEW]);

	test('what the old one sealed opens while both are there', () => {
		expect(during.open('tokens', [], before.seal('tokens', [], TEXT))).toBe(TEXT);
	});

	test('the new one seals from then on', () => {
		const fresh = during.seal('tokens', [], TEXT);
		expect(after.open('tokens', [], fresh)).toBe(TEXT);
		expect(before.open('tokens', [], fresh)).toBeNull();
	});

	test('what the old one sealed is lost when it is gone', () => {
		expect(after.open('tokens', [], before.seal('tokens', [], TEXT))).toBeNull();
	});

	test('without any secret there is no sealing', () => {
		expect(() => createSealer([])).toThrow('at least one secret');
	});
});

describe('what does not open', () => {
	const flipped = (bytes: Buffer, at: number) => {
		const copy = Buffer.from(bytes);
		copy[at] = (copy[at] ?? 0) ^ 1;
		return copy.toString('base64url');
	};

	test('is anything with a byte changed', () => {
		const [id = '', data = ''] = sealed.split('.');
		const bytes = Buffer.from(data, 'base64url');
		const forgeries = Array.from(bytes, (_, at) => `${id}.${flipped(bytes, at)}`);
		expect(forgeries.length).toBeGreaterThan(TEXT.length);
		expect(forgeries.map((forged) => open('tokens', ['row 1'], forged))).toEqual(
			forgeries.map(() => null)
		);
	});

	test('is anything with its key id changed', () => {
		const [id = '', data = ''] = sealed.split('.');
		for (const [at, letter] of [...id].entries()) {
			const other = id.slice(0, at) + (letter === 'A' ? 'B' : 'A') + id.slice(at + 1);
			expect(open('tokens', ['row 1'], `${other}.${data}`)).toBeNull();
		}
	});

	test('is anything cut short', () => {
		for (let length = 0; length < sealed.length; length++) {
			expect(open('tokens', ['row 1'], sealed.slice(0, length))).toBeNull();
		}
	});

	test.each<[string, string, string[]]>([
		['for another purpose', 'ending', ['row 1']],
		['in another row', 'tokens', ['row 2']],
		['in no row', 'tokens', []],
		['in a row of more parts', 'tokens', ['row 1', '']],
		['in a row whose parts are split elsewhere', 'tokens', ['row', ' 1']],
		['where the purpose takes a letter of the row', 'tokensr', ['ow 1']]
	])('is what was sealed %s', (_, purpose, context) => {
		expect(open(purpose, context, sealed)).toBeNull();
	});

	test('is somebody else’s', () => {
		const theirs = createSealer([OLD]).seal('tokens', ['row 1'], TEXT);
		const [ourId] = sealed.split('.');
		const [, theirData] = theirs.split('.');
		expect(open('tokens', ['row 1'], theirs)).toBeNull();
		expect(open('tokens', ['row 1'], `${ourId}.${theirData}`)).toBeNull();
	});

	test.each([
		'',
		'.',
		'a.b',
		`${sealed}.`,
		`${sealed}=`,
		` ${sealed}`,
		`${sealed}\n`,
		'null',
		'{}'
	])('is %j', (garbage) => {
		expect(open('tokens', ['row 1'], garbage)).toBeNull();
	});

	test('is any other text, and it never throws', () => {
		const [id] = sealed.split('.');
		fc.assert(
			fc.property(fc.string(), (text) => {
				expect(open('tokens', [], text)).toBeNull();
				expect(open('tokens', [], `${id}.${text}`)).toBeNull();
			})
		);
	});
});
