import type { GuardianEvents } from 'svelte-guardian';

interface Heard {
	name: keyof GuardianEvents;
	[detail: string]: unknown;
}

/** What the listeners have heard, for the tests to read. */
export const heard: Heard[] = [];

/** What the listeners do after they have heard: nothing special, never answer, or throw. */
export const manner: { current: 'plain' | 'hanging' | 'throwing' } = { current: 'plain' };

function hear(name: keyof GuardianEvents, event: object): unknown {
	heard.push({ name, ...event });
	if (manner.current === 'throwing') throw new Error('a listener failed');
	return manner.current === 'hanging' ? new Promise(() => {}) : undefined;
}

export const events: GuardianEvents = {
	afterSignIn: (event) => hear('afterSignIn', event),
	afterSignUp: (event) => hear('afterSignUp', event),
	afterSignOut: (event) => hear('afterSignOut', event)
};
