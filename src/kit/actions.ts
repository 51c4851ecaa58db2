/** Form actions for the app's own pages: `export const actions = { default: actions.signOut }`. */
import { fail, redirect, type ActionFailure } from '@sveltejs/kit';
import type { Settings } from '../config.js';
import { statusOf, type ErrorCode } from '../errors.js';
import type { GuardianRequestEvent, SignInResult } from '../types.js';
import { readForm } from './body.js';
import type { Browsers } from './browsers.js';
import { leaveSignedIn } from './entrance.js';
import type { PostedProviderSignIn } from './provider-sign-in.js';
import { SIGN_IN_FIELDS, type PostedSignIn } from './sign-in.js';
import { SIGN_OUT_FIELDS, type PostedSignOut } from './sign-out.js';
import { pageOf } from './site.js';

/** What a page gets as `form` when an action fails. */
export interface ActionError {
	/** One sentence for people. */
	error: string;
	code: ErrorCode;
	/** The e-mail address that was entered, to be shown again. */
	email: string;
}

type Action = (event: GuardianRequestEvent) => Promise<ActionFailure<ActionError>>;

/** Form actions that redirect (303) when they succeed. */
export interface GuardianActions {
	/**
	 * Takes `email`, `password` and `callbackUrl`; for another provider its id as `provider`, with
	 * what it asks for.
	 */
	signIn: Action;
	/** Takes `email`, `password`, `name` and `callbackUrl`. */
	signUp: Action;
	/** Takes `callbackUrl`, and one of `scope`, `allSessions` and `sessionId`. */
	signOut: Action;
}

export interface ActionsParts {
	settings: Settings;
	browsers: Browsers;
	postedSignIn: PostedSignIn;
	providers: PostedProviderSignIn;
	postedSignOut: PostedSignOut;
}

export function createActions(parts: ActionsParts): GuardianActions {
	const { settings, browsers, postedSignIn, providers, postedSignOut } = parts;

	const enter =
		(act: (event: GuardianRequestEvent, form: FormData) => Promise<SignInResult>): Action =>
		async (event) => {
			const form = await event.request.formData();
			const result = await act(event, form);
			if (result.ok) return leaveSignedIn(result, settings);
			const { error, code } = result;
			const email = form.get('email');
			return fail(statusOf(code), { error, code, email: typeof email === 'string' ? email : '' });
		};

	return {
		signIn: enter((event, form) => {
			const browser = browsers.of(event);
			const provider = settings.providers.find(({ id }) => id === form.get('provider'));
			return provider === undefined
				? postedSignIn.signIn(event, browser, async () => readForm(form, SIGN_IN_FIELDS))
				: providers.signIn(provider, event, browser, async (names) => readForm(form, names));
		}),
		signUp: enter((event, form) =>
			postedSignIn.signUp(event, browsers.of(event), async () => readForm(form, SIGN_IN_FIELDS))
		),
		async signOut(event) {
			const { result } = await postedSignOut({
				event,
				browser: browsers.of(event),
				read: async () => readForm(await event.request.formData(), SIGN_OUT_FIELDS),
				here: pageOf(event)
			});
			if (result.ok || result.code === 'no_session') {
				redirect(303, result.url, { external: [...settings.redirectOrigins] });
			}
			const { error, code } = result;
			return fail(statusOf(code), { error, code, email: '' });
		}
	};
}
