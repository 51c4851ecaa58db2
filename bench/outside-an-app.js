// Stands in for what SvelteKit gives an app, so that the package runs without one; for
// `node --import`.
import { registerHooks } from 'node:module';

registerHooks({
	resolve(specifier, context, next) {
		const [, name] = /^\$app\/(paths|server)$/.exec(specifier) ?? [];
		if (name === undefined) return next(specifier, context);
		return next(new URL(`../tests/unit/app/${name}.ts`, import.meta.url).href, context);
	}
});
