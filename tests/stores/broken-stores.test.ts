/** The conformance suite is worth something only if it catches stores that are wrong. */
import { setImmediate as later } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Database, Ended, SessionRow } from '../../src/stores/contract.js';
import { memory } from '../../src/stores/memory.js';
import { storeConformance } from '../../src/testing/index.js';

type Parts = { [Part in 'sessions' | 'users' | 'marks']?: Partial<Database[Part]> };

/** A good store with some methods replaced by careless ones. */
function broken(replace: (good: Database) => Parts): Database {
	const good = memory();
	const { sessions, users, marks } = replace(good);
	return {
		sessions: { ...good.sessions, ...sessions },
		users: { ...good.users, ...users },
		marks: { ...good.marks, ...marks }
	};
}

/** What the suite says about a store, up to the complaint that is looked for. */
async function complaints(makeDatabase: () => Database, awaited?: RegExp): Promise<string[]> {
	const found: string[] = [];
	for (const { run } of storeConformance) {
		await run(makeDatabase).catch((error: unknown) => found.push(String(error)));
		if (awaited && found.some((complaint) => awaited.test(complaint))) break;
	}
	return found;
}

const asEnded = ({ id, userId, provider }: SessionRow): Ended => ({
	id,
	userId,
	provider,
	live: true
});

const always = { createdAfter: 0, activeAfter: 0 };

