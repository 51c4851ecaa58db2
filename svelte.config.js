// Read by svelte-package, svelte-check and the unit tests; the playground's own configuration is
// in playground/vite.config.ts.
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default { preprocess: vitePreprocess() };
