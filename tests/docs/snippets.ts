/** The code that a document or a doc comment shows. */

export interface Snippet {
	/** Such as `ts`. */
	language: string;
	code: string;
	/** Where it stands: the file, and the line before its first. */
	file: string;
	line: number;
	/** The file of an app that it says it is, from a first line such as `// src/hooks.server.ts`. */
	path: string | null;
}

/** Every fenced block of a Markdown file, or of the comments of a source file. */
export function snippetsOf(file: string, text: string): Snippet[] {
	const snippets: Snippet[] = [];
	let open: { language: string; indent: string; line: number; lines: string[] } | null = null;
	for (const [index, line] of linesOf(file, text).entries()) {
		const [, indent = '', language] = /^(\s*)```(\S*)\s*$/.exec(line) ?? [];
		if (open === null) {
			if (language !== undefined) open = { language, indent, line: index + 1, lines: [] };
		} else if (language === '') {
			const code = open.lines.join('\n') + '\n';
			snippets.push({ language: open.language, code, file, line: open.line, path: pathOf(code) });
			open = null;
		} else {
			open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
		}
	}
	if (open !== null) throw new Error(`${file}:${open.line} opens a block that nothing closes.`);
	return snippets;
}

/** The lines of a file; those of TypeScript without the asterisk of a doc comment. */
const linesOf = (file: string, text: string): string[] =>
	text.split('\n').map((line) => (file.endsWith('.ts') ? line.replace(/^\s*\* ?/, '') : line));

const pathOf = (code: string): string | null =>
	/^(?:\/\/|<!--) (src\/\S+)(?: -->)?$/.exec(code.split('\n')[0] ?? '')?.[1] ?? null;
