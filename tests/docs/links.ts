/** Where the links of a document lead, and what can be linked to. */

/** Targets of links without a scheme, such as `docs/http.md#routes`. */
export const relativeLinksOf = (markdown: string): string[] =>
	[...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, target = '']) => target)
		.filter((target) => !/^[a-z][a-z\d+.-]*:/i.test(target));

/** The anchors of a document's headings, as GitHub makes them. */
export const anchorsOf = (markdown: string): string[] =>
	[...withoutCode(markdown).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replaceAll(' ', '-')
	);

const withoutCode = (markdown: string): string => markdown.replace(/^```[\s\S]*?^```$/gm, '');
