/** Stores that are wrong in one way, and what the conformance suite says about them. */
import type { Database } from '../../src/stores/contract.js';
import { memory } from '../../src/stores/memory.js';
import { storeConformance } from '../../src/testing/index.js';

type Parts = { [Part in 'sessions' | 'users' | 'marks']?: Partial<Database[Part]> };

type Replace = (good: Database) => Parts;

/** What is wrong with a store, how it comes to be, and what the suite has to say about it. */
export type Mistake = [mistake: string, replace: Replace, complaint: RegExp];

/** A good store with some methods replaced by careless ones. */
export function broken(replace: Replace): Database {
	const good = memory();
	const { sessions, users, marks } = replace(good);
	return {
		sessions: { ...good.sessions, ...sessions },
		users: { ...good.users, ...users },
		marks: { ...good.marks, ...marks }
	};
}

/** What the suite says about a store, up to the complaint that is looked for. */
export async function complaints(
	makeDatabase: () => Database,
	awaited?: RegExp
): Promise<string[]> {
	const found: string[] = [];
	for (const { run } of storeConformance) {
		await run(makeDatabase).catch((error: unknown) => found.push(String(error)));
		if (awaited && found.some((complaint) => awaited.test(complaint))) break;
	}
	return found;
}
