/** What every way in has in common: the cross-site check, the cookie, the events, the way back. */
import { redirect } from '@sveltejs/kit';
import type { Settings } from '../config.js';
import { GuardianError, statusOf, type ErrorCode } from '../errors.js';
import { tell } from '../events.js';
import type { Log } from '../log.js';
import type { Lifetimes } from '../sessions/lifetimes.js';
import { toSession } from '../sessions/session.js';
import type { Opened } from '../sign-in/sign-in.js';
import type { GuardianRequestEvent, SignInErrorCode, SignInResult } from '../types.js';
import { toUser } from '../users/user.js';
import type { Browser } from './browser.js';
import { mayAct } from './cross-site.js';
import { describe } from './respond.js';
import type { Site } from './site.js';

/** One try to get in. */
export interface Attempt {
	/** The address of the request. */
	readonly url: URL;
	/** Where to go next, checked; set as soon as it is known, so that a failure passes it on. */
	target: string | null;
}

export interface Entrance {
	/** Runs a try; whatever fails becomes a result. Refuses what another site has posted. */
	attempt(
		event: GuardianRequestEvent,
		browser: Browser,
		act: (attempt: Attempt) => Promise<SignInResult>,
		options?: {
			/** Where a failure leads back to. Default: the sign-in page, with `?error=<code>`. */
			back?(code: ErrorCode, attempt: Attempt): string;
			/** A provider calls back from its own site; what speaks for it is its one-time state. */
			calledBack?: boolean;
		}
	): Promise<SignInResult>;
	/** Gives the browser its session, and tells the app. */
	admit(
		browser: Browser,
		entered: { opened: Opened; isNew: boolean },
		attempt: Attempt
	): Promise<SignInResult>;
}

export interface EntranceParts {
	settings: Settings;
	lifetimes: Lifetimes;
	site: Site;
	log: Log;
	/** Throws when the app cannot keep anybody signed in, for want of a secret. */
	checkSecret(): void;
}

export function createEntrance({
	settings,
	lifetimes,
	site,
	log,
	checkSecret
}: EntranceParts): Entrance {
	const toSignIn = (code: ErrorCode, { target }: Attempt): string =>
		withError(site.page('signIn'), code, target);

	return {
		async attempt(event, browser, act, { back = toSignIn, calledBack = false } = {}) {
			const attempt: Attempt = { url: new URL(event.request.url), target: null };
			// Before anybody is let in or added, since without a cookie it would be for nothing.
			checkSecret();
			browser.checkCookies();
			try {
				if (!calledBack && !mayAct(event.request)) throw new GuardianError('cross_site');
				return await act(attempt);
			} catch (cause) {
				const failed = describe(cause);
				if (isWorthLogging(cause)) log(`A sign-in failed: ${failed.code}`, cause);
				const url = back(failed.code, attempt);
				// boundary: the rooms below reject with these codes alone.
				return { ok: false, url, ...failed, code: failed.code as SignInErrorCode };
			}
		},
		async admit(browser, { opened, isNew }, { target }) {
			browser.keep(opened);
			const user = toUser(opened.reading.user);
			const session = toSession(lifetimes, opened.reading.session, user);
			const { afterSignUp, afterSignIn } = settings.events;
			if (isNew && afterSignUp)
				await tell('afterSignUp', () => afterSignUp({ user, session }), log);
			if (afterSignIn) await tell('afterSignIn', () => afterSignIn({ user, session }), log);
			return { ok: true, url: target ?? `${site.base()}/`, session };
		}
	};
}

/** Leaves by SvelteKit's redirect (303) for where a result points to. */
export function leaveSignedIn(result: SignInResult, { redirectOrigins }: Settings): never {
	// Without a session yet, the user goes on at the provider.
	const away = result.ok && result.session === null && URL.canParse(result.url);
	const provider = away ? [new URL(result.url).origin] : [];
	redirect(303, result.url, { external: [...redirectOrigins, ...provider] });
}

/** A page, with what went wrong and where it was to lead. */
export function withError(page: string, code: ErrorCode, callbackUrl: string | null): string {
	const query = new URLSearchParams({ error: code, ...(callbackUrl !== null && { callbackUrl }) });
	return `${page}${page.includes('?') ? '&' : '?'}${query.toString()}`;
}

const isWorthLogging = (cause: unknown): boolean =>
	cause instanceof GuardianError && (statusOf(cause.code) >= 500 || cause.cause !== undefined);
