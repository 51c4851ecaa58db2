/** What a person would call the device behind a User-Agent header. */
export interface Device {
	name: string;
	handheld: boolean;
}

/** The first that matches wins: most browsers also claim to be the ones below them. */
const browsers: [RegExp, string][] = [
	[/Edg(?:A|iOS)?\//, 'Edge'],
	[/OPR\//, 'Opera'],
	[/SamsungBrowser\//, 'Samsung Internet'],
	[/(?:Firefox|FxiOS)\//, 'Firefox'],
	[/(?:Chrom(?:e|ium)|HeadlessChrome|CriOS)\//, 'Chrome'],
	[/Version\/.*Safari\//, 'Safari']
];

const systems: [RegExp, string][] = [
	[/iPhone/, 'iPhone'],
	[/iPad/, 'iPad'],
	[/Android/, 'Android'],
	[/Windows/, 'Windows'],
	[/Mac OS X/, 'macOS'],
	[/CrOS/, 'ChromeOS'],
	[/Linux/, 'Linux']
];

export function describeDevice(userAgent: string | null): Device {
	const text = userAgent ?? '';
	const browser = find(browsers, text);
	const system = find(systems, text);
	const handheld = /Mobile|iPad|Android/.test(text);
	if (browser && system) return { name: `${browser} on ${system}`, handheld };
	return { name: browser ?? system ?? program(text), handheld };
}

const find = (list: [RegExp, string][], text: string) =>
	list.find(([pattern]) => pattern.test(text))?.[1];

/** Tools name themselves first, as in `curl/8.5.0`. */
const program = (text: string) => /^[\w.-]{1,40}/.exec(text)?.[0] ?? 'Unknown device';
