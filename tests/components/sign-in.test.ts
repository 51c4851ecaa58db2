import { refreshAll } from '$app/navigation';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { signIn, signUp } from '../../src/client/index.js';
import { watchDepartures } from './support/departures.js';
import { goOffline } from './support/reset.js';
import { html, json, serve, unreachable } from './support/server.js';
import { sent, session } from './support/session.js';

const signedIn = { ok: true, url: '/dashboard', session: sent };
const refused = {
	ok: false,
	url: '/signin',
	error: 'The e-mail address or the password is wrong.',
	code: 'invalid_credentials'
};

beforeEach(() => {
	vi.mocked(refreshAll).mockClear();
});

describe('signIn', () => {
	test('posts what the provider needs, and what to do next', async () => {
		watchDepartures();
		const asked = serve(json(signedIn));

		await signIn('password', { email: 'a@b.example', password: 'secret', callbackUrl: '/inbox' });

		expect(asked).toMatchObject([
			{
				method: 'POST',
				path: '/auth/signin/password',
				contentType: 'application/json',
				body: { email: 'a@b.example', password: 'secret', callbackUrl: '/inbox' },
				redirect: 'error'
			}
		]);
	});

	test('posts what another provider asks for', async () => {
		watchDepartures();
		const asked = serve(json(signedIn));

		await signIn('card', { fields: { number: '17', pin: '1234' }, callbackUrl: '/inbox' });

		expect(asked).toMatchObject([
			{
				path: '/auth/signin/card',
				body: { number: '17', pin: '1234', callbackUrl: '/inbox' }
			}
		]);
	});

	test('keeps an odd provider id within its part of the path', async () => {
		watchDepartures();
		const asked = serve(json(refused, 404));

		await signIn('../signout?x');

		expect(asked).toMatchObject([{ path: '/auth/signin/..%2Fsignout%3Fx' }]);
	});

	test('loads the next page once signed in', async () => {
		const departures = watchDepartures();
		serve(json(signedIn));

		await signIn('password', { email: 'a@b.example', password: 'secret' });

		expect(departures).toMatchObject([{ to: new URL('/dashboard', location.href).href }]);
		expect(refreshAll).not.toHaveBeenCalled();
	});

	test('goes on at the provider when there is no session yet', async () => {
		const departures = watchDepartures();
		serve(json({ ok: true, url: 'https://provider.example/authorize?x=1', session: null }));

		const result = await signIn('github');

		expect(result).toMatchObject({ ok: true, session: null });
		expect(departures).toMatchObject([{ to: 'https://provider.example/authorize?x=1' }]);
	});

	test('stays without redirect, refreshes the data and hands over the session', async () => {
		const departures = watchDepartures();
		serve(json(signedIn));

		const result = await signIn('password', { redirect: false });

		expect(result).toEqual({ ok: true, url: '/dashboard', session });
		expect(refreshAll).toHaveBeenCalledOnce();
		expect(departures).toEqual([]);
	});

	test('hands over a refusal and stays', async () => {
		const departures = watchDepartures();
		serve(json(refused, 401));

		await expect(signIn('password')).resolves.toEqual(refused);

		expect(departures).toEqual([]);
		expect(refreshAll).not.toHaveBeenCalled();
	});

	test('hands over how long to wait', async () => {
		serve(json({ ...refused, code: 'rate_limited', retryAfter: 900 }, 429));

		await expect(signIn('password')).resolves.toMatchObject({ retryAfter: 900 });
	});

	test.each([
		['network', unreachable, 'The server answered nothing; this may not have worked.'],
		['network', html(502), 'The server answered 502; this may not have worked.']
	])('never rejects: %s', async (code, answer, error) => {
		serve(answer);

		await expect(signIn('password')).resolves.toEqual({
			ok: false,
			url: location.href,
			code,
			error
		});
	});

	test('never rejects: offline', async () => {
		goOffline();
		serve(unreachable);

		await expect(signIn('password')).resolves.toMatchObject({ ok: false, code: 'offline' });
	});
});

describe('signUp', () => {
	test('posts to /auth/signup, and signs in like signIn', async () => {
		const departures = watchDepartures();
		const asked = serve(json(signedIn));

		const result = await signUp({ email: 'a@b.example', password: 'secret', name: 'Ada' });

		expect(asked).toMatchObject([
			{
				path: '/auth/signup',
				body: { email: 'a@b.example', password: 'secret', name: 'Ada' }
			}
		]);
		expect(result).toMatchObject({ ok: true, session });
		expect(departures).toHaveLength(1);
	});

	test('stays without redirect', async () => {
		const departures = watchDepartures();
		serve(json(signedIn));

		await signUp({ email: 'a@b.example', password: 'secret', redirect: false });

		expect(refreshAll).toHaveBeenCalledOnce();
		expect(departures).toEqual([]);
	});
});
