/** Opens a database file through the store when told, and adds a user. */
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
const { sqlite } = await import(store.href);
const [, , file = '', id = ''] = process.argv;
process.send?.('ready');

process.once('message', async () => {
	const added = sqlite(file).users.insert({
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
	process.send?.(await added.catch(String));
	process.disconnect();
});
