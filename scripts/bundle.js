// Puts what the server imports from dist into one module per entry, and what entries share into one
// more: Node spends longer on finding eighty files than on running them. The types, and what goes to
// the browser, stay file by file, as svelte-package made them.
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'vite';

const dist = join(dirname(import.meta.dirname), 'dist');
const entries = ['index', 'stores/sqlite', 'stores/memory', 'testing/index'];

const result = await build({
	configFile: false,
	logLevel: 'warn',
	build: {
		ssr: true,
		write: false,
		minify: false,
		target: 'es2023',
		rolldownOptions: {
			input: Object.fromEntries(entries.map((name) => [name, join(dist, `${name}.js`)])),
			external: (id) => !id.startsWith('.') && !id.startsWith(dist),
			output: { entryFileNames: '[name].js', chunkFileNames: 'shared/[name].js' }
		}
	}
});
if (!('output' in result)) throw new Error('One build was expected.');

for (const file of globSync('**/*.js', { cwd: dist })) {
	if (!/^(?:client|components|cli)\b/.test(file)) rmSync(join(dist, file));
}
for (const chunk of result.output) {
	if (chunk.type !== 'chunk') throw new Error(`${chunk.fileName} is no module.`);
	const file = join(dist, chunk.fileName);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, chunk.code);
}
