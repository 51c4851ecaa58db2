import { sequence } from '@sveltejs/kit/hooks';
import type { Handle } from '@sveltejs/kit/hooks';
import { handle as guardian, signOut } from './lib/server/auth.js';

/** Where a path starts with `/unhooked`, it is as if the app had forgotten the hook. */
const guarded: Handle = ({ event, resolve }) =>
	event.url.pathname.includes('/unhooked') ? resolve(event) : guardian({ event, resolve });

const leaving: Handle = async ({ event, resolve }) => {
	if (event.url.pathname.endsWith('/leave-in-handle')) await signOut();
	return resolve(event);
};

export const handle = sequence(guarded, leaving);
