import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSealer } from '../../../src/seal.js';
import { createFlows, FLOW_LIFETIME } from '../../../src/sign-in/flow.js';
import { memory } from '../../../src/stores/memory.js';

const sealer = createSealer(['a secret that is long enough for a test']);
const flows = createFlows({ sealer: () => sealer, marks: memory().marks });
const flow = { callbackUrl: '/account', link: null };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a flow comes back once', async () => {
	const sealed = flows.seal('openid', flow);

	expect(await flows.use('openid', sealed)).toMatchObject(flow);
	await expect(flows.use('openid', sealed)).rejects.toMatchObject({ code: 'callback_invalid' });
});

test('a flow that began at one provider does not end at another', async () => {
	const sealed = flows.seal('openid', flow);

	expect(flows.peek('github', sealed)).toBeNull();
	await expect(flows.use('github', sealed)).rejects.toMatchObject({ code: 'callback_invalid' });
});

test('a flow is over after a while', async () => {
	const sealed = flows.seal('openid', flow);
	vi.advanceTimersByTime(FLOW_LIFETIME * 1000 - 1);
	expect(flows.peek('openid', sealed)).toMatchObject(flow);
	vi.advanceTimersByTime(1);

	await expect(flows.use('openid', sealed)).rejects.toMatchObject({ code: 'callback_invalid' });
});

test.each([undefined, '', 'x', 'x.y'])('%j is no flow', async (sealed) => {
	expect(flows.peek('openid', sealed)).toBeNull();
	await expect(flows.use('openid', sealed)).rejects.toMatchObject({ code: 'callback_invalid' });
});