const sessionMistakes: [mistake: string, Parameters<typeof broken>[0], complaint: RegExp][] = [
	[
		'insert() does not look at the epoch',
		({ sessions, users }) => ({
			sessions: {
				async insert(row, options) {
					const epoch = (await users.byId(row.userId))?.epoch ?? 0;
					return sessions.insert(row, { ...options, epoch });
				}
			}
		}),
		/insert\(\) has to resolve to null unless/
	],
	[
		'insert() compares the epoch, waits, and then writes',
		({ sessions, users }) => ({
			sessions: {
				async insert(row, options) {
					if ((await users.byId(row.userId))?.epoch !== options.epoch) return null;
					await later();
					const epoch = (await users.byId(row.userId))?.epoch ?? 0;
					return sessions.insert(row, { ...options, epoch });
				}
			}
		}),
		/in one transaction/
	],
	[
		'insert() leaves the replaced sessions alone',
		({ sessions }) => ({
			sessions: { insert: (row, { epoch, alive }) => sessions.insert(row, { epoch, alive }) }
		}),
		/insert\(\{ replaces \}\) has to report/
	],
	[
		'insert() ends the replaced sessions even when it is refused',
		({ sessions }) => ({
			sessions: {
				async insert(row, options) {
					const ended = await sessions.end({ ids: options.replaces ?? [] }, options.alive);
					return (await sessions.insert(row, options)) && ended;
				}
			}
		}),
		/must not end what it was to replace/
	],
	[
		'insert() overwrites',
		({ sessions }) => ({
			sessions: {
				async insert(row, options) {
					await sessions.end({ ids: [row.id] }, options.alive);
					return sessions.insert(row, options);
				}
			}
		}),
		/never overwrites/
	],
	[
		'a column is lost',
		({ sessions }) => ({
			sessions: {
				insert: (row, options) => sessions.insert({ ...row, tokenIssuedAt: null }, options)
			}
		}),
		/every column as it was inserted/
	],
	[
		'times are kept in whole seconds',
		({ sessions }) => ({
			sessions: {
				insert(row, options) {
					const authTime = Math.floor(row.authTime / 60_000) * 60_000;
					return sessions.insert({ ...row, authTime }, options);
				}
			}
		}),
		/milliseconds whole/
	],
	[
		'long text is cut off',
		({ sessions }) => ({
			sessions: {
				insert: (row, options) =>
					sessions.insert({ ...row, userAgent: row.userAgent?.slice(0, 255) ?? null }, options)
			}
		}),
		/unchanged and whole/
	],
	[
		'read() hands out the password hash',
		({ sessions, users }) => ({
			sessions: {
				async read(id) {
					const found = await sessions.read(id);
					const user = found && (await users.byId(found.session.userId));
					return user && { ...found, user };
				}
			}
		}),
		/password hash/
	],
	[
		'read() answers from a cache',
		({ sessions }) => {
			const cache = new Map<string, Awaited<ReturnType<typeof sessions.read>>>();
			return {
				sessions: {
					async read(id) {
						const found = cache.get(id) ?? (await sessions.read(id));
						cache.set(id, found);
						return found;
					}
				}
			};
		},
		/nothing may be cached/
	],
	[
		'read() ignores case',
		({ sessions }) => ({
			sessions: {
				read: async (id) => (await sessions.read(id)) ?? (await sessions.read(id.toUpperCase()))
			}
		}),
		/differs only in case/
	],
	[
		'touch() brings ended sessions back',
		({ sessions }) => {
			const known = new Map<string, SessionRow>();
			return {
				sessions: {
					insert(row, options) {
						known.set(row.id, row);
						return sessions.insert(row, options);
					},
					async touch(id, at, alive) {
						const row = known.get(id);
						if (row && !(await sessions.read(id))) {
							await sessions.insert({ ...row, lastActiveAt: at }, { epoch: row.epoch, alive });
						}
						return sessions.touch(id, at, alive);
					}
				}
			};
		},
		/touch\(\) must never add a session/
	],
	[
		'touch() moves backwards',
		({ sessions }) => ({
			sessions: {
				async touch(id, at, alive) {
					const row = (await sessions.read(id))?.session;
					if (!row || row.lastActiveAt < at) return sessions.touch(id, at, alive);
					await sessions.end({ ids: [id] }, alive);
					await sessions.insert({ ...row, lastActiveAt: at }, { epoch: row.epoch, alive });
					return true;
				}
			}
		}),
		/not move forward/
	],
	[
		'touch() does not look at the bounds',
		({ sessions }) => ({
			sessions: { touch: (id, at) => sessions.touch(id, at, always) }
		}),
		/expired or of an old epoch/
	],
	[
		'end() says that it ended and did not',
		({ sessions }) => ({
			sessions: {
				async end(where) {
					const ids = 'ids' in where ? where.ids : [];
					const found = await Promise.all(ids.map((id) => sessions.read(id)));
					return found.flatMap((one) => (one ? asEnded(one.session) : []));
				}
			}
		}),
		/has to end every session that matches/
	],
	[
		'end() does not report what it ended',
		({ sessions }) => ({
			sessions: { end: async (where, alive) => (await sessions.end(where, alive)).slice(0, 0) }
		}),
		/has to report what it ended/
	],
	[
		'end() calls every session live',
		({ sessions }) => ({
			sessions: {
				end: async (where, alive) =>
					(await sessions.end(where, alive)).map((one) => ({ ...one, live: true }))
			}
		}),
		/`live` by the bounds and the epoch/
	],
	[
		'end() takes the first hundred',
		({ sessions }) => ({
			sessions: {
				async end(where, alive) {
					if ('ids' in where)
						return sessions.end({ ...where, ids: where.ids.slice(0, 100) }, alive);
					if (!('userId' in where)) return sessions.end(where, alive);
					const rows = (await sessions.list(where.userId, alive)).slice(0, 100);
					const ids = rows.map(({ id }) => id).filter((id) => id !== where.except);
					return sessions.end({ ids }, alive);
				}
			}
		}),
		/end\(\{ userId, except \}\) has to report what it ended/
	],
	[
		'end() counts what was there before it, so that concurrent ends count twice',
		({ sessions }) => ({
			sessions: {
				async end(where, alive) {
					const ids = 'ids' in where ? where.ids : [];
					const before = await Promise.all(ids.map((id) => sessions.read(id)));
					await later();
					const ended = await sessions.end(where, alive);
					return 'ids' in where
						? before.flatMap((one) => (one ? asEnded(one.session) : []))
						: ended;
				}
			}
		}),
		/Of many concurrent ends of a session, one/
	],
	[
		"end({ ids, userId }) ends other people's sessions",
		({ sessions }) => ({
			sessions: {
				end: (where, alive) => sessions.end('ids' in where ? { ids: where.ids } : where, alive)
			}
		}),
		/end\(\{ ids, userId \}\) has to/
	],
	[
		'end({ userId }) leaves the epoch as it is',
		({ sessions }) => ({
			sessions: {
				async end(where, alive) {
					if ('ids' in where || !('userId' in where)) return sessions.end(where, alive);
					const rows = await sessions.list(where.userId, alive);
					const ids = rows.map(({ id }) => id).filter((id) => id !== where.except);
					return sessions.end({ ids }, alive);
				}
			}
		}),
		/so that a late insert\(\) is refused/
	],
	[
		'end({ userId, except }) does not take the spared session along',
		({ sessions, users }) => ({
			sessions: {
				async end(where, alive) {
					if ('ids' in where || !('userId' in where)) return sessions.end(where, alive);
					const rows = await sessions.list(where.userId, always);
					const ids = rows.map(({ id }) => id).filter((id) => id !== where.except);
					const ended = await sessions.end({ ids }, alive);
					await users.raiseEpoch(where.userId);
					return ended;
				}
			}
		}),
		/has to leave every other session as it was/
	],
	[
		'end({ userId, except }) ends the spared session too',
		({ sessions }) => ({
			sessions: {
				end: (where, alive) =>
					sessions.end(
						'ids' in where || !('userId' in where) ? where : { userId: where.userId },
						alive
					)
			}
		}),
		/end\(\{ userId, except \}\) has to report/
	],
	[
		'end({ browserKey }) ignores case',
		({ sessions }) => ({
			sessions: {
				async end(where, alive) {
					const ended = await sessions.end(where, alive);
					return 'browserKey' in where
						? [
								...ended,
								...(await sessions.end({ browserKey: where.browserKey.toUpperCase() }, alive))
							]
						: ended;
				}
			}
		}),
		/end\(\{ browserKey \}\) has to/
	],
	[
		'end({ issuer, subject, notAfter }) ends newer sessions too',
		({ sessions }) => ({
			sessions: {
				end: (where, alive) =>
					sessions.end('notAfter' in where ? { ...where, notAfter: Infinity } : where, alive)
			}
		}),
		/end\(\{ issuer, subject, notAfter \}\) has to/
	],
	[
		'list() shows expired sessions',
		({ sessions }) => ({ sessions: { list: (userId) => sessions.list(userId, always) } }),
		/none that is expired/
	],
	[
		'list() takes a hundred and then looks which are live',
		({ sessions }) => ({
			sessions: {
				async list(userId, alive) {
					const some = (await sessions.list(userId, always)).slice(0, 100).map(({ id }) => id);
					return (await sessions.list(userId, alive)).filter(({ id }) => some.includes(id));
				}
			}
		}),
		/list\(\) has to return all live sessions/
	],
	[
		'list() has the last active at its end',
		({ sessions }) => ({
			sessions: { list: async (...given) => (await sessions.list(...given)).reverse() }
		}),
		/the last active first/
	],
	[
		'deleteExpired() has no limit',
		({ sessions }) => ({
			sessions: { deleteExpired: (alive) => sessions.deleteExpired(alive, Infinity) }
		}),
		/`limit` at most/
	],
	[
		'deleteExpired() looks at the absolute limit only',
		({ sessions }) => ({
			sessions: {
				deleteExpired: ({ createdAfter }, limit) =>
					sessions.deleteExpired({ createdAfter, activeAfter: 0 }, limit)
			}
		}),
		/deleteExpired\(\) has to remove/
	],
	[
		'deleteExpired() removes live sessions',
		({ sessions }) => ({
			sessions: {
				async deleteExpired(alive, limit) {
					const removed = await sessions.deleteExpired(alive, limit);
					if (removed === 0) await sessions.deleteExpired({ ...alive, createdAfter: Infinity }, 1);
					return removed;
				}
			}
		}),
		/must not remove a live session/
	]
];

