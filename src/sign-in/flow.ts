/** What is remembered of a sign-in while the browser is at the provider: sealed, once, not for long. */
import { randomUUID } from 'node:crypto';
import { GuardianError } from '../errors.js';
import type { Sealer } from '../seal.js';
import type { MarkStore } from '../stores/contract.js';

export interface Flow {
	/** Where to go afterwards; checked when the flow began. */
	readonly callbackUrl: string | null;
	/** The session that wants to link the account, and no other. */
	readonly link: string | null;
}

export interface Flows {
	seal(provider: string, flow: Flow): string;
	/** The flow again, without using it up; `null` when it is not of this provider, or over. */
	peek(provider: string, sealed: string | undefined): Flow | null;
	/** @throws GuardianError `callback_invalid` when it is missing, over, or was used before. */
	use(provider: string, sealed: string | undefined): Promise<Flow>;
}

/** Seconds a user may take at the provider. */
export const FLOW_LIFETIME = 15 * 60;
const PURPOSE = 'sign-in flow';

interface SealedFlow extends Flow {
	readonly id: string;
	readonly startedAt: number;
}

export function createFlows(parts: { sealer(): Sealer; marks: MarkStore }): Flows {
	function open(provider: string, sealed: string | undefined): SealedFlow | null {
		const text = sealed && parts.sealer().open(PURPOSE, [provider], sealed);
		if (!text) return null;
		// boundary: sealed by `seal` below, so it is what was put in.
		const flow = JSON.parse(text) as SealedFlow;
		return Date.now() - flow.startedAt < FLOW_LIFETIME * 1000 ? flow : null;
	}

	return {
		seal(provider, { callbackUrl, link }) {
			const flow: SealedFlow = { id: randomUUID(), startedAt: Date.now(), callbackUrl, link };
			return parts.sealer().seal(PURPOSE, [provider], JSON.stringify(flow));
		},
		peek: open,
		async use(provider, sealed) {
			const flow = open(provider, sealed);
			if (flow === null) throw new GuardianError('callback_invalid');
			const uses = await parts.marks.bump(`flow:${flow.id}`, FLOW_LIFETIME);
			if (uses > 1) throw new GuardianError('callback_invalid');
			return flow;
		}
	};
}
