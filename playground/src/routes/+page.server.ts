import { source } from '#lib/server/source';
import authFile from '#lib/server/auth.ts?raw';
import hooksFile from '../hooks.server.ts?raw';
import buttonFile from './ways-out/ways/Button.svelte?raw';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({
	code: [
		source('src/lib/server/auth.ts', authFile, 'setup'),
		source('src/hooks.server.ts', hooksFile),
		source('any page', buttonFile)
	]
});
