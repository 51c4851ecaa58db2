/** Checked by the compiler: what the server's functions take and give back. */
import {
	guardianAuth,
	password,
	type Session,
	type SignOutResult,
	type User
} from 'svelte-guardian';
import { memory } from 'svelte-guardian/memory';

declare module 'svelte-guardian' {
	interface UserData {
		plan?: 'free' | 'pro';
		role?: string;
	}
}

const { signOut, signIn } = guardianAuth({
	database: memory(),
	providers: [password()],
	mayEndSessionsOf: ({ session }) => session?.user.data.role === 'admin'
});

/** `App.Locals` is typed by the import alone. */
export const readSession = async (locals: App.Locals): Promise<Session | null> => locals.auth();

// @ts-expect-error -- nobody may be signed in
export const takeSession = async (locals: App.Locals): Promise<Session> => locals.auth();

export const plan = (user: User): 'free' | 'pro' | undefined => user.data.plan;

// @ts-expect-error -- it is not part of the app's own data
export const colour = (user: User): unknown => user.data.colour;

/** With a redirect it never returns. */
export const leave: () => Promise<never> = () => signOut({ callbackUrl: '/' });

/** Without one there is a result. */
export const stay: () => Promise<SignOutResult> = () => signOut({ redirect: false });

// @ts-expect-error -- so it does return
export const stayForever: () => Promise<never> = () => signOut({ redirect: false });

// @ts-expect-error -- it may return
export const whoKnows = (redirect: boolean): Promise<never> => signOut({ redirect });

export async function results(): Promise<string | Session | null | undefined> {
	const result = await signOut({ redirect: false });
	if (!result.ok) return result.error satisfies string;
	result.error satisfies undefined;
	const entered = await signIn('password', { email: '', password: '', redirect: false });
	return entered.ok ? entered.session : entered.code;
}

/** One way to say what to end. */
export async function endings(): Promise<void> {
	await signOut({ redirect: false, scope: 'others' });
	await signOut({ redirect: false, allSessions: true });
	await signOut({ redirect: false, sessionId: 'x' });
	await signOut({ redirect: false, allSessions: true, userId: 'x' });
	// @ts-expect-error -- two at once
	await signOut({ redirect: false, scope: 'all', allSessions: true });
	// @ts-expect-error -- two at once
	await signOut({ redirect: false, scope: 'session', sessionId: 'x' });
	// @ts-expect-error -- a user's sessions end all or not at all
	await signOut({ redirect: false, userId: 'x' });
	// @ts-expect-error -- no such scope
	await signOut({ redirect: false, scope: 'everyone' });
	// @ts-expect-error -- callbackUrl is the only name for it
	await signOut({ redirect: false, redirectTo: '/' });
}
