/** Stands in for `$app/server` outside of an app: a test runs code inside of a request. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestEvent } from '@sveltejs/kit';

const requests = new AsyncLocalStorage<RequestEvent>();

export function getRequestEvent(): RequestEvent {
	const event = requests.getStore();
	if (!event) throw new Error('There is no request here.');
	return event;
}

/** Runs `work` as SvelteKit would while it handles that request. */
export function duringRequest<Result>(event: RequestEvent, work: () => Result): Result {
	return requests.run(event, work);
}
