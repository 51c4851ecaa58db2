/**
 * An ESLint rule: a type assertion hides from the compiler, so it may stand only where the
 * comment above it, or beside it, says why: `// boundary: …`. `as const` asserts nothing.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const boundaryCasts = {
	meta: {
		type: 'problem',
		schema: [],
		messages: {
			unmarked: 'Let the types prove it, or say in a comment `// boundary: <why>` why they cannot.'
		}
	},
	create(context) {
		/** @param {import('eslint').Rule.Node} node */
		const check = (node) => {
			if (context.sourceCode.getText(node).endsWith('as const') || isMarked(node)) return;
			context.report({ node, messageId: 'unmarked' });
		};

		/** @param {import('eslint').Rule.Node} node */
		const isMarked = ({ loc }) =>
			context.sourceCode.getAllComments().some((comment) => {
				if (!loc || !comment.loc || !comment.value.trim().startsWith('boundary:')) return false;
				const line = comment.loc.end.line;
				return line === loc.start.line - 1 || line === loc.end.line;
			});

		return { TSAsExpression: check, TSTypeAssertion: check };
	}
};
