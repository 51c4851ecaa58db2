/** What `?error=<code>` says when a sign-in or sign-up comes back without having worked. */
const sentences: Record<string, string> = {
	invalid_credentials: 'The e-mail address or the password is wrong.',
	email_taken: 'An account with this e-mail address exists already.',
	access_denied: 'The sign-in was cancelled.',
	callback_invalid: 'The sign-in could not be completed. Start it again.',
	provider_unavailable: 'The provider cannot be reached. Try again in a moment.',
	reauthentication_required: 'Sign in again to go on.',
	last_way_in: 'This is your only way to sign in. Add another one first.',
	identity_taken: 'That sign-in already belongs to another account.',
	forbidden: 'This is not allowed.',
	weak_password: 'Choose a longer or less common password.',
	rate_limited: 'Too many attempts. Wait a while and try again.',
	no_session: 'Your session has ended. Sign in to go on.',
	cross_site: 'The request came from another site and was refused.',
	store_unavailable: 'We cannot reach our database. Try again in a moment.',
	busy: 'The server is busy. Try again in a moment.'
};

/** A sentence for a code from the address bar, which anybody can write: unknown ones get a general one. */
export function sentenceFor(code: string | null): string | null {
	if (code === null) return null;
	return Object.hasOwn(sentences, code)
		? (sentences[code] ?? null)
		: 'That did not work. Please try again.';
}
