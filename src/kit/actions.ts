/** Form actions for the app's own pages: `export const actions = { default: actions.signOut }`. */
import { fail, redirect, type ActionFailure } from '@sveltejs/kit';
import type { Settings } from '../config.js';
import { statusOf, type ErrorCode } from '../errors.js';
import type { GuardianRequestEvent } from '../types.js';
import { readForm, type Fields } from './body.js';
import type { Browsers } from './browsers.js';
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
	/** Takes `email`, `password` and `callbackUrl`. */
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
	postedSignOut: PostedSignOut;
}

export function createActions(parts: ActionsParts): GuardianActions {
	const { settings, browsers, postedSignIn, postedSignOut } = parts;

	const leave = (url: string): never =>
		redirect(303, url, { external: [...settings.redirectOrigins] });

	const enter =
		(act: PostedSignIn['signIn']): Action =>
		async (event) => {
			let email: unknown;
			const result = await act(event, browsers.of(event), async () => {
				const fields = await readActionForm(event, SIGN_IN_FIELDS);
				({ email } = fields);
				return fields;
			});
			if (result.ok) return leave(result.url);
			const { error, code } = result;
			return fail(statusOf(code), { error, code, email: typeof email === 'string' ? email : '' });
		};

	return {
		signIn: enter(postedSignIn.signIn),
		signUp: enter(postedSignIn.signUp),
		async signOut(event) {
			const { result } = await postedSignOut({
				event,
				browser: browsers.of(event),
				read: () => readActionForm(event, SIGN_OUT_FIELDS),
				here: pageOf(event)
			});
			if (result.ok || result.code === 'no_session') return leave(result.url);
			const { error, code } = result;
			return fail(statusOf(code), { error, code, email: '' });
		}
	};
}

/** SvelteKit has made sure that it is a form. */
const readActionForm = async <Name extends string>(
	{ request }: GuardianRequestEvent,
	names: readonly Name[]
): Promise<Fields<Name>> => readForm(await request.formData(), names);
