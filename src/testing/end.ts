import type { Database, EndWhere, SessionRow } from '../stores/contract.js';
import { conformanceCase } from './conformance-case.js';
import { ended, gone, same, untouched } from './expect.js';
import { ago, alive, always, barelyAlive, idle, now } from './rows.js';
import { sessionRow, signedIn, signedInTimes, someone, tooOld } from './rows.js';
import { lookalikes } from './texts.js';

const [text, ...others] = lookalikes;

export const endCases = [
	conformanceCase('ending by id ends those, and passes over unknown ids', async (database) => {
		const user = await someone(database);
		const rows = await signedInTimes(database, user, 3);
		const kept = [
			await signedIn(database, user),
			...(await lookalikesOf(database, user, (id) => ({ id })))
		];
		const ids = rows.map(({ id }) => id);
		await endsExactly(database, { ids: [...ids, ...ids, 'unknown', text] }, rows, kept);
		ended(await database.sessions.end({ ids: [] }, alive), [], 'end() of no ids ends nothing.');
	}),

	conformanceCase('ending by id and user leaves the sessions of others alone', async (database) => {
		const [ann, bob] = [await someone(database), await someone(database)];
		const hers = await signedInTimes(database, ann, 2);
		const his = await signedInTimes(database, bob, 2);
		const ids = [...hers, ...his].map(({ id }) => id);
		await endsExactly(database, { ids, userId: ann.id }, hers, his);
		await endsExactly(database, { ids, userId: 'nobody' }, [], his);
	}),

	conformanceCase('ending by browser ends every account of that browser', async (database) => {
		const [ann, bob] = [await someone(database), await someone(database)];
		const rows = [
			await signedIn(database, ann, { browserKey: text }),
			await signedIn(database, bob, { browserKey: text, provider: 'github' })
		];
		const kept = [
			await signedIn(database, ann),
			...(await lookalikesOf(database, bob, (browserKey) => ({ browserKey })))
		];
		await endsExactly(database, { browserKey: text }, rows, kept);
	}),

	conformanceCase("ending by the provider's session id needs its issuer too", async (database) => {
		const user = await someone(database);
		const rows = await signedInTimes(database, user, 2, { issuer: text, sid: text });
		const kept = [
			await signedIn(database, user),
			await signedIn(database, user, { issuer: text }),
			await signedIn(database, user, { sid: text }),
			await signedIn(database, user, { issuer: text, subject: text, tokenIssuedAt: 0 }),
			...(await lookalikesOf(database, user, (sid) => ({ issuer: text, sid }))),
			...(await lookalikesOf(database, user, (issuer) => ({ issuer, sid: text })))
		];
		await endsExactly(database, { issuer: text, sid: text }, rows, kept);
	}),

	conformanceCase('ending by subject spares sessions of newer id tokens', async (database) => {
		const user = await someone(database);
		const notAfter = ago(10);
		const of = (columns: Partial<SessionRow>) =>
			signedIn(database, user, { issuer: text, subject: text, ...columns });
		const rows = [
			await of({ tokenIssuedAt: notAfter }),
			await of({ tokenIssuedAt: ago(11), sid: 'sid' })
		];
		const kept = [
			await of({ tokenIssuedAt: notAfter + 1 }),
			await of({ tokenIssuedAt: null }),
			await of({ issuer: null, tokenIssuedAt: notAfter }),
			await of({ subject: null, tokenIssuedAt: notAfter, sid: text }),
			...(await lookalikesOf(database, user, (subject) => ({
				issuer: text,
				subject,
				tokenIssuedAt: notAfter
			}))),
			...(await lookalikesOf(database, user, (issuer) => ({
				issuer,
				subject: text,
				tokenIssuedAt: notAfter
			})))
		];
		await endsExactly(database, { issuer: text, subject: text, notAfter }, rows, kept);
	}),

	conformanceCase('ending anything but a whole user leaves the epoch alone', async (database) => {
		const user = await someone(database);
		const columns = { browserKey: text, issuer: text, sid: text, subject: text, tokenIssuedAt: 1 };
		for (const where of [
			{ browserKey: text },
			{ issuer: text, sid: text },
			{ issuer: text, subject: text, notAfter: now }
		]) {
			await signedIn(database, user, columns);
			same((await database.sessions.end(where, alive)).length, 1, describe(where));
		}
		const { id } = await signedIn(database, user, columns);
		await database.sessions.end({ ids: [id] }, alive);
		await database.sessions.end({ ids: [id], userId: user.id }, alive);
		await hasEpoch(database, user, 0);
	}),

	conformanceCase("ending all of a user's sessions raises the epoch", async (database) => {
		const [ann, bob] = [await someone(database), await someone(database)];
		const rows = await signedInTimes(database, ann, 3);
		const kept = await signedInTimes(database, bob, 2);
		await endsExactly(database, { userId: ann.id }, rows, kept);
		await hasEpoch(database, ann, 1);
		await hasEpoch(database, bob, 0);
		await endsExactly(database, { userId: ann.id }, [], kept);
		await hasEpoch(database, ann, 2);
		await endsExactly(database, { userId: 'nobody' }, [], kept);
	}),

	conformanceCase(
		'a sign-in that authenticated before everything ended is refused',
		async (database) => {
			const user = await someone(database);
			const row = sessionRow({ userId: user.id });
			await database.sessions.end({ userId: user.id }, alive);
			same(
				await database.sessions.insert(row, { epoch: 0, alive }),
				null,
				'end({ userId }) has to raise the epoch also when there is no session, so that a late insert() is refused.'
			);
			await gone(database, [row], 'A late insert() must not write.');
		}
	),

	conformanceCase(
		'ending the others keeps the one session, and keeps it valid',
		async (database) => {
			const user = await someone(database);
			const others = await signedInTimes(database, user, 3);
			const kept = await signedIn(database, user, { ...barelyAlive, browserKey: text });
			const where = { userId: user.id, except: kept.id };
			await endsExactly(database, where, others, [{ ...kept, epoch: 1 }]);
			await hasEpoch(database, user, 1);
			same(
				[
					(await database.sessions.list(user.id, alive)).map(({ id }) => id),
					await database.sessions.touch(kept.id, now, alive)
				],
				[[kept.id], true],
				'The session that end({ userId, except }) spares has to stay live: it is given the new epoch.'
			);
			await endsExactly(database, where, [], [{ ...kept, epoch: 2, lastActiveAt: now }]);
		}
	),

	conformanceCase('ending the others revives nothing that was not valid', async (database) => {
		const ann = await someone(database);
		const outdated = await signedIn(database, ann);
		await database.users.raiseEpoch(ann.id);
		await signedIn(database, ann, { epoch: 1 });
		await database.sessions.end({ userId: ann.id, except: outdated.id }, alive);
		await hasEpoch(database, ann, 2);
		same(
			await database.sessions.list(ann.id, always),
			[],
			'end({ userId, except }) must not give the new epoch to a session of an old one.'
		);

		const [bob, eve] = [await someone(database), await someone(database)];
		const his = await signedIn(database, bob);
		const hers = await signedIn(database, eve);
		await endsExactly(database, { userId: eve.id, except: his.id }, [hers], [his]);
		await endsExactly(database, { userId: eve.id, except: 'unknown' }, [], [his]);
	}),

	conformanceCase('an end says which of the sessions were live until then', async (database) => {
		const user = await someone(database);
		for (const [epoch, where] of [
			[1, (rows: SessionRow[]) => ({ ids: rows.map(({ id }) => id) })],
			[2, () => ({ userId: user.id })],
			[4, () => ({ browserKey: 'browser' })]
		] as const) {
			const columns = { browserKey: 'browser' };
			const outdated = await signedIn(database, user, { ...columns, epoch: epoch - 1 });
			await database.users.raiseEpoch(user.id);
			const dead = [
				outdated,
				await signedIn(database, user, { ...columns, ...tooOld, epoch }),
				await signedIn(database, user, { ...columns, ...idle, epoch })
			];
			const live = await signedIn(database, user, { ...columns, ...barelyAlive, epoch });
			const rows = [...dead, live];
			ended(
				await database.sessions.end(where(rows), alive),
				rows,
				'end() has to report each session, with `live` by the bounds and the epoch as they were before.',
				(row) => row.id === live.id
			);
			await gone(database, rows, 'end() has to end sessions that are not live, too.');
		}
	}),

	conformanceCase('a thousand sessions end in one call', async (database) => {
		const user = await someone(database);
		const kept = await signedIn(database, user);
		const rows = await signedInTimes(database, user, 1000);
		await endsExactly(database, { userId: user.id, except: kept.id }, rows, [
			{ ...kept, epoch: 1 }
		]);
	}),

	conformanceCase('a thousand ids can be named in one call', async (database) => {
		const user = await someone(database);
		const rows = await signedInTimes(database, user, 150);
		const unknown = Array.from({ length: 850 }, (_, index) => `unknown ${index}`);
		await endsExactly(database, { ids: [...unknown, ...rows.map(({ id }) => id)] }, rows, []);
	})
];

/** Ends, and finds ended and reported what should be, and everything else as it was. */
async function endsExactly(
	database: Database,
	where: EndWhere,
	expected: SessionRow[],
	kept: SessionRow[]
): Promise<void> {
	const what = describe(where);
	ended(
		await database.sessions.end(where, alive),
		expected,
		`${what} has to report what it ended.`
	);
	await gone(database, expected, `${what} has to end every session that matches.`);
	await untouched(database, kept, `${what} has to leave every other session as it was.`);
}

async function hasEpoch({ users }: Database, user: { id: string }, epoch: number): Promise<void> {
	same(
		(await users.byId(user.id))?.epoch,
		epoch,
		"end({ userId }) has to raise that user's epoch by one, and no other end() any epoch."
	);
}

async function lookalikesOf(
	database: Database,
	user: { id: string },
	columns: (lookalike: string) => Partial<SessionRow>
): Promise<SessionRow[]> {
	const rows: SessionRow[] = [];
	for (const other of others) rows.push(await signedIn(database, user, columns(other)));
	return rows;
}

const describe = (where: EndWhere): string => `end({ ${Object.keys(where).join(', ')} })`;
