// Writes the address of every module that is loaded to the file MODULE_LOG, and whether it holds a
// part of @auth/core, which a build may have taken in; for `node --import`.
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import process from 'node:process';

const { MODULE_LOG = '' } = process.env;

registerHooks({
	load(url, context, next) {
		const module = next(url, context);
		const holds = String(module.source ?? '').includes('errors.authjs.dev');
		appendFileSync(MODULE_LOG, `${url}${holds ? ' holds @auth/core' : ''}\n`);
		return module;
	}
});
