/**
 * Measures contenders against each other in one process: round after round, each in turn, so that
 * whatever else the machine does happens to all of them. A ratio is the median over the rounds.
 */

/** One thing to measure: whatever `prepare` makes is given to `run`, which alone is timed. */
export interface Job<Given = unknown> {
	contender: string;
	prepare(): Given | Promise<Given>;
	run(given: Given): unknown;
}

/** A line of a result. Times are microseconds. */
export interface Row {
	case: string;
	contender: string;
	median: number;
	p99: number;
	/** To the contender that the others are measured against. */
	ratio: number;
}

export interface Plan {
	case: string;
	/** The contender that has the ratio 1. */
	reference: string;
	/** How often each runs in one round. */
	times: number;
	/** Whether all is prepared before the first run of a round, as for what is prepared in the file. */
	ahead: boolean;
	rounds: number;
}

/** Rounds before the first that counts, in which the engine compiles what it runs often. */
const WARM_UP = 3;

/** Jobs of one kind; `Given` differs from contender to contender. */
export function job<Given>(made: Job<Given>): Job {
	return { ...made, run: (given) => made.run(given as Given) };
}

export async function measure(jobs: readonly Job[], plan: Plan): Promise<Row[]> {
	const samples = new Map(jobs.map(({ contender }) => [contender, [] as number[][]]));
	for (let round = -WARM_UP; round < plan.rounds; round += 1) {
		for (const each of rotated(jobs, round + WARM_UP)) {
			const times = await runOnce(each, plan);
			if (round >= 0) samples.get(each.contender)?.push(times);
		}
	}
	const ofReference = samples.get(plan.reference) ?? [];
	return [...samples].map(([contender, rounds]) => ({
		case: plan.case,
		contender,
		median: quantile(rounds.flat(), 0.5),
		p99: quantile(rounds.flat(), 0.99),
		ratio: ratioOf(rounds, ofReference)
	}));
}

async function runOnce({ prepare, run }: Job, { times, ahead }: Plan): Promise<number[]> {
	const prepared: unknown[] = [];
	for (let index = 0; ahead && index < times; index += 1) prepared.push(await prepare());
	const samples: number[] = [];
	for (let index = 0; index < times; index += 1) {
		const given = ahead ? prepared[index] : await prepare();
		const start = process.hrtime.bigint();
		await run(given);
		samples.push(Number(process.hrtime.bigint() - start) / 1000);
	}
	return samples;
}

/** The median over the rounds of the ratio of their medians. */
export function ratioOf(rounds: readonly number[][], reference: readonly number[][]): number {
	const ratios = rounds.map(
		(times, round) => quantile(times, 0.5) / quantile(reference[round] ?? [], 0.5)
	);
	return quantile(ratios, 0.5);
}

/** Between two values where the share falls between them, as the median of an even number does. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((one, other) => one - other);
	const at = (sorted.length - 1) * share;
	const below = sorted[Math.floor(at)] ?? Number.NaN;
	const above = sorted[Math.ceil(at)] ?? Number.NaN;
	return below + (above - below) * (at % 1);
}

export const rotated = <T>(list: readonly T[], by: number): T[] => {
	const at = by % list.length;
	return [...list.slice(at), ...list.slice(0, at)];
};
