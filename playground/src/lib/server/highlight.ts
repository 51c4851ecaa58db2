/** Colours for short samples of TypeScript and Svelte. Not a parser: good enough to read by. */
export interface Token {
	kind: 'plain' | 'comment' | 'string' | 'keyword' | 'tag';
	text: string;
}

const pattern =
	/(?<comment>\/\/.*|\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->)|(?<string>'[^'\n]*'|"[^"\n]*"|`[^`]*`)|(?<tag><\/?[A-Za-z][\w.:-]*|(?<!=)\/?>(?=\s|<|$))|(?<keyword>\b(?:import|export|from(?= ')|const|let|async|await|return|if|else|try|catch|function|type|new|throw|true|false|null)\b|\{[#/:@]\w+)/g;

/** One list of tokens per line. */
export function highlight(code: string): Token[][] {
	const lines: Token[][] = [[]];
	for (const { kind, text } of tokens(code)) {
		text.split('\n').forEach((part, index) => {
			if (index > 0) lines.push([]);
			if (part !== '') lines.at(-1)?.push({ kind, text: part });
		});
	}
	return lines;
}

function* tokens(code: string): Generator<Token> {
	let end = 0;
	for (const match of code.matchAll(pattern)) {
		yield { kind: 'plain', text: code.slice(end, match.index) };
		yield { kind: kindOf(match.groups), text: match[0] };
		end = match.index + match[0].length;
	}
	yield { kind: 'plain', text: code.slice(end) };
}

function kindOf(groups: Record<string, string | undefined> | undefined): Token['kind'] {
	if (groups?.['comment'] !== undefined) return 'comment';
	if (groups?.['string'] !== undefined) return 'string';
	if (groups?.['tag'] !== undefined) return 'tag';
	return 'keyword';
}
