/** The SQLite store, from its sources, in a process that nothing has compiled them for. */
import { registerHooks } from 'node:module';

// the sources name their imports as the build will: x.js for what is x.ts here
registerHooks({
	resolve(specifier, context, next) {
		const ours = specifier.startsWith('.') && context.parentURL?.includes('/src/');
		return next(ours ? specifier.replace(/\.js$/, '.ts') : specifier, context);
	}
});

const store = new URL('../../../src/stores/sqlite.ts', import.meta.url);
/** @type {typeof import('../../../src/stores/sqlite.js')} */
export const { sqlite } = await import(store.href);

/** @returns {import('../../../src/stores/contract.js').UserRow} */
export const user = (/** @type {string} */ id) => ({
	id,
	email: null,
	name: null,
	image: null,
	emailVerified: false,
	data: '{}',
	passwordHash: null,
	epoch: 0,
	createdAt: 0,
	disabledAt: null
});
