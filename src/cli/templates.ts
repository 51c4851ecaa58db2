/** The files that `init` writes. */
import type { App } from './app.js';

/** `src/env.ts`: SvelteKit 3 gives the app only the variables that are named there. */
export const envModule = `import { defineEnvVars } from '@sveltejs/kit/env';

export const variables = defineEnvVars({ AUTH_SECRET: {} });
`;

/** What to add to a `src/env.ts` that is there already. */
export const envVariable = 'AUTH_SECRET: {}';

export function authModule({ kit }: App): string {
	const source =
		kit === 3
			? { line: "import { AUTH_SECRET } from '$app/env/private';", option: 'secret: AUTH_SECRET' }
			: { line: "import { env } from '$env/dynamic/private';", option: 'env' };
	return `${source.line}
import { guardianAuth, password } from 'svelte-guardian';
import { sqlite } from 'svelte-guardian/sqlite';

export const { handle, auth, signIn, signUp, signOut, actions, sessions, users } = guardianAuth({
	${source.option},
	database: sqlite('guardian.db'),
	providers: [password()]
});
`;
}

export const hook = `export { handle } from './lib/server/auth';
`;

/** What to write into a hook that is there already. */
export const hookAdvice = `import { sequence } from '@sveltejs/kit/hooks';
import { handle as guardian } from './lib/server/auth';

export const handle = sequence(guardian, yourHandle);`;

export const dashboardLoad = ({ typescript }: App): string =>
	typescript
		? `import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const session = await locals.auth();
	if (!session) redirect(303, '/auth/signin?callbackUrl=/dashboard');
	return { user: session.user };
};
`
		: `import { redirect } from '@sveltejs/kit';

/** @type {import('./$types').PageServerLoad} */
export const load = async ({ locals }) => {
	const session = await locals.auth();
	if (!session) redirect(303, '/auth/signin?callbackUrl=/dashboard');
	return { user: session.user };
};
`;

export const dashboardPage = ({
	typescript
}: App): string => `<script${typescript ? ' lang="ts"' : ''}>
	import { SignOutButton } from 'svelte-guardian/components';

	let { data } = $props();
</script>

<svelte:head><title>Dashboard</title></svelte:head>

<h1>Hello {data.user.name ?? data.user.email}</h1>
<p>Only you can see this page.</p>
<SignOutButton />
<SignOutButton scope="all">Sign out everywhere</SignOutButton>
`;
