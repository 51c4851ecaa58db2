import { source } from '#lib/server/source';
import authFile from '#lib/server/auth.ts?raw';
import hooksFile from '../hooks.server.ts?raw';
import buttonFile from './ways-out/ways/Button.svelte?raw';
import type { SignOutResult } from 'svelte-guardian';
import type { PageServerLoad } from './$types';

const confirmed = {
	ok: true,
	signedOut: true,
	revoked: 1,
	url: '/signed-out'
} satisfies SignOutResult;

const unconfirmed = {
	ok: false,
	signedOut: false,
	revoked: 0,
	code: 'store_unavailable',
	pending: true
} satisfies Partial<SignOutResult>;

export const load: PageServerLoad = () => ({
	answers: [
		source('The store has confirmed', JSON.stringify(confirmed, null, '\t')),
		source('The store is down', JSON.stringify(unconfirmed, null, '\t'))
	],
	code: [
		source('src/lib/server/auth.ts', authFile, 'setup'),
		source('src/hooks.server.ts', hooksFile),
		source('any page', buttonFile)
	]
});
