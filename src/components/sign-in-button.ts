import type { Snippet } from 'svelte';
import type { HTMLButtonAttributes } from 'svelte/elements';
import type { ButtonChild } from './busy.js';

/** The props of {@link SignInButton}. All others go to the button. */
export type SignInButtonProps = Omit<HTMLButtonAttributes, 'children' | 'form' | 'type'> & {
	/** Id of the provider, such as `github`. */
	provider: string;
	/** Where to go once signed in: a path, or a URL on an allowed origin. */
	callbackUrl?: string | undefined;
	/** Whether to link the provider to who is signed in already, instead of signing in. */
	link?: boolean | undefined;
	/** What the provider should ask for: `login`, `consent`, `select_account` (OpenID Connect). */
	prompt?: string | undefined;
	/** What the button says. Default: "Sign in with" and the provider's id. */
	children?: Snippet | undefined;
	/** The whole button, to be made by you. */
	child?: Snippet<[ButtonChild]> | undefined;
};
