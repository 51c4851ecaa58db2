import type { Database } from '../stores/contract.js';

/** Makes the store under test: new and empty each time. */
export type MakeDatabase = () => Database | Promise<Database>;

/** One promise of the store contract. `run` rejects with a sentence that says what is broken. */
export interface ConformanceCase {
	readonly name: string;
	run(makeDatabase: MakeDatabase): Promise<void>;
}

export function conformanceCase(
	name: string,
	test: (database: Database) => Promise<void>
): ConformanceCase {
	return {
		name,
		async run(makeDatabase) {
			const database = await makeDatabase();
			try {
				await test(database);
			} finally {
				await database.close?.();
			}
		}
	};
}
