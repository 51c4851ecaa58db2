/** Checked by the compiler: what the configuration accepts. */
import { password, type GuardianConfig } from '../../src/index.js';
import { memory } from '../../src/stores/memory.js';

/** A variable of the environment may be missing; that is said at the first request. */
export const fromEnvironment: GuardianConfig = {
	database: memory(),
	providers: [password()],
	secret: process.env['AUTH_SECRET'],
	env: process.env
};
