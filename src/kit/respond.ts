/** Our own answers, and what is added to the app's when the session was read for them. */
import { GuardianError, sentenceOf, statusOf, type ErrorCode } from '../errors.js';
import type { Log } from '../log.js';
import type { SignInResult } from '../types.js';
import { kindOf } from './body.js';

/** Seconds after which a browser may ask again when the store failed. */
export const RETRY_AFTER = 5;

const HEADERS = { 'cache-control': 'private, no-store', vary: 'Cookie' };
const PAGE_HEADERS = {
	...HEADERS,
	'content-type': 'text/html; charset=utf-8',
	'referrer-policy': 'same-origin',
	'content-security-policy':
		// No form-action: browsers apply it to redirects too, and a sign-in leads to the provider.
		"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
	'x-content-type-options': 'nosniff'
};

export const jsonAnswer = (status: number, body: unknown, wait?: number): Response =>
	Response.json(body, { status, headers: { ...HEADERS, ...retryAfter(status, wait) } });

export const pageAnswer = (status: number, html: string): Response =>
	new Response(html, { status, headers: { ...PAGE_HEADERS, ...retryAfter(status) } });

/** 303: whatever was posted, the browser goes on with a GET (RFC 9110, 15.4.4). */
export const redirectAnswer = (location: string): Response =>
	new Response(null, { status: 303, headers: { ...HEADERS, location } });

export const methodAnswer = (allow: readonly string[], status: 204 | 405): Response =>
	new Response(null, { status, headers: { ...HEADERS, allow: allow.join(', ') } });

/** To a form the next page, to a fetch the result. */
export function answerSignIn(request: Request, result: SignInResult): Response {
	if (kindOf(request) === 'form') return redirectAnswer(result.url);
	if (result.ok) return jsonAnswer(200, result);
	const { retryAfter } = result;
	return jsonAnswer(statusOf(result.code), result, retryAfter);
}

/** What a failure looks like to whoever called. Unknown errors are not for them to see. */
export function describe(error: unknown): { code: ErrorCode; error: string; retryAfter?: number } {
	if (!(error instanceof GuardianError) || error.code === 'invalid_config') throw error;
	const { code, message, retryAfter: seconds } = error;
	const text = statusOf(code) >= 500 ? sentenceOf(code) : message;
	return { code, error: text, ...(seconds !== undefined && { retryAfter: seconds }) };
}

/** Marks a response as one person's: nothing may keep it and nobody else may get it. */
export function makePrivate(headers: Headers, log: Log): void {
	headers.set('cache-control', privateCacheControl(headers, log));
	if (!mentions(headers.get('vary'), 'cookie', '*')) headers.append('vary', 'Cookie');
}

/**
 * The response, with headers that can be changed. It is a copy where they cannot be, as in what a
 * `fetch` gave, and where there is no body, as an app may answer with that very response again.
 */
export function withOwnHeaders(response: Response): Response {
	const { body, headers, status, statusText } = response;
	if (body !== null && areMutable(headers)) return response;
	return new Response(body, { status, statusText, headers });
}

/** There is no other way to ask than to change something (WHATWG Fetch, 5.1, "guard"). */
function areMutable(headers: Headers): boolean {
	try {
		headers.delete('x-guardian');
		return true;
	} catch {
		return false;
	}
}

function privateCacheControl(headers: Headers, log: Log): string {
	const given = headers.get('cache-control');
	const isHtml = headers.get('content-type')?.startsWith('text/html') ?? false;
	if (given === null) return HEADERS['cache-control'];
	if (mentions(given, 'public', 's-maxage')) {
		if (process.env['NODE_ENV'] !== 'production') {
			log(
				`Cache-Control \`${given}\` was replaced by \`${HEADERS['cache-control']}\`: the session was ` +
					'read for this response, and a shared cache would hand it to others'
			);
		}
		return HEADERS['cache-control'];
	}
	if (!mentions(given, 'private')) return HEADERS['cache-control'];
	return isHtml && !mentions(given, 'no-store') ? `${given}, no-store` : given;
}

/** Whether a comma-separated header names one of these directives (RFC 9110, 5.6.1). */
function mentions(header: string | null, ...names: string[]): boolean {
	const given = header?.split(',').map((part) => part.split('=')[0]?.trim().toLowerCase()) ?? [];
	return names.some((name) => given.includes(name));
}

function retryAfter(status: number, wait?: number): Record<string, string> {
	const seconds = wait ?? (status === 503 ? RETRY_AFTER : undefined);
	return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}
