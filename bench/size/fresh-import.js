// Imports a package in this fresh process, after what every app has loaded; prints the milliseconds
// it took, or with `count` the number of modules it brought: node fresh-import.js <package> [count]
import { registerHooks } from 'node:module';

const [, , name = '', task] = process.argv;
for (const there of ['node:http', '@sveltejs/kit', '$app/paths', '$app/server']) {
	await import(there);
}

let modules = 0;
if (task === 'count') {
	registerHooks({
		load(url, context, next) {
			if (url.startsWith('file:')) modules += 1;
			return next(url, context);
		}
	});
}
const start = performance.now();
await import(name);
console.log(task === 'count' ? modules : performance.now() - start);
