/** What a benchmark is told on the command line; a mistake is one sentence and ends it. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** An option that takes whole numbers above zero; `many` takes several, with commas between. */
interface NumberOption {
	default: readonly number[];
	many?: true;
}

export interface Options<Name extends string> {
	numbers: Record<Name, readonly number[]>;
	/** The file to write the rows to. */
	json: string | undefined;
}

export function readOptions<Name extends string>(known: Record<Name, NumberOption>): Options<Name> {
	const usage = `Options: ${usageOf(known)} --json FILE`;
	try {
		const options = parse(known);
		if (options !== null) return options;
		console.log(usage);
		process.exit(0);
	} catch (cause) {
		console.error(`${cause instanceof Error ? cause.message : String(cause)}\n${usage}`);
		process.exit(2);
	}
}

const usageOf = (known: Record<string, NumberOption>): string =>
	Object.entries(known)
		.map(([name, option]) => `--${name} ${option.default.join(',')}`)
		.join(' ');

/** `null` when only help was asked for. */
function parse<Name extends string>(known: Record<Name, NumberOption>): Options<Name> | null {
	const names = Object.keys(known) as Name[];
	const texts = Object.fromEntries(
		[...names, 'json'].map((name) => [name, { type: 'string' as const }])
	);
	const { values } = parseArgs({ options: { ...texts, help: { type: 'boolean', short: 'h' } } });
	if (values.help === true) return null;
	const given = values as Partial<Record<Name | 'json', string>>;
	const numbers = Object.fromEntries(
		names.map((name) => [name, readNumbers(name, given[name], known[name])])
	) as Record<Name, readonly number[]>;
	// Before anything is measured for nothing.
	if (given.json !== undefined) writeFileSync(given.json, '');
	return { numbers, json: given.json };
}

function readNumbers(name: string, given: string | undefined, option: NumberOption) {
	if (given === undefined) return option.default;
	const numbers = given.split(',').map(Number);
	const usable = numbers.every((number) => Number.isSafeInteger(number) && number > 0);
	if (usable && (option.many || numbers.length === 1)) return numbers;
	const example = option.default.join(',');
	throw new Error(
		`--${name} ${given}: write whole numbers above zero, such as --${name} ${example}`
	);
}
