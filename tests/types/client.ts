/** Checked by the compiler: what the client functions and the button accept and give back. */
import type { ComponentProps } from 'svelte';
import { getSession, signOut, type ClientSignOutOptions } from '../../src/client/index.js';
import type { SignOutButton, SignOutButtonProps } from '../../src/components/index.js';

export const accepted: ClientSignOutOptions[] = [
	{},
	{ redirect: false, callbackUrl: '/bye' },
	{ scope: 'others' },
	{ scope: undefined, callbackUrl: undefined, redirect: undefined },
	{ allSessions: true },
	{ sessionId: 'abc', redirect: false }
];

export const refused: ClientSignOutOptions[] = [
	// @ts-expect-error -- there is no such scope
	{ scope: 'everything' },
	// @ts-expect-error -- two ways to say what to end
	{ scope: 'all', allSessions: true },
	// @ts-expect-error -- two ways to say what to end
	{ scope: 'all', sessionId: 'abc' },
	// @ts-expect-error -- two ways to say what to end
	{ allSessions: true, sessionId: 'abc' },
	// @ts-expect-error -- undefined would end this browser's sessions instead
	{ sessionId: ['abc'][1] },
	// @ts-expect-error -- whose sessions they are is known from the session alone
	{ allSessions: true, userId: 'u1' }
];

export const buttons: SignOutButtonProps[] = [
	{ class: 'quiet', 'aria-label': 'Leave', onclick: () => {}, 'data-testid': 'out' },
	{ scope: 'others', onsignedout: ({ revoked }) => revoked, onerror: async ({ code }) => code },
	{ sessionId: 'abc', redirect: false },
	// @ts-expect-error -- two ways to say what to end
	{ sessionId: 'abc', scope: 'all' },
	// @ts-expect-error -- it is always the submit button of its form
	{ type: 'button' }
];

export const sameProps = (props: ComponentProps<typeof SignOutButton>): SignOutButtonProps => props;

export async function results(): Promise<Date | string | undefined> {
	const result = await signOut();
	if (result.ok) return result.code satisfies undefined;
	if (result.code === 'network') return result.error satisfies string;
	const session = await getSession();
	return session?.expiresAt satisfies Date | undefined;
}
