// The smallest app that shows who is signed in, for bench/http.ts.
import { resolve } from 'node:path';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

export default defineConfig({
	root,
	logLevel: 'warn',
	plugins: [
		sveltekit({
			adapter: adapter({ out: resolve(root, 'build'), precompress: false }),
			paths: { origin: 'http://localhost' }
		})
	]
});
