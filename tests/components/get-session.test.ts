import { describe, expect, test } from 'vitest';
import { getSession, getSessions, GuardianRequestError } from '../../src/client/index.js';
import { goOffline } from './support/reset.js';
import { html, json, serve, unreachable } from './support/server.js';
import { sent, session, sessionInfo } from './support/session.js';

const storeDown = { error: 'The session store cannot be reached.', code: 'store_unavailable' };

describe('getSession', () => {
	test('resolves to the session, with its dates as dates and texts as texts', async () => {
		const asked = serve(json({ session: sent }));

		await expect(getSession()).resolves.toEqual(session);

		expect(asked).toMatchObject([{ method: 'GET', path: '/auth/session' }]);
	});

	test('resolves to null when nobody is signed in', async () => {
		serve(json({ session: null }));

		await expect(getSession()).resolves.toBeNull();
	});

	test('rejects while the store is down, for nobody knows', async () => {
		serve(json(storeDown, 503));

		await expect(getSession()).rejects.toMatchObject({
			name: 'GuardianRequestError',
			code: 'store_unavailable',
			message: 'The session store cannot be reached.'
		});
	});

	test.each([
		['network', unreachable, 'The server answered nothing; who is signed in is not known.'],
		['network', html(200), 'The server answered 200; who is signed in is not known.'],
		['network', json(null), 'The server answered 200; who is signed in is not known.'],
		[
			'network',
			json({ message: 'x' }, 500),
			'The server answered 500; who is signed in is not known.'
		]
	])('rejects with `%s` when no answer of ours comes', async (code, answer, message) => {
		serve(answer);

		const failure = await getSession().catch((error: unknown) => error);

		expect(failure).toBeInstanceOf(GuardianRequestError);
		expect(failure).toMatchObject({ code, message });
	});

	test('rejects with `offline` without a connection', async () => {
		goOffline();
		serve(unreachable);

		await expect(getSession()).rejects.toMatchObject({ code: 'offline' });
	});
});

describe('getSessions', () => {
	test('resolves to the sessions, with their dates as dates', async () => {
		const asked = serve(json({ sessions: [sessionInfo] }));

		await expect(getSessions()).resolves.toEqual([sessionInfo]);

		expect(asked).toMatchObject([{ method: 'GET', path: '/auth/sessions' }]);
	});

	test('rejects when nobody is signed in', async () => {
		serve(json({ error: 'You are not signed in.', code: 'no_session' }, 401));

		await expect(getSessions()).rejects.toMatchObject({ code: 'no_session' });
	});
});
