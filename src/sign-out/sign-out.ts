/** Gets users out: chooses what to end, ends it, tells who listens, and says what is true. */
import type { Log } from '../log.js';
import { endingFrom, endsPresented, type Ending } from '../sessions/ending.js';
import type { Reading } from '../sessions/engine.js';
import { endedDespite, type Sessions } from '../sessions/sessions.js';
import type { Ended } from '../stores/contract.js';
import type { SignOutResult } from '../types.js';
import { countLive, type Announce } from './announce.js';
import { failure, success } from './result.js';

/** The browser that signs out. */
export interface LeavingBrowser {
	/** Ids of the sessions it presents. */
	readonly presented: readonly string[];
	/** The one that is active. Rejects when the store cannot be asked. */
	read(): Promise<Reading | null>;
	/** Carries out what an earlier sign-out could not. */
	settle(): Promise<Settled>;
	/** Takes the session cookie away. */
	clear(): void;
	/** Keeps an unconfirmed end in the browser, instead of the session cookie if that is to end. */
	hold(ending: Ending): void;
}

/** What became of the endings that a browser still held. */
export interface Settled {
	readonly held: number;
	readonly revoked: number;
	/** Those that are still not confirmed. */
	readonly unconfirmed: readonly Ending[];
}

/** Where to go afterwards. */
export interface Destinations {
	/** The caller's wish, checked. */
	readonly callbackUrl: string | null;
	readonly signedOut: string;
	readonly signIn: string;
	/** Where the browser is, for a sign-out that leaves its own session alone. */
	readonly here: string;
}

export interface SignOutRequest {
	readonly target: Ending['target'];
	readonly browser: LeavingBrowser;
	readonly destinations: Destinations;
	/** Whether all sessions of another user may be ended. Anything but yes is no. */
	mayEndSessionsOf(userId: string, active: Reading | null): Promise<boolean>;
}

export interface SignOut {
	asBrowser(request: SignOutRequest): Promise<SignOutResult>;
	/** Ends one session, or all of a user, without asking who wants it. */
	asServer(target: { sessionId: string } | { userId: string }, url: string): Promise<SignOutResult>;
	/** Carries out endings that a browser has held since the store failed. */
	settle(endings: readonly Ending[]): Promise<Settled>;
}

export interface SignOutParts {
	sessions: Sessions;
	announce: Announce;
	log: Log;
}

/** Milliseconds after which no further ending is tried in one request. */
const SETTLE_LIMIT = 2000;

