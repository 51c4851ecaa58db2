// An app with every option and every way of signing out that the playground does not show.
// BASE_PATH=/base BUILD_DIR=build-base builds a second copy behind a base path.
import { basename, resolve } from 'node:path';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

const build = basename(process.env.BUILD_DIR || 'build');
const base = process.env.BASE_PATH?.replace(/^\//, '');
const root = import.meta.dirname;

export default defineConfig({
	root,
	logLevel: 'warn',
	plugins: [
		sveltekit({
			adapter: adapter({ out: resolve(root, build), precompress: false }),
			outDir: `.svelte-kit-${build}`,
			paths: { base: base ? `/${base}` : '' },
			experimental: { remoteFunctions: true }
		})
	],
	server: { fs: { allow: ['../../dist'] } }
});
