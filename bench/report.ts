/** Prints rows as a table, and writes them to a file. */
import { writeFileSync } from 'node:fs';
import type { Row } from './rig.ts';

export function printRows(rows: readonly Row[]): void {
	const [first] = rows;
	if (first === undefined) return;
	console.log(`\n${first.case}`);
	for (const { contender, median, p99, ratio } of rows) {
		const times = `${micro(median)}  p99 ${micro(p99)}`;
		console.log(`  ${contender.padEnd(16)} ${times}  ${ratio.toFixed(2).padStart(8)} ×`);
	}
}

export function writeRows(file: string | undefined, rows: readonly Row[]): void {
	if (file === undefined) return;
	writeFileSync(file, `${JSON.stringify({ rows }, null, '\t')}\n`);
	console.log(`\nThe rows are in ${file}`);
}

const micro = (time: number): string => `${time.toFixed(2).padStart(10)} µs`;