export function createSignOut({ sessions, announce, log }: SignOutParts): SignOut {
	const announceLate = (ending: Ending, ended: readonly Ended[]) =>
		announce({ from: null, target: ending.target, reason: 'user', ended });
	sessions.onLateEnd((ending, ended) => void announceLate(ending, ended));

	async function endOwn(request: SignOutRequest): Promise<SignOutResult> {
		const { target, browser, destinations } = request;
		const { presented } = browser;
		const asked: Ending = { presented, target, userId: null };
		let active: Reading | null;
		try {
			active = await browser.read();
		} catch (cause) {
			// Whether a foreign user's sessions may be ended has not been asked, so nothing is kept.
			if (isForeign(asked)) return failure('store_unavailable', { url: destinations.here });
			sessions.defer(asked);
			return unconfirmed(request, asked, null, cause);
		}
		const ending = endingFrom(active, asked);
		if (isForeign(ending) && !(await request.mayEndSessionsOf(ending.target.userId, active))) {
			return failure('forbidden', { url: destinations.here });
		}
		if (active !== null || !needsSession(target)) return carryOut(request, ending, active);
		const cleared = await carryOut(request, { presented, target: 'browser', userId: null }, null);
		if (!cleared.ok) return cleared;
		const { signedOut, revoked } = cleared;
		return failure('no_session', { signedOut, revoked, url: destinations.signIn });
	}

	async function carryOut(
		request: SignOutRequest,
		ending: Ending,
		active: Reading | null
	): Promise<SignOutResult> {
		let ended: readonly Ended[];
		try {
			ended = await sessions.finish(ending);
		} catch (cause) {
			return unconfirmed(request, ending, active, cause);
		}
		const leaving = endsPresented(ending);
		if (leaving) request.browser.clear();
		await announce({ from: active, target: ending.target, reason: 'user', ended });
		return success({
			signedOut: leaving || active === null,
			revoked: countLive(ended),
			url: nextUrl(request.destinations, ending)
		});
	}

	function unconfirmed(
		{ browser, destinations }: SignOutRequest,
		ending: Ending,
		active: Reading | null,
		cause: unknown
	): SignOutResult {
		log('A sign-out could not be confirmed', cause);
		browser.hold(ending);
		const ended = endedDespite(cause);
		return failure(ended.length > 0 ? 'partially_revoked' : 'store_unavailable', {
			signedOut: ended.some(({ id }) => id === active?.session.id),
			revoked: countLive(ended),
			url: nextUrl(destinations, ending),
			pending: true
		});
	}

	return {
		async asBrowser(request) {
			const settled = await request.browser.settle();
			return withSettled(settled, await endOwn(request), request.destinations);
		},
		async asServer(target, url) {
			const isSession = 'sessionId' in target;
			const ending: Ending = isSession
				? { presented: [target.sessionId], target: 'session', userId: null }
				: { presented: [], target, userId: target.userId };
			const from = isSession ? await sessions.find(target.sessionId).catch(() => null) : null;
			try {
				const ended = await sessions.finish(ending);
				await announce({ from, target: ending.target, reason: 'server', ended });
				return success({ signedOut: true, revoked: countLive(ended), url });
			} catch (cause) {
				log('Sessions could not be ended', cause);
				const ended = endedDespite(cause);
				const code = ended.length > 0 ? 'partially_revoked' : 'store_unavailable';
				return failure(code, { revoked: countLive(ended), url, pending: true });
			}
		},
		async settle(endings) {
			const deadline = Date.now() + SETTLE_LIMIT;
			let revoked = 0;
			const unconfirmed: Ending[] = [];
			for (const ending of endings) {
				// A store that is down can take seconds to say so, and somebody waits.
				if (Date.now() > deadline) {
					unconfirmed.push(ending);
					continue;
				}
				try {
					const ended = await sessions.finish(ending);
					revoked += countLive(ended);
					await announceLate(ending, ended);
				} catch (cause) {
					log('An end is still not confirmed and will be tried again', cause);
					unconfirmed.push(ending);
				}
			}
			return { held: endings.length, revoked, unconfirmed };
		}
	};
}

const isForeign = (ending: Ending): ending is Ending & { target: { userId: string } } =>
	typeof ending.target === 'object' && 'userId' in ending.target;

function needsSession(target: Ending['target']): boolean {
	if (typeof target === 'object') return 'sessionId' in target;
	return target === 'others' || target === 'all';
}

function nextUrl({ callbackUrl, signedOut, here }: Destinations, ending: Ending): string {
	return callbackUrl ?? (endsPresented(ending) ? signedOut : here);
}

/** Adds what was carried out, or again could not be, before this sign-out's own end. */
function withSettled(
	{ held, revoked, unconfirmed }: Settled,
	own: SignOutResult,
	destinations: Destinations
): SignOutResult {
	if (held === 0) return own;
	const total = own.revoked + revoked;
	const noSession = own.code === 'no_session';
	if (!own.ok && !noSession) return { ...own, revoked: total };
	const url = noSession ? (destinations.callbackUrl ?? destinations.signedOut) : own.url;
	if (unconfirmed.length === 0) return success({ signedOut: own.signedOut, revoked: total, url });
	return failure('store_unavailable', { revoked: total, url, pending: true });
}
