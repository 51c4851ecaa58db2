import { basename, resolve } from 'node:path';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

// A second copy can be built beside the first, for instance behind a base path:
// BASE_PATH=/app BUILD_DIR=build-base vite build -c playground/vite.config.ts
const base = basePath(process.env.BASE_PATH);
const build = basename(process.env.BUILD_DIR || 'build');
const root = import.meta.dirname;

export default defineConfig({
	root,
	plugins: [
		sveltekit({
			adapter: adapter({ out: resolve(root, build), precompress: false }),
			outDir: build === 'build' ? '.svelte-kit' : `.svelte-kit-${build}`,
			paths: { base }
		})
	],
	// An app of its own has this as `"imports": { "#lib/*": "./src/lib/*" }` in its package.json.
	resolve: { alias: { '#lib': resolve(root, 'src/lib') } },
	// The package is imported by its name and lives outside of this folder.
	server: { fs: { allow: ['../dist'] } }
});

function basePath(value: string | undefined): '' | `/${string}` {
	if (!value) return '';
	return `/${value.replace(/^\/+|\/+$/g, '')}`;
}
