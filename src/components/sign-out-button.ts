import type { Snippet } from 'svelte';
import type { HTMLButtonAttributes } from 'svelte/elements';
import type { ClientSignOutResult } from '../client/results.js';
import type { SignOutScope } from '../types.js';
import type { ButtonChild } from './busy.js';

/** What {@link SignOutButton} gives to a button of one's own: spread `props` on it. */
export type SignOutButtonChild = ButtonChild;

/** The props of {@link SignOutButton}. All others go to the button. */
export type SignOutButtonProps = Which &
	Omit<HTMLButtonAttributes, 'children' | 'form' | 'onerror' | 'type'> & {
		/** Where to go once signed out: a path, or a URL on an allowed origin. */
		callbackUrl?: string | undefined;
		/** Whether to leave the page once this browser is signed out. Default: true. */
		redirect?: boolean | undefined;
		/** What the button says. Default: "Sign out". */
		children?: Snippet | undefined;
		/** The whole button, to be made by you. */
		child?: Snippet<[SignOutButtonChild]> | undefined;
		/** Called after success and awaited, however long; then the page is left or refreshed. */
		onsignedout?: ((result: SignedOut) => unknown) | undefined;
		/** Called with a failure and awaited. Without it the button itself tells the user. */
		onerror?: ((result: NotSignedOut) => unknown) | undefined;
	};

type Which =
	| {
			/** Whom the sign-out reaches. Default: `browser`. */
			scope?: SignOutScope | undefined;
			sessionId?: undefined;
	  }
	| {
			/** One session elsewhere. For the session of this browser use the scope `session`. */
			sessionId: string;
			scope?: undefined;
	  };

type SignedOut = Extract<ClientSignOutResult, { ok: true }>;
type NotSignedOut = Extract<ClientSignOutResult, { ok: false }>;
