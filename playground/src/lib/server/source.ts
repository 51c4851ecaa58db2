/** Shows this app's own files as code, so that what a visitor reads is what runs. */
import { highlight, type Token } from './highlight';

export interface Source {
	file: string;
	lines: Token[][];
}

/** A whole file, or the part between `#region <name>` and the next `#endregion`. */
export function source(file: string, text: string, region?: string): Source {
	const code = region === undefined ? text : cut(file, text, region);
	return { file, lines: highlight(code.trim().replaceAll('\t', '  ')) };
}

function cut(file: string, text: string, region: string): string {
	const lines = text.split('\n');
	const start = lines.findIndex((line) => line.trim() === `// #region ${region}`);
	const end = lines.findIndex((line, at) => at > start && line.trim() === '// #endregion');
	if (start < 0 || end < 0) throw new Error(`${file} has no region called ${region}.`);
	return lines.slice(start + 1, end).join('\n');
}
