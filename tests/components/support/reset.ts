/** Gives every test a fresh page, connection and server. */
import { afterEach, vi } from 'vitest';
import { reloadIfKept } from '../../../src/client/leave.js';
import { page } from '../../unit/app/state.js';

afterEach(() => {
	removeEventListener('pageshow', reloadIfKept);
	vi.unstubAllGlobals();
	vi.restoreAllMocks();
	page.url = new URL('https://app.example/');
});

/** The browser says that it has no connection. */
export const goOffline = (): unknown => vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
