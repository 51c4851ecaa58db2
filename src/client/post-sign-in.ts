import type { SignInResult } from '../types.js';
import { leave } from './leave.js';
import { refresh } from './refresh.js';
import { post } from './request.js';
import type { ClientSignInResult } from './results.js';
import { type Json, reviveSession } from './revive.js';

/** What signing in and signing up share: ask, then leave, or show what is now true. */
export async function postSignIn(
	route: string,
	{ redirect = true, ...body }: { redirect?: boolean | undefined }
): Promise<ClientSignInResult> {
	const result = await post<JsonSignInResult, object>(route, body, {});
	if (!result.ok) return result;
	if (redirect) leave(result.url);
	else await refresh();
	return { ...result, session: result.session && reviveSession(result.session) };
}

type JsonSignInResult =
	| Exclude<SignInResult, { ok: true }>
	| { ok: true; url: string; session: Json<NonNullable<SignInResult['session']>> | null };
