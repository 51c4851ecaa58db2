/**
 * Headless Svelte 5 components: no styles of their own, state in `data-*` and `aria-*` attributes.
 */
export { default as SignOutButton } from './SignOutButton.svelte';
export type { SignOutButtonChild, SignOutButtonProps } from './sign-out-button.js';
export { default as SignInButton } from './SignInButton.svelte';
export type { ButtonChild } from './busy.js';
export type { SignInButtonProps } from './sign-in-button.js';
