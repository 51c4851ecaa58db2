import { resolve } from '$app/paths';
import type { NoAnswer } from './results.js';

/** The URL of a path behind the app's base. */
// boundary: `resolve` is typed by the app's own routes, and ours are served by its hook.
export const urlOf = resolve as (path: string) => string;

/**
 * Posts `body` as JSON and resolves to our server's answer. When none comes, or something else
 * answers, such as a proxy, it resolves to a stand-in with `extra` added.
 */
export async function post<Answer extends { ok: boolean }, Extra extends object>(
	route: string,
	body: object,
	extra: Extra
): Promise<Answer | (NoAnswer & Extra)> {
	let answered: string | number = 'nothing';
	try {
		const response = await fetch(urlOf(`/auth/${route}`), {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
			// Closing the tab right after the click does not take it back.
			keepalive: true,
			// A redirect is never ours, and following one could carry a password elsewhere.
			redirect: 'error'
		});
		answered = response.status;
		// boundary: of all that can answer, only our routes send an object with `ok`.
		const answer = (await response.json()) as Answer;
		if ('ok' in answer) return answer;
	} catch {
		// Reported below, with the status when it came that far.
	}
	return {
		ok: false,
		url: location.href,
		error: `The server answered ${answered}; this may not have worked.`,
		code: navigator.onLine ? 'network' : 'offline',
		...extra
	};
}
