/** Who may import whom in src. */
import type { Import } from './imports.js';

/** The rooms from the roof down: one may import from the floors below, not from its own. */
const floors: readonly (readonly string[])[] = [
	['index'],
	['guardian'],
	['kit'],
	['sign-in', 'sign-out'],
	['users'],
	['sessions'],
	['stores', 'bus']
];

/** The ground that every server room stands on; these may import each other. */
const ground = ['config', 'errors', 'events', 'identity-providers', 'log', 'seal', 'types'];

/** Beside the house: only their own tests and users come here. */
const browser = ['client', 'components'];
const outbuildings = ['testing', 'cli', ...browser];

/** Packages that one room keeps to itself; the rest of the name is a part of the package. */
const keepers: readonly { what: RegExp; rooms: readonly string[]; typesAnywhere?: true }[] = [
	{ what: /^@sveltejs\/kit(\/|$)/, rooms: ['kit'] },
	{ what: /^\$app\/server$/, rooms: ['kit'] },
	{ what: /^\$app\//, rooms: ['kit', ...browser] },
	{ what: /^@auth\/core(\/|$)/, rooms: ['sign-in'], typesAnywhere: true },
	{ what: /^lucia(\/|$)/, rooms: ['sessions'] },
	{ what: /^node:sqlite$/, rooms: ['stores'] },
	{ what: /^svelte(\/|$)/, rooms: browser }
];

export const rooms: readonly string[] = [...floors.flat(), ...ground, ...outbuildings];

/** The room of a file: its folder, or the name of a file that stands alone. */
export const roomOf = (path: string): string => path.split('/')[0]?.replace(/\.[a-z.]+$/, '') ?? '';

/** Why this import is against the rules, with file and line; null when it is fine. */
export function objection({ file, line, target, ours, typeOnly }: Import): string | null {
	// The contract of the stores is a word that everybody needs, and types only.
	if (target === 'stores/contract.js' && typeOnly) return null;
	const from = roomOf(file);
	const problem = ours
		? betweenRooms(from, roomOf(target), typeOnly)
		: outside(from, target, typeOnly);
	return problem && `src/${file}:${line} imports ${target}: ${problem}`;
}

function betweenRooms(from: string, to: string, typeOnly: boolean): string | null {
	if (from === to) return null;
	if (!rooms.includes(from)) return `${from} is no room of the house`;
	if (!rooms.includes(to)) return `${to} is no room of the house`;

	if (browser.includes(from)) {
		if (to === 'client' || typeOnly) return null;
		return `${from} runs in the browser and takes types only from the server`;
	}
	if (outbuildings.includes(to)) return `${to} is for those outside`;
	if (ground.includes(to)) return null;
	if (ground.includes(from)) {
		return typeOnly ? null : 'the ground floor takes types only from above';
	}
	if (from === 'testing') return to === 'stores' ? null : 'testing knows the stores alone';
	return floorOf(from) < floorOf(to) ? null : `${from} is not above ${to}`;
}

function outside(from: string, name: string, typeOnly: boolean): string | null {
	if (browser.includes(from) && name.startsWith('node:')) return 'a browser has no Node';
	const keeper = keepers.find(({ what }) => what.test(name));
	if (!keeper || keeper.rooms.includes(from) || (typeOnly && keeper.typesAnywhere)) return null;
	return `only ${keeper.rooms.join(' and ')} may`;
}

const floorOf = (room: string): number => floors.findIndex((floor) => floor.includes(room));
