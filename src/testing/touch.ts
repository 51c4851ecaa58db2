import { conformanceCase } from './conformance-case.js';
import { gone, same, untouched } from './expect.js';
import {
	ago,
	alive,
	barelyAlive,
	idle,
	now,
	sessionRow,
	signedIn,
	someone,
	tooOld
} from './rows.js';

export const touchCases = [
	conformanceCase('activity moves a session forward, and nothing else', async (database) => {
		const user = await someone(database);
		const row = await signedIn(database, user, barelyAlive);
		const other = await signedIn(database, user, barelyAlive);
		same(
			await database.sessions.touch(row.id, now, alive),
			true,
			'touch() has to resolve to true when it wrote.'
		);
		await untouched(
			database,
			[{ ...row, lastActiveAt: now }, other],
			'touch() has to write lastActiveAt of its one session, and nothing else.'
		);
	}),

	conformanceCase('activity never moves a session backwards', async (database) => {
		const user = await someone(database);
		const row = await signedIn(database, user, { lastActiveAt: ago(5) });
		for (const at of [ago(5), ago(6)]) {
			same(
				await database.sessions.touch(row.id, at, alive),
				false,
				'touch() has to resolve to false, and to write nothing, when it would not move forward.'
			);
		}
		await untouched(database, [row], 'touch() must not move lastActiveAt backwards.');
	}),

	conformanceCase('activity does not revive a session that is no longer live', async (database) => {
		const user = await someone(database);
		const outdated = await signedIn(database, user);
		await database.users.raiseEpoch(user.id);
		const rows = [
			outdated,
			await signedIn(database, user, { ...tooOld, epoch: 1 }),
			await signedIn(database, user, { ...idle, epoch: 1 })
		];
		for (const row of rows) {
			same(
				await database.sessions.touch(row.id, now, alive),
				false,
				'touch() has to resolve to false for a session that is expired or of an old epoch.'
			);
		}
		await untouched(
			database,
			rows,
			'touch() must not write to a session that is expired or of an old epoch.'
		);
	}),

	conformanceCase('activity does not bring back a session that has ended', async (database) => {
		const user = await someone(database);
		const row = await signedIn(database, user);
		const never = sessionRow({ userId: user.id });
		await database.sessions.end({ ids: [row.id] }, alive);
		for (const { id } of [row, never]) {
			same(
				await database.sessions.touch(id, now, alive),
				false,
				'touch() has to resolve to false for a session that is not there.'
			);
		}
		await gone(database, [row, never], 'touch() must never add a session.');
	})
];
