import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import { boundaryCasts } from './scripts/boundary-casts.js';
import svelteConfig from './svelte.config.js';

export default defineConfig(
	{
		ignores: [
			'dist',
			'**/.svelte-kit*',
			'{playground,tests/app,bench/app}/build*',
			'**/node_modules'
		]
	},
	{ linterOptions: { noInlineConfig: true } },
	js.configs.recommended,
	ts.configs.strictTypeChecked,
	svelte.configs.recommended,
	{
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: { projectService: true, extraFileExtensions: ['.svelte'], svelteConfig }
		},
		rules: {
			eqeqeq: 'error',
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			'@typescript-eslint/no-empty-object-type': ['error', { allowWithName: '^UserData$' }],
			// `[...text]` is how characters are counted.
			'@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', ignoreRestSiblings: true }
			],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			// `App.Locals` is a namespace of SvelteKit's.
			'@typescript-eslint/no-namespace': ['error', { allowDeclarations: true }],
			// Refusing control characters means naming them.
			'no-control-regex': 'off',
			// Stores and providers promise promises, whether or not they have something to wait for.
			'@typescript-eslint/require-await': 'off',
			// Parts here are plain objects whose functions do not use `this`.
			'@typescript-eslint/unbound-method': 'off'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser } }
	},
	{
		files: ['src/**'],
		plugins: { guardian: { rules: { 'boundary-casts': boundaryCasts } } },
		rules: { 'guardian/boundary-casts': 'error' }
	},
	{
		// Tests read bodies of unknown shape, and texts they know.
		files: ['tests/**'],
		rules: {
			'@typescript-eslint/no-misused-spread': 'off',
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off'
		}
	},
	{ files: ['**/*.js'], extends: [ts.configs.disableTypeChecked] }
);
