/** Builds the parts of the house and hands out what an app uses. */
import { createBus } from './bus/bus.js';
import { readConfig, type GuardianConfig } from './config.js';
import { createIdentityProviders } from './identity-providers/metadata.js';
import type { IdentityProvider } from './identity-providers/provider.js';
import { createActions, type GuardianActions } from './kit/actions.js';
import { createAuth, type Auth, type ServerSessions } from './kit/auth.js';
import { createBrowsers } from './kit/browsers.js';
import { createEntrance } from './kit/entrance.js';
import { createRequireFresh, type RequireFresh } from './kit/fresh.js';
import { createHandle, type GuardianHandle } from './kit/handle.js';
import { createPostedProviderSignIn } from './kit/provider-sign-in.js';
import { createRoutes } from './kit/routes.js';
import { createServerSignIn, type ServerSignIn, type ServerSignUp } from './kit/sign-in.js';
import { createServerSignOut, type ServerSignOut } from './kit/sign-out.js';
import { createSite } from './kit/site.js';
import { createServerUsers, type ServerUsers } from './kit/users.js';
import { consoleLog as log } from './log.js';
import { createSealer, type Sealer } from './seal.js';
import { createLifetimes } from './sessions/lifetimes.js';
import { createSessions } from './sessions/sessions.js';
import { createAuthCore } from './sign-in/auth-core.js';
import { createFlows } from './sign-in/flow.js';
import { createProviderSignIn } from './sign-in/provider-sign-in.js';
import { createSignIn } from './sign-in/sign-in.js';
import { createAnnounce } from './sign-out/announce.js';
import { createSignOut } from './sign-out/sign-out.js';
import { createAttempts } from './users/attempts.js';
import { createIdentities } from './users/identities.js';
import { createPasswordHasher } from './users/password.js';
import { createUsers } from './users/users.js';

/** Everything an app uses on the server. */
export interface Guardian {
	/** SvelteKit's `handle` hook: `export { handle } from '$lib/server/auth'` in hooks.server.ts. */
	handle: GuardianHandle;
	auth: Auth;
	signIn: ServerSignIn;
	signUp: ServerSignUp;
	signOut: ServerSignOut;
	actions: GuardianActions;
	sessions: ServerSessions;
	users: ServerUsers;
	/** The providers that were configured, besides the password, to make buttons of. */
	providers: readonly ProviderInfo[];
	requireFresh: RequireFresh;
}

/** A provider, for a button that says "Sign in with …". */
export type ProviderInfo = Pick<IdentityProvider, 'id' | 'name' | 'type'>;

/**
 * Sets svelte-guardian up. Synchronous: the shape of the options is checked at once; the secret, the
 * schema and the connection at the first request that needs them, so that a build needs neither.
 *
 * @throws GuardianError `invalid_config`, whose message holds the line to write instead.
 *
 * @example
 * ```ts
 * // src/lib/server/auth.ts
 * import { guardianAuth, password } from 'svelte-guardian';
 * import { sqlite } from 'svelte-guardian/sqlite';
 *
 * export const { handle, auth, signIn, signOut, actions, sessions, users } = guardianAuth({
 * 	database: sqlite('guardian.db'),
 * 	providers: [password()]
 * });
 * ```
 */
export function guardianAuth(config: GuardianConfig): Guardian {
	const settings = readConfig(config);
	const { database, events, password: provider } = settings;
	const lifetimes = createLifetimes(settings.maxAge, settings.idleTimeout);
	let made: Sealer | undefined;
	const sealer = () => (made ??= createSealer(settings.secrets()));

	const sessions = createSessions({ database, lifetimes, bus: createBus(), log });
	const users = createUsers({
		store: database.users,
		hasher: createPasswordHasher({ log }),
		minLength: provider?.minLength
	});
	const attempts = createAttempts({ marks: database.marks, log });
	const flows = createFlows({ sealer, marks: database.marks });
	const identities = createIdentities(database.users);
	const providerCore = createProviderSignIn({
		callAuthCore: createAuthCore(() => settings.secrets()),
		identityProviders: createIdentityProviders(),
		identities,
		sessions,
		attempts,
		flows,
		sealer,
		allowSignUp: settings.allowSignUp
	});
	const signInCore = createSignIn({ provider, users, sessions, attempts });
	const announce = createAnnounce({ events, users, lifetimes, log });
	const signOutCore = createSignOut({ sessions, announce, log });

	const site = createSite(settings);
	const browsers = createBrowsers({ settings, sessions, signOut: signOutCore, sealer, log });
	const { auth, serverSessions } = createAuth({
		lifetimes,
		sessions,
		signOut: signOutCore,
		browsers,
		site
	});
	const entrance = createEntrance({
		settings,
		lifetimes,
		site,
		log,
		checkSecret: () => void sealer()
	});
	const providers = createPostedProviderSignIn({
		core: providerCore,
		flows,
		identities,
		entrance,
		site
	});
	const { signIn, signUp, postedSignIn } = createServerSignIn({
		settings,
		core: signInCore,
		providers,
		entrance,
		browsers,
		site
	});
	const { signOut, postedSignOut } = createServerSignOut({
		settings,
		lifetimes,
		core: signOutCore,
		browsers,
		site,
		log
	});
	const routes = createRoutes({
		settings,
		lifetimes,
		sessions,
		site,
		postedSignIn,
		providers,
		postedSignOut
	});
	return {
		handle: createHandle({ auth, browsers, routes, site, log }),
		auth,
		signIn,
		signUp,
		signOut,
		actions: createActions({ settings, browsers, postedSignIn, providers, postedSignOut }),
		providers: settings.providers.map(({ id, name, type }) => ({ id, name, type })),
		requireFresh: createRequireFresh({ auth, site }),
		sessions: serverSessions,
		users: createServerUsers({
			users,
			identities,
			attempts,
			signIn: signInCore,
			revokeAll: serverSessions.revokeAll,
			browsers
		})
	};
}
