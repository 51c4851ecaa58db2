/** The browser behind a request: what it presents, who is signed in in it, and the cookies it gets. */
import type { Settings } from '../config.js';
import type { Log } from '../log.js';
import type { Sealer } from '../seal.js';
import { endsPresented, parseEnding, type Ending } from '../sessions/ending.js';
import type { Reading } from '../sessions/engine.js';
import type { Sessions } from '../sessions/sessions.js';
import { isToken, sessionIdOf } from '../sessions/token.js';
import type { Opened, Visitor } from '../sign-in/sign-in.js';
import type { LeavingBrowser, Settled, SignOut } from '../sign-out/sign-out.js';
import { attributes, plainNames, type CookieNames } from './cookies.js';

export interface Browser extends LeavingBrowser {
	readonly visitor: Visitor;
	/** The active session, asked for once in a request. With `activity` that counts as its use. */
	read(options?: { activity: boolean }): Promise<Reading | null>;
	/** Throws where a session cookie would not be safe. */
	checkCookies(): void;
	/** Gives the browser its session cookie. */
	keep(opened: Opened): void;
	/** The short-lived cookies of a sign-in at a provider. */
	readonly checks: CheckCookies;
	/** What has happened in this request, for the headers of its response. */
	readonly seen: { read: boolean; left: boolean; storeFailed: boolean };
}

export interface CheckCookies {
	readonly names: CookieNames;
	value(name: string): string | undefined;
	/** `maxAge` in seconds; 0 removes the cookie. */
	write(name: string, value: string, maxAge: number): void;
}

/** What a browser is made from: a request, or bare cookies. */
export interface BrowserSource {
	/** Whether there are any cookies at all; without, nothing else is looked at. */
	readonly hasCookies: boolean;
	/** Throws where cookies cannot be safe. */
	readonly names: CookieNames;
	/** Every value presented under a name. */
	values(name: string): readonly string[];
	write(name: string, value: string, options: ReturnType<typeof attributes>): void;
	readonly ip: string | null;
	readonly userAgent: string | null;
}

export interface BrowserParts {
	settings: Settings;
	sessions: Sessions;
	signOut: SignOut;
	sealer(): Sealer;
	log: Log;
}

/** A browser that sends more is not ours; each costs a query. */
const MOST_TOKENS = 4;
const MOST_ENDINGS = 4;
const PURPOSE = 'ending';

export function createBrowser(source: BrowserSource, parts: BrowserParts): Browser {
	const { settings, sessions, signOut, sealer, log } = parts;
	const lifetime = settings.maxAge / 1000;
	const seen = { read: false, left: false, storeFailed: false };
	let presented = presentedBy(source);
	let reading: Promise<Reading | null> | undefined;
	let settling: Promise<Settled> | undefined;
	/** Endings that are not confirmed yet. */
	let held: readonly Ending[] = [];

	const write = (name: string, value: string, maxAge: number) =>
		source.write(name, value, attributes(source.names.secure, maxAge));

	function remove(name: string): void {
		try {
			write(name, '', 0);
		} catch (cause) {
			// The session has ended all the same: what the cookie holds opens nothing any more.
			log('A cookie could not be removed: the response was on its way', cause);
		}
	}

	function removeForeign(): void {
		const others = source.names.secure ? [plainNames.session] : [];
		for (const name of [...others, ...settings.legacyCookies]) {
			if (source.hasCookies && source.values(name).length > 0) remove(name);
		}
	}

	function clear(): void {
		presented = [];
		reading = Promise.resolve(null);
		seen.left = true;
		remove(source.names.session);
		removeForeign();
	}

	async function settle(): Promise<Settled> {
		const values = source.hasCookies ? source.values(source.names.ending) : [];
		if (values.length === 0) return { held: 0, revoked: 0, unconfirmed: [] };
		const endings = values.flatMap((value) => openEndings(value, sealer()));
		const settled = await signOut.settle(endings);
		held = settled.unconfirmed;
		if (settled.unconfirmed.length === 0) remove(source.names.ending);
		return settled;
	}

	return {
		get presented() {
			return presented;
		},
		get visitor() {
			return { presented, ip: source.ip, userAgent: source.userAgent };
		},
		seen,
		async read(options = { activity: false }) {
			seen.read = true;
			try {
				reading ??= sessions.read(presented, options);
				const found = await reading;
				// This very request may have ended it since, by its id or as one of the user's.
				return found !== null && sessions.refuses(found.session.id) ? null : found;
			} catch (cause) {
				seen.storeFailed = true;
				throw cause;
			}
		},
		settle: () => (settling ??= settle()),
		checkCookies: () => source.names,
		keep({ token, reading: opened }) {
			write(source.names.session, token, lifetime);
			presented = [opened.session.id];
			reading = Promise.resolve(opened);
			seen.read = true;
			removeForeign();
		},
		clear,
		checks: {
			get names() {
				return source.names;
			},
			value: (name) => (source.hasCookies ? source.values(name)[0] : undefined),
			write
		},
		hold(ending) {
			const { names } = source;
			const others = held.filter((other) => JSON.stringify(other) !== JSON.stringify(ending));
			held = [...others, ending].slice(-MOST_ENDINGS);
			write(names.ending, sealer().seal(PURPOSE, [], JSON.stringify(held)), lifetime);
			if (endsPresented(ending)) clear();
		}
	};
}

function presentedBy(source: BrowserSource): readonly string[] {
	if (!source.hasCookies) return [];
	const tokens = new Set(source.values(source.names.session).filter(isToken));
	return [...tokens].slice(0, MOST_TOKENS).map(sessionIdOf);
}

function openEndings(value: string, sealer: Sealer): Ending[] {
	const text = sealer.open(PURPOSE, [], value);
	if (text === null) return [];
	const list: unknown = JSON.parse(text);
	return Array.isArray(list) ? list.map(parseEnding).filter((ending) => ending !== null) : [];
}
