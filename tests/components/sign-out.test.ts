import { refreshAll } from '$app/navigation';
import { resolve } from '$app/paths';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { signOut } from '../../src/client/index.js';
import { comeBack, watchDepartures } from './support/departures.js';
import { goOffline } from './support/reset.js';
import {
	endedElsewhere,
	html,
	json,
	serve,
	signedOut,
	storeDown,
	unreachable
} from './support/server.js';

vi.mock('$app/paths', { spy: true });

const absolute = (path: string) => new URL(path, location.href).href;

beforeEach(() => {
	vi.mocked(refreshAll).mockClear().mockResolvedValue();
	vi.mocked(resolve).mockReset();
});

describe('what is asked', () => {
	test('a POST of JSON to /auth/signout, without options an empty one', async () => {
		watchDepartures();
		const asked = serve(json(signedOut));

		await signOut();

		expect(asked).toMatchObject([
			{ method: 'POST', path: '/auth/signout', contentType: 'application/json', body: {} }
		]);
	});

	test('goes on when the tab is closed, and follows no redirect', async () => {
		watchDepartures();
		const asked = serve(json(signedOut));

		await signOut();

		expect(asked).toMatchObject([{ keepalive: true, redirect: 'error' }]);
	});

	test.each([
		[{ callbackUrl: '/bye' }, { callbackUrl: '/bye' }],
		[{ scope: 'others' as const }, { scope: 'others' }],
		[{ allSessions: true }, { allSessions: true }],
		[{ sessionId: 'abc' }, { sessionId: 'abc' }],
		[{ scope: undefined, callbackUrl: undefined }, {}]
	])('%o is sent as %o', async (options, body) => {
		const asked = serve(json(endedElsewhere));

		await signOut({ ...options, redirect: false });

		expect(asked).toMatchObject([{ body }]);
		expect(Object.keys(Object(asked[0]?.body))).toEqual(Object.keys(body));
	});

	test('the base path of the app is in front, as it is at the time of the call', async () => {
		vi.mocked(resolve).mockImplementation((path: string) => `/base${path}`);
		const asked = serve(json(endedElsewhere));

		await signOut();

		expect(asked).toMatchObject([{ path: '/base/auth/signout' }]);
	});
});

