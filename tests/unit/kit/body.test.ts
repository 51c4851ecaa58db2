import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GuardianError } from '../../../src/errors.js';
import { readBody, toBoolean } from '../../../src/kit/body.js';

const NAMES = ['callbackUrl', 'scope', 'allSessions'] as const;

const post = (body: BodyInit, type: string) =>
	new Request('https://app.example/auth/signout', {
		method: 'POST',
		body,
		headers: { 'content-type': type }
	});
const json = (body: string) => readBody(post(body, 'application/json'), NAMES);
const codeOf = (error: unknown) => (error instanceof GuardianError ? error.code : error);
const refused = (promise: Promise<unknown>) => promise.then(() => 'read', codeOf);

describe('a body of JSON', () => {
	test('gives the known fields as they are', () => {
		const known = fc.record(
			{ callbackUrl: fc.jsonValue(), scope: fc.jsonValue(), allSessions: fc.boolean() },
			{ requiredKeys: [] }
		);
		const others = fc.dictionary(
			fc.string().filter((name) => !(NAMES as readonly string[]).includes(name)),
			fc.jsonValue()
		);
		return fc.assert(
			fc.asyncProperty(known, others, async (fields, more) => {
				const body = JSON.stringify({ ...more, ...fields });
				expect(await json(body)).toEqual(JSON.parse(JSON.stringify(fields)));
			})
		);
	});

	test.each([
		'{"scope":"all","scope":"session"}',
		'{"scope":"all","\\u0073cope":"session"}',
		'{"allSessions":false,"x":[{"scope":1}],"allSessions":true}'
	])('that says something twice is refused: %s', async (body) => {
		expect(await refused(json(body))).toBe('invalid_request');
	});

	test('may use the same names deeper down, and in texts', async () => {
		const body = '{"scope":"all","x":{"scope":1,"y":["scope"]},"callbackUrl":"\\"scope\\": {"}';

		expect(await json(body)).toEqual({ scope: 'all', callbackUrl: '"scope": {' });
	});

	test.each(['', 'null', '[]', '"all"', '1', '{', '{"scope":}'])(
		'that is no object is refused: %s',
		async (body) => {
			expect(await refused(json(body))).toBe('invalid_request');
		}
	);

	test.each(['"true"', '1', 'null', '{}'])(
		'that says %s for yes or no is refused',
		async (value) => {
			expect(await refused(json(`{"allSessions":${value}}`))).toBe('invalid_request');
		}
	);

	test('has no way to the prototype', async () => {
		expect(await json('{"__proto__":{"scope":"all"},"constructor":1}')).toEqual({});
	});

	test('never fails but with a code, whatever is sent', () =>
		fc.assert(
			fc.asyncProperty(fc.string({ unit: 'binary' }), async (body) => {
				expect(['read', 'invalid_request', 'too_large']).toContain(await refused(json(body)));
			})
		));
});

describe('a form', () => {
	const fields = fc.record(
		{ callbackUrl: fc.string({ unit: 'grapheme' }), scope: fc.string({ unit: 'grapheme' }) },
		{ requiredKeys: [] }
	);

	test('of either encoding gives what was filled in', () =>
		fc.assert(
			fc.asyncProperty(fields, fc.boolean(), async (filled, multipart) => {
				const form = multipart ? new FormData() : new URLSearchParams();
				for (const [name, value] of Object.entries(filled)) form.append(name, value);
				const request = new Request('https://app.example/', { method: 'POST', body: form });
				// The standard turns every line break of a form into CR LF.
				const breaks = (text: string) => text.replace(/\r\n|\r|\n/g, '\r\n');
				const expected = multipart
					? Object.fromEntries(Object.entries(filled).map(([name, text]) => [name, breaks(text)]))
					: filled;
				expect(await readBody(request, NAMES)).toEqual(expected);
			})
		));

	test('that says something twice, or sends a file, is refused', async () => {
		const twice = post('scope=all&scope=session', 'application/x-www-form-urlencoded');
		const upload = new FormData();
		upload.set('scope', new Blob(['all']), 'scope.txt');
		const file = new Request('https://app.example/', { method: 'POST', body: upload });

		expect(await refused(readBody(twice, NAMES))).toBe('invalid_request');
		expect(await refused(readBody(file, NAMES))).toBe('invalid_request');
	});
});

test.each([
	['true', true],
	['on', true],
	['1', true],
	['false', false],
	['off', false],
	['0', false],
	['', false]
])('%j means %j', (value, meaning) => {
	expect(toBoolean('allSessions', value)).toBe(meaning);
});

test.each(['yes', 'TRUE', '2', ' true', 'null'])('%j is no boolean', (value) => {
	expect(() => toBoolean('allSessions', value)).toThrow(GuardianError);
});
