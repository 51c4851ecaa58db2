/** The store that forgets: for tests, demos and a first try. */
import type { Database } from './contract.js';
import { memoryMarks } from './memory/marks.js';
import { memorySessions } from './memory/sessions.js';
import { memoryUsers } from './memory/users.js';
import { emptyTables, type Tables } from './memory/tables.js';

const named: unique symbol = Symbol.for('svelte-guardian.memory');

/**
 * A store in the memory of this process. It is empty after a restart and is not shared between
 * processes: use it for tests and for trying things out.
 *
 * @param name With a name, calls with that name share one store, which survives the reloading of
 * modules during development. Without one, the store belongs to this call alone.
 *
 * @example
 * ```ts
 * import { guardianAuth, password } from 'svelte-guardian';
 * import { memory } from 'svelte-guardian/memory';
 *
 * export const { handle, auth } = guardianAuth({
 * 	database: memory('my-app'),
 * 	providers: [password()]
 * });
 * ```
 */
export function memory(name?: string): Database {
	const tables = name === undefined ? emptyTables() : tablesNamed(name);
	return {
		sessions: memorySessions(tables),
		users: memoryUsers(tables),
		marks: memoryMarks(tables)
	};
}

/**
 * Development servers evaluate a module again after an edit, so nothing kept in the module would
 * last; what hangs on `globalThis` does.
 */
function tablesNamed(name: string): Tables {
	// boundary: only this function reads and writes the property
	const global = globalThis as { [named]?: Map<string, Tables> };
	const { [named]: all = new Map<string, Tables>() } = global;
	global[named] = all;
	const tables = all.get(name) ?? emptyTables();
	all.set(name, tables);
	return tables;
}
