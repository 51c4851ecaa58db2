import { refreshAll } from '$app/navigation';

/** Runs the page's `load` functions again. */
export const refresh = (): Promise<void> =>
	// What was asked for has happened; a `load` that fails is for the page to show.
	refreshAll().catch(() => {});