const userMistakes: typeof sessionMistakes = [
	[
		'users.insert() takes an e-mail twice',
		({ users }) => ({
			users: {
				async insert(user) {
					if ((await users.insert(user)) === 'email_taken') {
						await users.insert({ ...user, email: null });
					}
					return 'ok';
				}
			}
		}),
		/insert\(\) has to resolve to 'email_taken'/
	],
	[
		'users.insert() writes although the e-mail is taken',
		({ users }) => ({
			users: {
				async insert(user) {
					const answer = await users.insert(user);
					if (answer === 'email_taken') await users.insert({ ...user, email: null });
					return answer;
				}
			}
		}),
		/must not write anything/
	],
	[
		'users.insert() looks for the e-mail, waits, and then writes',
		({ users }) => {
			const taken = new Set<string>();
			return {
				users: {
					async insert(user) {
						if (user.email !== null && taken.has(user.email)) return 'email_taken';
						await later();
						if (user.email !== null) taken.add(user.email);
						await users.insert(user);
						return 'ok';
					}
				}
			};
		},
		/exactly one of many concurrent inserts/
	],
	[
		'byEmail() ignores case',
		({ users }) => ({
			users: { byEmail: (email) => users.byEmail(email.toLowerCase()) }
		}),
		/have to compare exactly/
	],
	[
		'update() takes an e-mail that is taken, in silence',
		({ users }) => ({
			users: {
				async update(id, patch) {
					const answer = await users.update(id, patch);
					return answer === 'email_taken' ? 'ok' : answer;
				}
			}
		}),
		/update\(\) has to resolve to 'email_taken'/
	],
	[
		'update() empties the columns that are not given',
		({ users }) => ({
			users: { update: (id, patch) => users.update(id, { image: null, ...patch }) }
		}),
		/has to change in \w+ only/
	],
	[
		'update() reads, waits, and writes everything back',
		({ users }) => ({
			users: {
				async update(id, patch) {
					const before = await users.byId(id);
					await later();
					return before ? users.update(id, { ...before, ...patch }) : 'not_found';
				}
			}
		}),
		/several changes made at the same time/
	],
	[
		'update() of an unknown user is fine',
		({ users }) => ({
			users: {
				async update(id, patch) {
					const answer = await users.update(id, patch);
					return answer === 'not_found' ? 'ok' : answer;
				}
			}
		}),
		/'not_found' for an unknown user/
	],
	[
		'raiseEpoch() resolves to the value before',
		({ users }) => ({
			users: {
				async raiseEpoch(id) {
					const epoch = await users.raiseEpoch(id);
					return epoch === null ? null : epoch - 1;
				}
			}
		}),
		/resolve to the new value/
	],
	[
		'delete() removes nobody',
		({ users }) => ({ users: { delete: async (id) => (await users.byId(id)) !== null } }),
		/delete\(\) has to remove the user/
	],
	[
		'delete() leaves the sessions behind',
		(good) => {
			const kept: SessionRow[] = [];
			return {
				sessions: {
					insert(row, options) {
						kept.push(row);
						return good.sessions.insert(row, options);
					}
				},
				users: {
					async insert(user) {
						const answer = await good.users.insert(user);
						for (const row of kept.filter(({ userId }) => userId === user.id)) {
							await good.sessions.insert(row, { epoch: user.epoch, alive: always });
						}
						return answer;
					}
				}
			};
		},
		/must not find the old sessions again/
	]
];

