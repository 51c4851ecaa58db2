import { build } from 'vite';

/** What an app's own build makes of a module's code, without SvelteKit's part. */
export async function bundle(code: string): Promise<string> {
	const entry = 'virtual:app';
	const result = await build({
		configFile: false,
		logLevel: 'silent',
		plugins: [
			{
				name: 'app',
				resolveId: (id) => (id === entry ? entry : null),
				load: (id) => (id === entry ? code : null)
			}
		],
		build: {
			write: false,
			rolldownOptions: { input: entry, external: /^\$app\//, preserveEntrySignatures: 'strict' }
		}
	});
	if (!('output' in result)) throw new Error('One build was expected.');
	return result.output[0].code;
}
