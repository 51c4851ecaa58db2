/**
 * npm run bench:size [-- --processes 25 --json FILE]
 *
 * What svelte-guardian weighs: in the browser, when a server starts, and on the disk. Beside it
 * lucia, which is a part of it.
 */
import { gzipSync } from 'node:zlib';
import { bundle } from '../tests/support/bundle.ts';
import { readOptions } from './options.ts';
import { writeRows } from './report.ts';
import { quantile, rotated, type Row } from './rig.ts';
import { install, type Installed } from './size/install.ts';

const { numbers, json } = readOptions({ processes: { default: [25] } });
const [processes = 1] = numbers.processes;

const REFERENCE = 'lucia';
const contenders = [REFERENCE, 'svelte-guardian'];

const installed = await Promise.all(
	contenders.map(async (name) => ({ name, ...(await install(name)) }))
);
const imports = await timeImports();
const rows = [
	...rowsOf('signOut of the client, bytes gzip', { 'svelte-guardian': [await clientBytes()] }),
	...rowsOf('import of the server entry, ms', imports),
	...rowsOf(
		'import of the server entry, modules',
		await each(({ name, countModules }) => countModules(name))
	),
	...rowsOf('installed, packages', await each(({ packages }) => packages)),
	...rowsOf('installed, MB', await each(({ megabytes }) => megabytes))
];
for (const { remove } of installed) await remove();

for (const { case: name, contender, median, p99, ratio } of rows) {
	const values = `${median.toFixed(1).padStart(8)}  p99 ${p99.toFixed(1).padStart(8)}`;
	console.log(`${name.padEnd(36)} ${contender.padEnd(16)} ${values} ${ratio.toFixed(2)} ×`);
}
writeRows(json, rows);

async function clientBytes(): Promise<number> {
	return gzipSync(await bundle(`export { signOut } from 'svelte-guardian/client';`)).byteLength;
}

async function timeImports(): Promise<Record<string, number[]>> {
	const times = new Map(installed.map(({ name }) => [name, [] as number[]]));
	for (let index = 0; index < processes; index += 1) {
		for (const { name, timeImport } of rotated(installed, index)) {
			times.get(name)?.push(await timeImport(name));
		}
	}
	return Object.fromEntries(times);
}

async function each(
	of: (one: Installed & { name: string }) => number | Promise<number>
): Promise<Record<string, number[]>> {
	const values: Record<string, number[]> = {};
	for (const one of installed) values[one.name] = [await of(one)];
	return values;
}

function rowsOf(name: string, values: Record<string, number[]>): Row[] {
	const reference = quantile(values[REFERENCE] ?? Object.values(values).flat(), 0.5);
	return Object.entries(values).map(([contender, all]) => ({
		case: name,
		contender,
		median: quantile(all, 0.5),
		p99: quantile(all, 0.99),
		ratio: quantile(all, 0.5) / reference
	}));
}
