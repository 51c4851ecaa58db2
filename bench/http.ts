/**
 * npm run bench:http [-- --sessions 100000 --processes 5 --rounds 9 --requests 1000 --json FILE]
 *
 * The same built app without auth, with a reference written by hand, with svelte-guardian and with
 * lucia, each served by a process of its own: a page that says who is signed in, asked for over
 * connections that are kept, in rounds that take turns.
 */
import { filledFile } from './filled-file.ts';
import { readOptions } from './options.ts';
import { writeRows } from './report.ts';
import { quantile, rotated, type Row } from './rig.ts';
import { drive, type Driven } from './http/drive.ts';
import { serve } from './http/serve.ts';

const { numbers, json } = readOptions({
	sessions: { default: [100_000] },
	processes: { default: [5] },
	rounds: { default: [9] },
	requests: { default: [1000] }
});
const [sessions = 1] = numbers.sessions;
const [processes = 1] = numbers.processes;
const [rounds = 1] = numbers.rounds;
const [requests = 1] = numbers.requests;

/** Rounds before the first that counts, in each process. */
const WARM_UP = 3;
const NO_AUTH = 'no auth';
const contenders = [NO_AUTH, 'reference', 'svelte-guardian', 'lucia'];
const results = new Map(contenders.map((contender) => [contender, [] as Driven[]]));

const filled = await filledFile(sessions);
try {
	for (let index = 0; index < processes; index += 1) await driveProcesses();
} finally {
	filled.remove();
}

/** Each contender once more from the start: what the engine makes of a program varies. */
async function driveProcesses(): Promise<void> {
	const servers = await Promise.all(contenders.map((name) => serve(name, filled.file)));
	try {
		for (let round = -WARM_UP; round < rounds; round += 1) {
			for (const { contender, url } of rotated(servers, round + WARM_UP)) {
				const expected = contender === NO_AUTH ? 'Nobody is signed in.' : '@example.org';
				const driven = await drive(url, { requests, token: filled.someToken, expected });
				if (round >= 0) results.get(contender)?.push(driven);
			}
		}
	} finally {
		for (const server of servers) await server.stop();
	}
}

const withoutAuth = results.get(NO_AUTH) ?? [];
const name = `a page that says who is signed in, ${sessions.toLocaleString('en')} sessions in the file`;
const rows = [...results].map(([contender, rounds]): Row => {
	const times = rounds.flatMap(({ microseconds }) => microseconds);
	return {
		case: name,
		contender,
		median: quantile(times, 0.5),
		p99: quantile(times, 0.99),
		ratio: quantile(
			rounds.map(({ rate }, round) => rate / (withoutAuth[round]?.rate ?? Number.NaN)),
			0.5
		)
	};
});
console.log(`\n${name}`);
for (const { contender, median, p99, ratio } of rows) {
	const rates = results.get(contender)?.map(({ rate }) => rate) ?? [];
	const rate = `${quantile(rates, 0.5).toFixed(0).padStart(6)} requests/s`;
	const times = `${median.toFixed(0).padStart(6)} µs  p99 ${p99.toFixed(0).padStart(6)} µs`;
	console.log(`  ${contender.padEnd(16)} ${rate}  ${times}  ${ratio.toFixed(2).padStart(6)} ×`);
}
writeRows(json, rows);
