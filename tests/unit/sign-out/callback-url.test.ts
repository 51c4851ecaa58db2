import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeCallbackUrl } from '../../../src/sign-out/callback-url.js';

const site = {
	origin: 'https://app.example',
	base: '',
	redirectOrigins: ['https://other.example']
};

describe('a target that is safe to go to', () => {
	test.each([
		['/dashboard', '/dashboard'],
		['/a/b?c=d#e', '/a/b?c=d#e'],
		[' /trimmed ', '/trimmed'],
		['foo', '/foo'],
		['?q=1', '/?q=1'],
		['https://app.example/x', '/x'],
		['https://APP.example:443/x', '/x'],
		['https://other.example/goodbye', 'https://other.example/goodbye'],
		['/authors', '/authors'],
		['/a/../b', '/b'],
		['/ünï?ç=é', '/%C3%BCn%C3%AF?%C3%A7=%C3%A9']
	])('%j leads to %j', (value, url) => {
		expect(safeCallbackUrl(value, site)).toBe(url);
	});
});

describe('a target that is not', () => {
	test.each([
		'',
		' ',
		'//evil.example',
		'///evil.example',
		'/\\evil.example',
		'\\\\evil.example',
		'/.//evil.example',
		'/x/..//evil.example',
		'/%2e//evil.example',
		'https:\\\\evil.example',
		'https://evil.example',
		'http://app.example/',
		'https://app.example:8443/',
		'https://app.example.evil.example/',
		'https://user@app.example/',
		'https://user:pass@other.example/',
		'https://sub.other.example/',
		'javascript:alert(1)',
		'JaVaScRiPt:alert(1)',
		'data:text/html,x',
		'blob:https://app.example/x',
		'file:///etc/passwd',
		'/a\tb',
		'/a\nb',
		'java\nscript:alert(1)',
		'/a\u0000b',
		'/a\u007fb',
		'/\ud800',
		'/auth',
		'/auth/signout',
		'/auth/../auth/signin',
		'//auth/signin',
		'/%61uth/signin',
		'/auth%2Fsignin',
		'/x/../auth/signin',
		'https://app.example/auth/signin',
		'/%ff',
		`/${'x'.repeat(2048)}`
	])('%j leads nowhere', (value) => {
		expect(safeCallbackUrl(value, site)).toBeNull();
	});

	test.each([undefined, null, 1, true, {}, [], ['/a'], { toString: () => '/a' }])(
		'nor does what is no text: %j',
		(value) => {
			expect(safeCallbackUrl(value, site)).toBeNull();
		}
	);

	test('our own routes are behind the base, and only there', () => {
		const behind = { ...site, base: '/app' };

		expect(safeCallbackUrl('/app/auth/signout', behind)).toBeNull();
		expect(safeCallbackUrl('/app//auth/signout', behind)).toBeNull();
		expect(safeCallbackUrl('/auth/signout', behind)).toBe('/auth/signout');
	});
});

describe('whatever is asked for', () => {
	const piece = fc.oneof(
		fc.constantFrom('/', '//', '\\', '.', '..', '%2f', '%5c', '@', ':', '?', '#', '\t', 'https:'),
		fc.constantFrom('evil.example', 'app.example', 'other.example', 'auth', '%61uth', 'x'),
		fc.string({ unit: 'binary', maxLength: 4 })
	);
	const target = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

	test('a browser stays on the app or goes to an allowed origin, and never to our own routes', () => {
		fc.assert(
			fc.property(target, (value) => {
				const url = safeCallbackUrl(value, site);
				if (url === null) return;
				const { origin, pathname, username } = new URL(url, 'https://app.example/deep/page');
				expect(['https://app.example', 'https://other.example']).toContain(origin);
				expect(username).toBe('');
				if (origin === site.origin) {
					expect(url).toMatch(/^\/(?!\/)/);
					expect(decodeURIComponent(pathname)).not.toMatch(/^\/+auth(?:\/|$)/);
				}
			}),
			{ numRuns: 2000 }
		);
	});

	test('what came out goes in again unchanged', () => {
		fc.assert(
			fc.property(target, (value) => {
				const url = safeCallbackUrl(value, site);
				if (url !== null && url.length <= 2048) expect(safeCallbackUrl(url, site)).toBe(url);
			}),
			{ numRuns: 2000 }
		);
	});
});
