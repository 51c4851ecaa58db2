/** What a benchmark is told on the command line; a mistake is one sentence and ends it. */
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
	try {
		return parse(known);
	} catch (cause) {
		console.error(cause instanceof Error ? cause.message : cause);
		process.exit(2);
	}
}

function parse<Name extends string>(known: Record<Name, NumberOption>): Options<Name> {
	const names = Object.keys(known) as Name[];
	const options = Object.fromEntries([...names, 'json'].map((name) => [name, { type: 'string' }]));
	const { values } = parseArgs({ options: options as Record<string, { type: 'string' }> });
	const numbers = Object.fromEntries(
		names.map((name) => [name, readNumbers(name, values[name], known[name])])
	) as Record<Name, readonly number[]>;
	return { numbers, json: values['json'] };
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
