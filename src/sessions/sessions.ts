/** Keeps users in: opens, reads, lists and ends sessions. The one place that ends any. */
import type { Bus } from '../bus/bus.js';
import { GuardianError } from '../errors.js';
import type { Log } from '../log.js';
import {
	PartialEnd,
	type Database,
	type Ended,
	type EndWhere,
	type SessionRow,
	type SessionUser
} from '../stores/contract.js';
import { endingFrom, wheresOf, type Ending } from './ending.js';
import { createEngine, type Reading } from './engine.js';
import { aliveAt, type Lifetimes } from './lifetimes.js';
import { createPending } from './pending.js';
import { createTimeLimit, type TimeLimit } from './time-limit.js';
import { newToken, sessionIdOf } from './token.js';

/** What is known of a sign-in when its session is opened. */
export interface Opening {
	user: SessionUser;
	provider: string;
	/** Milliseconds since the Unix epoch. */
	authTime: number;
	userAgent: string | null;
	ip: string | null;
	/** The sessions presented by the same browser, which end in the same transaction. */
	replaces: readonly string[];
	/** What an OpenID provider said of this very sign-in. */
	idToken?: { issuer: string; subject: string; sid: string | null; issuedAt: number };
	/** Encrypts the provider's tokens for the session of this id. */
	sealTokens?(sessionId: string): string | null;
}

export interface Sessions {
	/** `null` when the user's sessions were all ended since the user was read. */
	open(opening: Opening): Promise<{ token: string; reading: Reading } | null>;
	/** The one live session among those presented; `null` if there is none or more than one. */
	read(ids: readonly string[], options: { activity: boolean }): Promise<Reading | null>;
	/** A session by its id, expired or not, without counting as use. */
	find(id: string): Promise<Reading | null>;
	list(userId: string): Promise<SessionRow[]>;
	/** Ends what matches and tells the bus, once the store has confirmed. */
	end(where: EndWhere): Promise<Ended[]>;
	/** Carries out an ending; defers it when that fails. */
	finish(ending: Ending): Promise<Ended[]>;
	/** Keeps an ending for when the store answers, and refuses its sessions from now on. */
	defer(ending: Ending): void;
	/** Whether this process has ended the session, or has tried to. */
	refuses(id: string): boolean;
	/** Called when an ending that had failed was carried out after all. */
	onLateEnd(listener: LateEndListener): void;
}

export type LateEndListener = (ending: Ending, ended: readonly Ended[]) => void;

/** Milliseconds to wait for the store. */
const READ_LIMIT = 2000;
const END_LIMIT = 3000;
const SWEEP_INTERVAL = 60 * 60 * 1000;
const SWEEP_ROWS = 1000;

export interface SessionsParts {
	database: Database;
	lifetimes: Lifetimes;
	bus: Bus;
	log: Log;
}

