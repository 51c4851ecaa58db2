/** Text that gets lost or mixed up where a store is careless about it. */

/** Has to come back as it was. */
export const awkwardTexts = [
	'Zoë Ångström · Δ ש 漢字',
	'👩‍👩‍👧 🏳️‍🌈',
	"Robert'); DROP TABLE guardian_sessions; --",
	'"quoted" `back` \\ % _ $1 :x @y ?',
	'line one\nline two\ttabbed\r\n',
	' spaces around ',
	'e\u0301 is not \u00e9',
	'0012',
	'null'
] as const;

/** For columns that nobody looks up: also as long as texts may get there. */
export const freeTexts = [...awkwardTexts, '', 'x\u00fc'.repeat(1_000)] as const;

/** All different, though careless comparisons call some of them equal. */
export const lookalikes = [
	'key',
	'KEY',
	'key ',
	' key',
	'k\u00e9y',
	'ke\u0301y',
	'ke%',
	'k_y'
] as const;
