/** The built-in pages: they work without script, and step back where the app has its own. */
import { sentenceFor } from '../errors.js';
import type { IdentityProvider } from '../identity-providers/provider.js';

/** Where the forms of a page lead, and what is passed on. */
export interface PageContext {
	readonly base: string;
	readonly hasPassword: boolean;
	readonly providers: readonly IdentityProvider[];
	readonly callbackUrl: string | null;
	/** From the query of a form that came back. */
	readonly errorCode: string | null;
	readonly minLength: number;
	readonly signUpUrl: string | null;
	readonly signInUrl: string;
}

export function signInPage(context: PageContext): string {
	const { signUpUrl } = context;
	const link =
		signUpUrl === null
			? ''
			: `<p>New here? <a href="${escape(signUpUrl)}">Create an account</a></p>`;
	const forms = [
		...(context.hasPassword ? [passwordForm(context) + link] : []),
		...context.providers.map((provider) => providerForm(provider, context))
	];
	return page('Sign in', alertFor(context.errorCode) + forms.join('\n'));
}

const passwordForm = ({ base, callbackUrl }: PageContext): string =>
	`<form method="post" action="${escape(base)}/auth/signin/password">
${field('email', 'E-mail', 'type="email" autocomplete="username" required')}
${field('password', 'Password', 'type="password" autocomplete="current-password" required')}
${hidden('callbackUrl', callbackUrl)}
<button>Sign in</button>
</form>`;

function providerForm(
	{ id, name, type, fields }: IdentityProvider,
	{ base, callbackUrl, errorCode }: PageContext
): string {
	const asked = fields.map((known) => {
		const secret = /password|secret|pin/i.test(known);
		const attributes = `id="${id}-${escape(known)}" type="${secret ? 'password' : 'text'}" required`;
		return `<label for="${id}-${escape(known)}">${escape(known)}</label><input name="${escape(known)}" ${attributes}>`;
	});
	// A provider that remembers the user would otherwise not ask again.
	const again = errorCode === 'reauthentication_required' && type !== 'credentials';
	return `<form method="post" action="${escape(base)}/auth/signin/${id}">
${asked.join('')}${hidden('callbackUrl', callbackUrl)}${again ? hidden('prompt', 'login') : ''}
<button class="other">Sign in with ${escape(name)}</button>
</form>`;
}

export function signUpPage(context: PageContext): string {
	const hint = `<small id="password-hint">At least ${context.minLength} characters</small>`;
	const rules = `type="password" autocomplete="new-password" minlength="${context.minLength}" aria-describedby="password-hint" required`;
	return page(
		'Create an account',
		`${alertFor(context.errorCode)}
<form method="post" action="${escape(context.base)}/auth/signup">
${field('name', 'Name (optional)', 'autocomplete="name" maxlength="256"')}
${field('email', 'E-mail', 'type="email" autocomplete="username" required')}
${field('password', 'Password', rules)}${hint}
${hidden('callbackUrl', context.callbackUrl)}
<button>Create account</button>
</form>
<p>Have an account? <a href="${escape(context.signInUrl)}">Sign in</a></p>`
	);
}

export function signOutPage(context: Pick<PageContext, 'base' | 'callbackUrl'>): string {
	const fields = context.callbackUrl === null ? {} : { callbackUrl: context.callbackUrl };
	return page(
		'Sign out',
		`<p>Do you want to sign out?</p>${signOutForm(context.base, fields, 'Sign out')}`
	);
}

/** After a sign-out that could not be confirmed: says so, and offers the same again. */
export function signOutFailedPage(details: {
	base: string;
	error: string;
	/** What the form had asked for. */
	fields: Readonly<Record<string, string>>;
	retry: boolean;
}): string {
	const explanation = details.retry
		? '<p>Your session may still be open. It will be ended as soon as the server can.</p>'
		: '<p>Nothing was ended.</p>';
	const again = details.retry ? signOutForm(details.base, details.fields, 'Try again') : '';
	return page('You are not signed out yet', `${alert(details.error)}${explanation}${again}`);
}

const signOutForm = (
	base: string,
	fields: Readonly<Record<string, string>>,
	label: string
): string =>
	`<form method="post" action="${escape(base)}/auth/signout">
${Object.entries(fields)
	.map(([name, value]) => hidden(name, value))
	.join('')}
<button>${escape(label)}</button>
</form>`;

const alertFor = (code: string | null): string => {
	const sentence = sentenceFor(code);
	return sentence === null ? '' : alert(sentence);
};

const alert = (text: string): string => `<p role="alert">${escape(text)}</p>`;

const field = (name: string, label: string, attributes: string): string =>
	`<label for="${name}">${label}</label><input id="${name}" name="${name}" ${attributes}>`;

const hidden = (name: string, value: string | null): string =>
	value === null ? '' : `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`;

const escape = (text: string): string =>
	text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body><main><h1>${escape(title)}</h1>${content}</main></body>
</html>`;

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#8a8f98, #6b7280); --ink: light-dark(#16181d, #eceef2);
--ground: light-dark(#f5f6f8, #111318); --card: light-dark(#fff, #1a1d24); --accent: light-dark(#2452c7, #8fb0ff);
--on-accent: light-dark(#fff, #0e1116); --alert: light-dark(#a1121f, #ffb3b8); }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;
background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: min(24rem, 100%); background: var(--card); padding: 2rem; border-radius: 0.75rem;
box-shadow: 0 1px 3px rgb(0 0 0 / 0.2); }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.2; }
form { display: grid; gap: 0.375rem; }
label { font-weight: 600; margin-top: 0.625rem; }
input { font: inherit; color: inherit; background: transparent; padding: 0.5rem 0.625rem;
border: 1px solid var(--line); border-radius: 0.375rem; }
button { font: inherit; font-weight: 600; margin-top: 1rem; padding: 0.625rem; border: 0;
border-radius: 0.375rem; background: var(--accent); color: var(--on-accent); cursor: pointer; }
button.other { background: transparent; color: var(--accent); border: 1px solid var(--line); }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[role='alert'] { margin: 0 0 0.5rem; color: var(--alert); font-weight: 600; }
`;
