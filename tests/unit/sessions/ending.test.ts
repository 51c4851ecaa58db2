import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endsPresented, parseEnding, wheresOf, type Ending } from '../../../src/sessions/ending.js';

const MINE = 'a'.repeat(64);
const ALSO_MINE = 'b'.repeat(64);
const OTHER = 'c'.repeat(64);

const ending = (
	target: Ending['target'],
	userId: string | null = 'ada',
	presented = [MINE]
): Ending => ({ presented, target, userId });

describe('in the words of the store', () => {
	const own = { ids: [MINE] };
	const both = { ids: [MINE, ALSO_MINE] };

	test.each<[string, Ending, readonly unknown[]]>([
		['session is what is presented', ending('session'), [own]],
		['browser is all that is presented', ending('browser', null, [MINE, ALSO_MINE]), [both]],
		['browser with nothing presented is nothing', ending('browser', null, []), []],
		['all is the whole user', ending('all'), [{ userId: 'ada' }]],
		[
			'all takes what else is presented along',
			ending('all', 'ada', [MINE, ALSO_MINE]),
			[{ userId: 'ada' }, both]
		],
		['all of nobody known is what is presented', ending('all', null), [own]],
		['others leaves the one', ending('others'), [{ userId: 'ada', except: MINE }]],
		['others of nobody known is nothing', ending('others', null), []],
		['others without a session is nothing', ending('others', 'ada', []), []],
		[
			'one session is one of the same user',
			ending({ sessionId: OTHER }),
			[{ ids: [OTHER], userId: 'ada' }]
		],
		['one session of nobody known is nothing', ending({ sessionId: OTHER }, null), []],
		['a user is all of theirs', ending({ userId: 'eve' }), [{ userId: 'eve' }]]
	])('%s', (_, given, wheres) => {
		expect(wheresOf(given)).toEqual(wheres);
	});
});

test.each<[boolean, Ending['target']]>([
	[true, 'session'],
	[true, 'browser'],
	[true, 'all'],
	[false, 'others'],
	[true, { sessionId: MINE }],
	[false, { sessionId: OTHER }],
	[false, { userId: 'ada' }]
])('whether the presented session ends: %j for %j', (ends, target) => {
	expect(endsPresented(ending(target))).toBe(ends);
});

describe('read back from a browser', () => {
	test.each<Ending>([
		ending('session'),
		ending('browser', null, []),
		ending('all', 'ada', [MINE, ALSO_MINE]),
		ending('others'),
		ending({ sessionId: OTHER }),
		ending({ userId: 'eve' })
	])('is what it was: %j', (given) => {
		expect(parseEnding(JSON.parse(JSON.stringify(given)))).toEqual(given);
	});

	const good = ending('session');
	test.each<unknown>([
		null,
		'session',
		[],
		{},
		{ ...good, presented: MINE },
		{ ...good, presented: ['no id'] },
		{ ...good, presented: [MINE.toUpperCase()] },
		{ ...good, target: 'everything' },
		{ ...good, target: null },
		{ ...good, target: {} },
		{ ...good, target: { userId: 1 } },
		{ ...good, target: { sessionId: 1 } },
		{ ...good, userId: 1 },
		{ presented: [MINE], target: 'session' }
	])('is nothing if it is none: %j', (value) => {
		expect(parseEnding(value)).toBeNull();
	});

	test('never throws', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				expect(parseEnding(value)).toBeNull();
			})
		);
	});
});
