/** The contender that the environment names, on the file that it names. */
import { sqlite } from 'svelte-guardian/sqlite';
import type { Contender } from '../../contenders/contender.ts';
import { guardian } from '../../contenders/guardian.ts';
import { lucia } from '../../contenders/lucia.ts';
import { reference } from '../../contenders/reference.ts';

type InApp = Pick<Contender, 'pass' | 'read'>;

const { CONTENDER = 'no auth', DATABASE = '' } = process.env;

const contenders: Record<string, () => InApp> = {
	'no auth': () => ({ pass: (_event, resolve) => resolve(), read: async () => null }),
	reference: () => reference(DATABASE),
	'svelte-guardian': () => guardian(sqlite(DATABASE)),
	lucia: () => lucia(DATABASE)
};

const create = contenders[CONTENDER];
if (create === undefined) throw new Error(`There is no contender "${CONTENDER}".`);

export const contender = create();
