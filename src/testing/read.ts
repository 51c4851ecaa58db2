import { conformanceCase } from './conformance-case.js';
import { same, untouched } from './expect.js';
import { idle, signedIn, someone, tooOld } from './rows.js';
import { awkwardTexts, lookalikes } from './texts.js';

export const readCases = [
	conformanceCase(
		'a session is read with its user, without the password hash',
		async (database) => {
			const { passwordHash: _, ...ann } = await someone(database, {
				image: 'https://example.com/ann.png',
				emailVerified: true,
				data: '{"plan":"pro"}',
				passwordHash: '$argon2id$secret',
				disabledAt: 1_700_000_000_123
			});
			const { passwordHash: __, ...bob } = await someone(database, { email: null, name: null });
			for (const user of [ann, bob]) {
				const { id } = await signedIn(database, user);
				const found = await database.sessions.read(id);
				same(
					found && 'passwordHash' in found.user,
					false,
					'sessions.read() must not hand out the password hash.'
				);
				same(
					found?.user,
					user,
					"sessions.read() has to return the session's own user as inserted."
				);
			}
		}
	),

	conformanceCase('a session is read with its user, whatever their texts', async (database) => {
		for (const text of awkwardTexts) {
			const user = await someone(database, { id: text, email: text, name: text, image: text });
			const { id } = await signedIn(database, user);
			same(
				(await database.sessions.read(id))?.user.name,
				text,
				'The text columns of a user have to hold any Unicode text, unchanged and whole.'
			);
		}
	}),

	conformanceCase('a session is read as the user is now', async (database) => {
		const user = await someone(database);
		const { id } = await signedIn(database, user);
		await database.users.update(user.id, { name: 'Ann Other', disabledAt: 7 });
		await database.users.raiseEpoch(user.id);
		const { passwordHash: _, ...expected } = {
			...user,
			name: 'Ann Other',
			disabledAt: 7,
			epoch: 1
		};
		same(
			(await database.sessions.read(id))?.user,
			expected,
			'sessions.read() has to return the user as it is now, also its epoch; nothing may be cached.'
		);
	}),

	conformanceCase('sessions that are not live are read too', async (database) => {
		const user = await someone(database);
		const rows = [
			await signedIn(database, user, tooOld),
			await signedIn(database, user, idle),
			await signedIn(database, user)
		];
		await database.users.raiseEpoch(user.id);
		await untouched(
			database,
			rows,
			'sessions.read() has to return sessions that are expired or of an old epoch, too.'
		);
	}),

	conformanceCase('an id is compared exactly', async (database) => {
		const user = await someone(database);
		for (const id of lookalikes.slice(1)) await signedIn(database, user, { id });
		same(
			await database.sessions.read(lookalikes[0]),
			null,
			'sessions.read() has to resolve to null for an unknown id, even one that differs only in case, accents or spaces.'
		);
	})
];
