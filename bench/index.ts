/**
 * npm run bench [-- --sessions 1000,100000 --rounds 15 --json FILE]
 *
 * svelte-guardian, a reference written by hand and lucia on one SQLite file: a request without a
 * cookie, reading a session, a sign-out over the hook, ending all sessions of a user.
 */
import { sqlite } from 'svelte-guardian/sqlite';
import type { Contender } from './contenders/contender.ts';
import { guardian } from './contenders/guardian.ts';
import { lucia } from './contenders/lucia.ts';
import { reference } from './contenders/reference.ts';
import { pageEvent, signOutEvent } from './events.ts';
import { filledFile, type FilledFile } from './filled-file.ts';
import { readOptions } from './options.ts';
import { printRows, writeRows } from './report.ts';
import { job, measure, type Job, type Row } from './rig.ts';

const { numbers, json } = readOptions({
	sessions: { default: [1_000, 100_000, 1_000_000], many: true },
	rounds: { default: [15] }
});
const [rounds = 1] = numbers.rounds;
const all: Row[] = [];

for (const sessions of numbers.sessions) {
	const filled = await filledFile(sessions);
	const contenders = [reference(filled.file), guardian(sqlite(filled.file)), lucia(filled.file)];
	for (const { name, times, ahead, jobs } of cases(filled, contenders)) {
		const label = `${name}, ${sessions.toLocaleString('en')} sessions in the file`;
		const plan = { case: label, reference: 'reference', times, ahead, rounds };
		const rows = await measure(jobs, plan);
		printRows(rows);
		all.push(...rows);
	}
	for (const contender of contenders) await contender.close();
	filled.remove();
}
await expectNoStoreCall();
writeRows(json, all);

interface Case {
	name: string;
	/** How often in a round. */
	times: number;
	/** Whether the file is prepared for a whole round. */
	ahead: boolean;
	jobs: readonly Job[];
}

function cases(filled: FilledFile, contenders: readonly Contender[]): Case[] {
	const page = new Response('a page');
	const resolve = () => Promise.resolve(page);
	const noHook = job({ contender: 'no hook', prepare: () => null, run: resolve });
	const each = <Given>(
		prepare: () => Given,
		run: (contender: Contender, given: Given) => Promise<unknown>
	) =>
		contenders.map((contender) =>
			job({ contender: contender.name, prepare, run: (given: Given) => run(contender, given) })
		);

	return [
		{
			name: 'a request without a cookie',
			times: 1000,
			ahead: false,
			jobs: [noHook, ...each(pageEvent, (contender, event) => contender.pass(event, resolve))]
		},
		{
			name: 'reading a session',
			times: 1000,
			ahead: false,
			jobs: each(
				() => pageEvent(filled.someToken()),
				async (contender, event) => expectSome(await contender.read(event), 'Nobody was signed in.')
			)
		},
		{
			name: 'a sign-out over the hook',
			times: 100,
			ahead: true,
			jobs: each(
				() => signOutEvent(filled.newUser(1).tokens[0] ?? ''),
				async (contender, event) => expect303(await contender.signOut(event))
			)
		},
		...[10, 100, 1000].map((count) => ({
			name: `ending ${count.toLocaleString('en')} sessions of a user`,
			times: Math.max(2, 200 / count),
			ahead: true,
			jobs: each(
				() => filled.newUser(count).id,
				(contender, id) => contender.endAll(id)
			)
		}))
	];
}

/** Without a cookie there is nothing to ask the store. */
async function expectNoStoreCall(): Promise<void> {
	let calls = 0;
	const counted = <Part extends object>(part: Part): Part =>
		new Proxy(part, {
			get(target, name) {
				calls += 1;
				return Reflect.get(target, name) as unknown;
			}
		});
	const { sessions, users, marks } = sqlite('memory:');
	const contender = guardian({
		sessions: counted(sessions),
		users: counted(users),
		marks: counted(marks)
	});
	calls = 0;
	await contender.pass(pageEvent(), () => Promise.resolve(new Response()));
	if (calls > 0) throw new Error('The store was asked although there was no cookie.');
	await contender.read(pageEvent('A'.repeat(43)));
	if (calls === 0) throw new Error('The store was not asked although there was a cookie.');
	console.log('\nCalls of the store for a request without a cookie: 0');
}

function expectSome(found: string | null, problem: string): void {
	if (found === null) throw new Error(problem);
}

function expect303({ status }: Response): void {
	if (status !== 303) throw new Error(`The sign-out answered ${status}.`);
}
