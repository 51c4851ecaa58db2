/** Calls the app's listeners: they observe, they get one second, and they stop nothing. */
import type { Log } from './log.js';

const PATIENCE = 1000;

export async function tell(name: string, call: () => unknown, log: Log): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const called = Promise.resolve()
		.then(call)
		.catch((cause: unknown) => log(`events.${name} failed`, cause));
	const patience = new Promise<void>((resolve) => {
		timer = setTimeout(() => {
			log(`events.${name} takes longer than a second and is not waited for`);
			resolve();
		}, PATIENCE);
	});
	await Promise.race([called, patience]);
	clearTimeout(timer);
}