describe('once signed out', () => {
	test('loads the page it was told to go to, and refreshes nothing', async () => {
		const departures = watchDepartures();
		serve(json(signedOut));

		const result = await signOut();

		expect(result).toEqual(signedOut);
		expect(departures).toMatchObject([{ to: absolute('/goodbye'), kind: 'push' }]);
		expect(refreshAll).not.toHaveBeenCalled();
	});

	test('leaves when a part could not be ended elsewhere, and says so', async () => {
		const departures = watchDepartures();
		serve(json({ ...storeDown, signedOut: true, code: 'partially_revoked', url: '/bye' }, 503));

		const result = await signOut({ scope: 'all' });

		expect(result).toMatchObject({ ok: false, code: 'partially_revoked' });
		expect(departures).toMatchObject([{ to: absolute('/bye') }]);
	});

	test('goes to another origin that the server allows', async () => {
		const departures = watchDepartures();
		serve(json({ ...signedOut, url: 'https://elsewhere.example/out' }));

		await signOut();

		expect(departures).toMatchObject([{ to: 'https://elsewhere.example/out' }]);
	});

	test.each([
		'javascript:document.title="run"',
		'data:text/html,x',
		'httpx://x',
		'http://[',
		'blob:x'
	])('goes to the root of the app rather than to %s', async (url) => {
		vi.mocked(resolve).mockImplementation((path: string) => `/base${path}`);
		const departures = watchDepartures();
		serve(json({ ...signedOut, url }));

		const result = await signOut();

		expect(result).toMatchObject({ ok: true });
		expect(departures).toMatchObject([{ to: absolute('/base/') }]);
		expect(document.title).not.toBe('run');
	});

	test('loads the page anew when the target differs in its fragment only', async () => {
		const here = location.href;
		const departures = watchDepartures();
		serve(json({ ...signedOut, url: '#goodbye' }));

		await signOut();

		expect(departures).toMatchObject([{ kind: 'reload', to: absolute('#goodbye') }]);
		history.replaceState(null, '', here);
	});

	test('stays without redirect, and refreshes the data before it resolves', async () => {
		const departures = watchDepartures();
		const refreshed = Promise.withResolvers<undefined>();
		vi.mocked(refreshAll).mockReturnValue(refreshed.promise);
		serve(json(signedOut));

		const resolved = vi.fn();
		const signingOut = signOut({ redirect: false }).then(resolved);
		await vi.waitFor(() => expect(refreshAll).toHaveBeenCalledOnce());
		expect(resolved).not.toHaveBeenCalled();
		refreshed.resolve(undefined);
		await signingOut;

		expect(resolved).toHaveBeenCalledWith(signedOut);
		expect(departures).toEqual([]);
	});

	test('does not reject when the refresh fails', async () => {
		vi.mocked(refreshAll).mockRejectedValue(new Error('a load function'));
		serve(json(signedOut));

		await expect(signOut({ redirect: false })).resolves.toEqual(signedOut);
	});

	test('the page is loaded anew when Back shows it as the browser had kept it', async () => {
		const departures = watchDepartures();
		serve(json(signedOut));
		await signOut();

		comeBack(false);
		expect(departures).toHaveLength(1);

		comeBack(true);
		expect(departures).toMatchObject([{ kind: 'push' }, { kind: 'reload' }]);
	});
});

describe('while this browser stays signed in', () => {
	test('refreshes the data and goes nowhere', async () => {
		const departures = watchDepartures();
		serve(json(endedElsewhere));

		await expect(signOut({ scope: 'others' })).resolves.toEqual(endedElsewhere);

		expect(refreshAll).toHaveBeenCalledOnce();
		expect(departures).toEqual([]);
	});

	test('refreshes the data when some ended and some did not', async () => {
		serve(json({ ...storeDown, code: 'partially_revoked', revoked: 2 }, 503));

		await signOut({ scope: 'others' });

		expect(refreshAll).toHaveBeenCalledOnce();
	});

	test('leaves the page as it is when nothing ended', async () => {
		const departures = watchDepartures();
		serve(json(storeDown, 503));

		await expect(signOut()).resolves.toEqual(storeDown);

		expect(refreshAll).not.toHaveBeenCalled();
		expect(departures).toEqual([]);
	});
});

describe('when no answer comes', () => {
	const unknown = { ok: false, signedOut: false, revoked: 0, pending: false };

	test('a server that cannot be reached is `network`', async () => {
		const departures = watchDepartures();
		serve(unreachable);

		const result = await signOut();

		expect(result).toEqual({
			...unknown,
			code: 'network',
			url: location.href,
			error: 'The server answered nothing; this may not have worked.'
		});
		expect(departures).toEqual([]);
		expect(refreshAll).not.toHaveBeenCalled();
	});

	test('a browser without connection is `offline`', async () => {
		goOffline();
		serve(unreachable);

		await expect(signOut()).resolves.toMatchObject({ ...unknown, code: 'offline' });
	});

	test.each([502, 200])('a page of a proxy with status %i is `network`', async (status) => {
		serve(html(status));

		await expect(signOut()).resolves.toMatchObject({
			...unknown,
			code: 'network',
			error: `The server answered ${status}; this may not have worked.`
		});
	});

	test.each([[{ message: 'Not Found' }], [null], ['ok'], [1], [['ok']]])(
		'JSON of somebody else, %o, is `network`',
		async (body) => {
			serve(json(body, 404));

			await expect(signOut()).resolves.toMatchObject({ ...unknown, code: 'network' });
		}
	);
});
