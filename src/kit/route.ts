import type { GuardianRequestEvent } from '../types.js';
import type { Browser } from './browser.js';

export type RouteHandler = (
	event: GuardianRequestEvent,
	browser: Browser
) => Response | Promise<Response>;

/** What one path answers to, by method. */
export interface Route {
	readonly GET?: RouteHandler;
	readonly POST?: RouteHandler;
}
