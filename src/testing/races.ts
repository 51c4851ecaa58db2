import { conformanceCase } from './conformance-case.js';
import { gone, same } from './expect.js';
import { alive, now, sessionRow, signedIn, signedInTimes, someone } from './rows.js';

const rounds = Array.from({ length: 20 }, (_, index) => index);

export const raceCases = [
	conformanceCase('fifty ends of one session at once end it once', async (database) => {
		const user = await someone(database);
		const row = await signedIn(database, user);
		const ends = await Promise.all(
			Array.from({ length: 50 }, () => database.sessions.end({ ids: [row.id] }, alive))
		);
		same(ends.flat().length, 1, 'Of many concurrent ends of a session, one has to report it.');
		await gone(database, [row], 'Concurrent ends have to end the session.');
	}),

	conformanceCase(
		"fifty ends of all of a user's sessions at once end each once",
		async (database) => {
			const user = await someone(database);
			const rows = await signedInTimes(database, user, 10);
			const ends = await Promise.all(
				Array.from({ length: 50 }, () => database.sessions.end({ userId: user.id }, alive))
			);
			same(
				ends
					.flat()
					.map(({ id }) => id)
					.sort(),
				rows.map(({ id }) => id).sort(),
				'Concurrent ends of all sessions have to report each session once, all together.'
			);
			await gone(database, rows, 'Concurrent ends of all sessions have to end each of them.');
		}
	),

	conformanceCase(
		'a sign-in that races an end of everything does not survive it',
		async (database) => {
			const { sessions } = database;
			for (const round of rounds) {
				const user = await someone(database);
				const row = sessionRow({ userId: user.id });
				const insert = () => sessions.insert(row, { epoch: 0, alive });
				const end = () => sessions.end({ userId: user.id }, alive);
				// either order of starting has to come out right
				const [inserted, ended] =
					round % 2 === 0
						? await Promise.all([insert(), end()])
						: (await Promise.all([end(), insert()])).reverse();
				await gone(
					database,
					[row],
					'insert() has to compare the epoch and to write in one transaction: a session of before must not survive end({ userId }).'
				);
				same(
					ended?.length,
					inserted === null ? 0 : 1,
					'A session either was inserted, and then is reported as ended, or was refused.'
				);
			}
		}
	),

	conformanceCase('activity that races an end brings nothing back', async (database) => {
		for (const round of rounds) {
			const user = await someone(database);
			const row = await signedIn(database, user);
			const touch = () => database.sessions.touch(row.id, now, alive);
			const end = () => database.sessions.end({ ids: [row.id] }, alive);
			await Promise.all(round % 2 === 0 ? [touch(), end(), touch()] : [end(), touch(), touch()]);
			await gone(database, [row], 'touch() must not bring back a session that ends meanwhile.');
		}
	}),

	conformanceCase('a session stays ended for every read after the end', async (database) => {
		const user = await someone(database);
		const rows = await signedInTimes(database, user, 20);
		await Promise.all(rows.map(({ id }) => database.sessions.read(id)));
		for (const { id } of rows) {
			await database.sessions.end({ ids: [id] }, alive);
			same(
				await database.sessions.read(id),
				null,
				'read() after a confirmed end() has to be null; nothing may be cached.'
			);
		}
	})
];
