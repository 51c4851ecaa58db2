import { conformanceCase } from './conformance-case.js';
import { same, untouched } from './expect.js';
import {
	ago,
	alive,
	barelyAlive,
	idle,
	now,
	signedIn,
	signedInTimes,
	someone,
	tooOld
} from './rows.js';

export const listCases = [
	conformanceCase(
		"a user's live sessions are listed whole, the last active first",
		async (database) => {
			const user = await someone(database);
			const middle = await signedIn(database, user, { lastActiveAt: ago(20), userAgent: 'Ω' });
			const last = await signedIn(database, user, barelyAlive);
			const first = await signedIn(database, user, { lastActiveAt: ago(10), issuer: 'https://id' });
			await signedIn(database, await someone(database));
			same(
				await database.sessions.list(user.id, alive),
				[first, middle, last],
				"list() has to return every column of the user's own live sessions, the last active first."
			);
		}
	),

	conformanceCase('sessions that are not live do not hide live ones', async (database) => {
		const user = await someone(database);
		await signedInTimes(database, user, 60, { lastActiveAt: now });
		await database.users.raiseEpoch(user.id);
		await signedInTimes(database, user, 60, { ...tooOld, lastActiveAt: now, epoch: 1 });
		await signedInTimes(database, user, 60, { ...idle, createdAt: now, epoch: 1 });
		const live = await signedInTimes(database, user, 150, { epoch: 1 });
		same(
			(await database.sessions.list(user.id, alive)).map(({ id }) => id),
			live.map(({ id }) => id).reverse(),
			'list() has to return all live sessions, however many, and none that is expired or of an old epoch.'
		);
	}),

	conformanceCase('a user without sessions has an empty list', async (database) => {
		const user = await someone(database);
		await signedIn(database, await someone(database));
		for (const id of [user.id, 'nobody']) {
			same(
				await database.sessions.list(id, alive),
				[],
				'list() has to be empty for a user without sessions.'
			);
		}
	}),

	conformanceCase('cleaning up removes what is not live, and nothing else', async (database) => {
		const [ann, bob] = [await someone(database), await someone(database)];
		await signedIn(database, ann);
		await signedIn(database, ann);
		await database.users.raiseEpoch(ann.id);
		await signedIn(database, bob, tooOld);
		await signedIn(database, bob, idle);
		const live = [
			await signedIn(database, ann, { epoch: 1 }),
			await signedIn(database, bob),
			await signedIn(database, bob, barelyAlive)
		];
		const clean = (limit: number): Promise<number> => database.sessions.deleteExpired(alive, limit);
		same(
			[await clean(3), await clean(3), await clean(3)],
			[3, 1, 0],
			'deleteExpired() has to remove sessions that are expired or of an old epoch, `limit` at most, and to count them.'
		);
		await untouched(database, live, 'deleteExpired() must not remove a live session.');
	})
];
