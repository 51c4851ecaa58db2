import type { Database, SessionRow } from '../stores/contract.js';
import { conformanceCase } from './conformance-case.js';
import { ended, gone, rejects, same, untouched } from './expect.js';
import { ago, alive, idle, sessionRow, signedIn, someone, tooOld } from './rows.js';
import { awkwardTexts, freeTexts } from './texts.js';

const everyColumn = {
	createdAt: ago(90),
	lastActiveAt: ago(30),
	provider: 'github',
	authTime: ago(100),
	userAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
	ip: '2001:db8::7',
	browserKey: 'browser',
	issuer: 'https://id.example',
	subject: 'subject',
	sid: 'sid',
	tokenIssuedAt: ago(101),
	sealedTokens: 'v1.sealed'
} satisfies Partial<SessionRow>;

const unchanged =
	'The text columns of a session have to hold any Unicode text, unchanged and whole.';

export const insertCases = [
	conformanceCase('a session comes back as it was inserted, column by column', async (database) => {
		const user = await someone(database);
		const full = await signedIn(database, user, everyColumn);
		const sparse = await signedIn(database, user);
		await untouched(
			database,
			[full, sparse],
			'sessions.read() has to return every column as it was inserted: null as null, milliseconds whole.'
		);
	}),

	conformanceCase('any text comes back as it was', async (database) => {
		const user = await someone(database);
		for (const text of freeTexts) {
			const row = await signedIn(database, user, { userAgent: text, sealedTokens: text });
			await untouched(database, [row], unchanged);
		}
		for (const text of awkwardTexts) {
			const row = await signedIn(database, user, {
				provider: text,
				ip: text,
				browserKey: text,
				issuer: text,
				subject: text,
				sid: text
			});
			await untouched(database, [row], unchanged);
		}
	}),

	conformanceCase('a changed row in the hands of the caller changes nothing', async (database) => {
		const user = await someone(database);
		const row = sessionRow({ userId: user.id });
		const given = { ...row };
		await database.sessions.insert(given, { epoch: 0, alive });
		given.lastActiveAt = ago(1);
		const found = await database.sessions.read(row.id);
		if (found) found.session.epoch = 9;
		if (found) found.user.epoch = 9;
		await untouched(
			database,
			[row],
			'The store has to keep and hand out copies, so that nobody changes its rows from outside.'
		);
	}),

	conformanceCase('a session is refused when the epoch has moved on', async (database) => {
		const user = await someone(database);
		const old = await signedIn(database, user);
		const late = sessionRow({ userId: user.id });
		await database.users.raiseEpoch(user.id);
		await refused(database, late, 0, [old]);
		await refused(database, late, 2, [old]);
	}),

	conformanceCase('a session is refused when there is no such user', async (database) => {
		const user = await someone(database);
		const other = await signedIn(database, user);
		await refused(database, sessionRow({ userId: 'nobody' }), 0, [other]);
	}),

	conformanceCase(
		'signing in ends the sessions it replaces, and reports them',
		async (database) => {
			const [ann, bob] = [await someone(database), await someone(database)];
			const replaced = [
				await signedIn(database, ann),
				await signedIn(database, bob, { provider: 'github' }),
				await signedIn(database, ann, tooOld),
				await signedIn(database, ann, idle)
			];
			const kept = await signedIn(database, ann);
			const row = sessionRow({ userId: ann.id });
			const replaces = ['unknown', ...replaced.map(({ id }) => id)];
			ended(
				await database.sessions.insert(row, { epoch: 0, replaces, alive }),
				replaced,
				'insert({ replaces }) has to report each session it ended, live or not, and to pass over unknown ids.',
				({ createdAt, lastActiveAt }) =>
					createdAt > alive.createdAfter && lastActiveAt > alive.activeAfter
			);
			await gone(database, replaced, 'insert({ replaces }) has to end the sessions it names.');
			await untouched(
				database,
				[row, kept],
				'insert({ replaces }) has to add its session and to leave the others alone.'
			);
		}
	),

	conformanceCase(
		'an id is used once: the second insert rejects and changes nothing',
		async (database) => {
			const user = await someone(database);
			const row = await signedIn(database, user);
			const other = await signedIn(database, user);
			await rejects(
				database.sessions.insert(
					{ ...row, userAgent: 'another' },
					{ epoch: 0, replaces: [other.id], alive }
				),
				'insert() of an id that is in use has to reject; it never overwrites.'
			);
			await untouched(
				database,
				[row, other],
				'An insert() that rejects must leave everything as it was, also what it was to replace.'
			);
		}
	)
];

async function refused(
	database: Database,
	row: SessionRow,
	epoch: number,
	others: SessionRow[]
): Promise<void> {
	const replaces = others.map(({ id }) => id);
	same(
		await database.sessions.insert(row, { epoch, replaces, alive }),
		null,
		"insert() has to resolve to null unless the user is there and the user's epoch is the given one."
	);
	await gone(database, [row], 'An insert() that resolves to null must not write its session.');
	await untouched(
		database,
		others,
		'An insert() that resolves to null must not end what it was to replace.'
	);
}
