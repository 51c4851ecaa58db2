import { expect, test, vi } from 'vitest';
import { duringRequest } from '../app/server.js';
import { createBase } from '../../../src/kit/base.js';

/** As SvelteKit 3 does it: absolute outside of a request, relative to the page inside of one. */
const resolve = vi.hoisted(() => vi.fn(() => '/base/'));
vi.mock('$app/paths', () => ({ resolve }));

/** A request for a page that is so many levels below the base. */
function request(page: string, up: string): Parameters<typeof duringRequest>[0] {
	resolve.mockReturnValue(up);
	// boundary: the base depends on nothing else of an event.
	return { url: new URL(page, 'http://localhost') } as Parameters<typeof duringRequest>[0];
}

test('what is known outside of a request holds inside of every one', () => {
	resolve.mockReturnValue('/base/');
	const base = createBase();

	expect(duringRequest(request('/nonsense/of/a/request', '../'), base)).toBe('/base');
	expect(base()).toBe('/base');
});

test('set up inside of a request, it is read for each, and none can spoil it for the next', () => {
	const base = duringRequest(request('/base/a/b', '../'), () => createBase());

	expect(duringRequest(request('/nonsense/of/a/request', '../'), base)).toBe('/nonsense/of');
	expect(duringRequest(request('/base/a/b', '../'), base)).toBe('/base');
	expect(duringRequest(request('/base/page', './'), base)).toBe('/base');
});

test('an app at the root of its origin has none', () => {
	resolve.mockReturnValue('/');

	expect(createBase()()).toBe('');
});
