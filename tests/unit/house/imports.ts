/** Reads what a source file imports, with the compiler's own eyes. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

export interface Import {
	/** The importing file, such as `sign-out/sign-out.ts`. */
	file: string;
	line: number;
	/** A file of ours as a path below src, or the name of a package. */
	target: string;
	ours: boolean;
	/** Whether nothing of it is left when the types are gone. */
	typeOnly: boolean;
}

/** Every source file below a folder, by its path from there. */
export function readSources(folder: string): Map<string, string> {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((file) => file.replaceAll('\\', '/'))
		.filter((file) => /\.(ts|js|svelte)$/.test(file));
	return new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

export function importsOf(file: string, text: string): Import[] {
	const source = file.endsWith('.svelte') ? onlyScripts(text) : text;
	const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
	const found: Import[] = [];

	const visit = (node: ts.Node): void => {
		const named = nameAndKind(node);
		if (named) {
			const ours = named.specifier.startsWith('.');
			found.push({
				file,
				line: tree.getLineAndCharacterOfPosition(node.getStart()).line + 1,
				target: ours ? posix.join(posix.dirname(file), named.specifier) : named.specifier,
				ours,
				typeOnly: named.typeOnly
			});
		}
		ts.forEachChild(node, visit);
	};
	visit(tree);
	return found;
}

function nameAndKind(node: ts.Node): { specifier: string; typeOnly: boolean } | null {
	if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
		const phase = node.importClause?.phaseModifier;
		const typeOnly = phase === ts.SyntaxKind.TypeKeyword || onlyNamesTypes(node.importClause);
		return { specifier: node.moduleSpecifier.text, typeOnly };
	}
	if (
		ts.isExportDeclaration(node) &&
		node.moduleSpecifier &&
		ts.isStringLiteral(node.moduleSpecifier)
	) {
		return { specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly };
	}
	if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
		const { literal } = node.argument;
		return ts.isStringLiteral(literal) ? { specifier: literal.text, typeOnly: true } : null;
	}
	if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
		const [argument] = node.arguments;
		return argument && ts.isStringLiteralLike(argument)
			? { specifier: argument.text, typeOnly: false }
			: null;
	}
	return null;
}

function onlyNamesTypes(clause: ts.ImportClause | undefined): boolean {
	const bindings = clause?.namedBindings;
	return (
		bindings !== undefined &&
		!clause?.name &&
		ts.isNamedImports(bindings) &&
		bindings.elements.length > 0 &&
		bindings.elements.every((element) => element.isTypeOnly)
	);
}

/** Blanks all but the scripts of a component, so that lines keep their numbers. */
function onlyScripts(component: string): string {
	const blank = (text: string) => text.replaceAll(/[^\n]/g, ' ');
	const script = /(<script\b[^>]*>)([\s\S]*?)(<\/script>)/g;
	let result = '';
	let end = 0;
	for (const match of component.matchAll(script)) {
		const [whole, open = '', code = '', close = ''] = match;
		result += blank(component.slice(end, match.index)) + blank(open) + code + blank(close);
		end = match.index + whole.length;
	}
	return result + blank(component.slice(end));
}
