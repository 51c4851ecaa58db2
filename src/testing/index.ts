/** What a store has to do, as cases that any test runner can run. */
import type { ConformanceCase } from './conformance-case.js';
import { endCases } from './end.js';
import { identityCases } from './identities.js';
import { identityRaceCases } from './identity-races.js';
import { insertCases } from './insert.js';
import { linkingCases } from './linking.js';
import { listCases } from './list.js';
import { markCases } from './marks.js';
import { raceCases } from './races.js';
import { readCases } from './read.js';
import { touchCases } from './touch.js';
import { userCases } from './users.js';

export type { ConformanceCase, MakeDatabase } from './conformance-case.js';

/**
 * Every promise of the store contract, for stores of your own. Each case asks for a new and empty
 * store, closes it afterwards, and rejects with a sentence that says what is wrong.
 *
 * @example
 * ```ts
 * import test from 'node:test';
 * import { memory } from 'svelte-guardian/memory';
 * import { storeConformance } from 'svelte-guardian/testing';
 *
 * for (const { name, run } of storeConformance) {
 * 	test(name, () => run(() => memory()));
 * }
 * ```
 */
export const storeConformance: readonly ConformanceCase[] = [
	...insertCases,
	...readCases,
	...touchCases,
	...raceCases,
	...endCases,
	...listCases,
	...userCases,
	...identityCases,
	...linkingCases,
	...identityRaceCases,
	...markCases
];