export function createSessions({ database, lifetimes, bus, log }: SessionsParts): Sessions {
	const store = database.sessions;
	const lateListeners = new Set<LateEndListener>();
	const pending = createPending(async (ending) => {
		const ended = await carryOut(ending);
		for (const listener of lateListeners) listener(ending, ended);
	}, log);
	bus.listen((ended) => ended.forEach(({ id }) => pending.refuse(id)));
	const engine = createEngine({
		store,
		lifetimes,
		async endExpired(id) {
			await end({ ids: [id] }).catch((cause: unknown) =>
				log('An expired session could not be removed', cause)
			);
		},
		touchFailed: (cause) => log('Activity could not be written', cause)
	});
	let nextSweep = 0;

	const toRead = answered(createTimeLimit(READ_LIMIT));
	const toEnd = answered(createTimeLimit(END_LIMIT));

	function answered(ask: TimeLimit): TimeLimit {
		return async (call) => {
			const answer = await ask(call);
			pending.storeAnswered();
			return answer;
		};
	}

	async function end(where: EndWhere): Promise<Ended[]> {
		try {
			return await toEnd(async () => {
				const ended = await store.end(where, aliveAt(lifetimes, Date.now()));
				// Told from in here, so that it is also when nobody waits for the answer any more.
				bus.tell(ended);
				return ended;
			});
		} catch (cause) {
			bus.tell(endedDespite(cause));
			throw cause;
		}
	}

	async function find(id: string): Promise<Reading | null> {
		return toRead(() => store.read(id));
	}

	/** The one live session among these; `null` if there is none or more than one. */
	async function validate(
		ids: readonly string[],
		options: { activity: boolean }
	): Promise<Reading | null> {
		const [id, ...others] = ids;
		if (id === undefined) return null;
		if (others.length === 0) return toRead(() => engine.validate(id, options));
		const found = await toRead(() => Promise.all(ids.map((one) => engine.validate(one, options))));
		const [live, ...more] = found.filter((reading) => reading !== null);
		return live !== undefined && more.length === 0 ? live : null;
	}

	async function carryOut(ending: Ending): Promise<Ended[]> {
		const ended: Ended[] = [];
		for (const where of wheresOf(await withUser(ending))) {
			try {
				ended.push(...(await end(where)));
			} catch (cause) {
				throw partial([...ended, ...endedDespite(cause)], cause);
			}
		}
		return ended;
	}

	/** Finds out whose ending it is, where the store could not be asked before. */
	async function withUser(ending: Ending): Promise<Ending> {
		const { presented, target, userId } = ending;
		if (userId !== null || target === 'session' || target === 'browser') return ending;
		return endingFrom(await validate(presented, { activity: false }), ending);
	}

	async function sweep(now: number): Promise<void> {
		if (now < nextSweep) return;
		nextSweep = now + SWEEP_INTERVAL;
		try {
			const removed = await Promise.all([
				store.deleteExpired(aliveAt(lifetimes, now), SWEEP_ROWS),
				database.marks.deleteExpired(SWEEP_ROWS)
			]);
			// As many as it may: there are probably more, and the next sign-in goes on.
			if (removed.includes(SWEEP_ROWS)) nextSweep = now;
		} catch (cause) {
			log('Expired rows could not be removed', cause);
		}
	}

	return {
		async open({ user, provider, authTime, userAgent, ip, replaces, idToken, sealTokens }) {
			const now = Date.now();
			const token = newToken();
			const id = sessionIdOf(token);
			const session: SessionRow = {
				id,
				userId: user.id,
				epoch: user.epoch,
				createdAt: now,
				lastActiveAt: now,
				provider,
				authTime,
				userAgent,
				ip,
				browserKey: null,
				issuer: idToken?.issuer ?? null,
				subject: idToken?.subject ?? null,
				sid: idToken?.sid ?? null,
				tokenIssuedAt: idToken?.issuedAt ?? null,
				sealedTokens: sealTokens?.(id) ?? null
			};
			const replaced = await toEnd(() => engine.create(session, replaces));
			if (replaced === null) return null;
			bus.tell(replaced);
			void sweep(now);
			return { token, reading: { session, user } };
		},
		async read(ids, options) {
			const open = ids.filter((id) => !pending.refuses(id));
			return validate(open, options);
		},
		find,
		list: (userId) => toRead(() => store.list(userId, aliveAt(lifetimes, Date.now()))),
		end,
		async finish(ending) {
			try {
				const ended = await carryOut(ending);
				pending.done(ending);
				return ended;
			} catch (cause) {
				pending.add(ending);
				throw cause;
			}
		},
		defer: pending.add,
		refuses: pending.refuses,
		onLateEnd: (listener) => void lateListeners.add(listener)
	};
}

/** The sessions that an end which failed did end all the same, where the store can tell. */
export function endedDespite(error: unknown): readonly Ended[] {
	const cause = error instanceof GuardianError ? error.cause : error;
	return cause instanceof PartialEnd ? cause.ended : [];
}

function partial(ended: readonly Ended[], cause: unknown): unknown {
	if (ended.length === 0) return cause;
	return new GuardianError('partially_revoked', undefined, { cause: new PartialEnd(ended, cause) });
}