const markMistakes: typeof sessionMistakes = [
	[
		'bump() reads, waits, and writes',
		({ marks }) => {
			const counts = new Map<string, number>();
			return {
				marks: {
					async bump(key, ttl, by = 1) {
						await marks.bump(key, ttl, by);
						const count = (counts.get(key) ?? 0) + by;
						await later();
						counts.set(key, count);
						return count;
					}
				}
			};
		},
		/bump\(\) has to be atomic/
	],
	[
		'bump() does not count down',
		({ marks }) => ({
			marks: { bump: (key, ttl, by = 1) => marks.bump(key, ttl, Math.max(by, 0)) }
		}),
		/which may be negative/
	],
	[
		'bump() ignores case',
		({ marks }) => ({
			marks: { bump: (key, ttl, by) => marks.bump(key.toLowerCase(), ttl, by) }
		}),
		/compare keys exactly/
	],
	[
		'bump() takes the ttl for milliseconds',
		({ marks }) => ({
			marks: {
				async bump(key, ttl, by) {
					const count = await marks.bump(key, ttl / 1000, by);
					await new Promise((resolve) => setTimeout(resolve, 2));
					return count;
				}
			}
		}),
		/for `ttl` seconds/
	],
	[
		'counters live for ever',
		({ marks }) => ({ marks: { bump: (key, _, by) => marks.bump(key, 86_400, by) } }),
		/start again once the `ttl`/
	],
	[
		'marks.deleteExpired() has no limit',
		({ marks }) => ({ marks: { deleteExpired: () => marks.deleteExpired(Infinity) } }),
		/`limit` at most, and to count them/
	]
];

describe('the conformance suite notices that', { timeout: 20_000 }, () => {
	it.concurrent.each([...sessionMistakes, ...userMistakes, ...markMistakes])(
		'%s',
		async (_, replace, complaint) => {
			const found = await complaints(() => broken(replace), complaint);
			expect(found).toContainEqual(expect.stringMatching(complaint));
		}
	);

	it('a good store has no mistakes', async () => {
		expect(await complaints(() => memory())).toEqual([]);
	});
});
