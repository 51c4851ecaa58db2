/** Reads what was posted to our routes: JSON, or a form of either encoding. */
import { GuardianError } from '../errors.js';

export type BodyKind = 'json' | 'form';

const MOST_BYTES = 64 * 1024;

/** The Content-Type alone decides; `null` for one that we do not speak. */
export function kindOf(request: Request): BodyKind | null {
	const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
	if (type === 'application/json') return 'json';
	const isForm = type === 'application/x-www-form-urlencoded' || type === 'multipart/form-data';
	return isForm ? 'form' : null;
}

/** The fields that hold a yes or no, for which a form has only words. */
const BOOLEANS: readonly string[] = ['allSessions'];

/** What the fields named hold; others are ignored, and fields that were not sent are left out. */
export type Fields<Name extends string> = Partial<Record<Name, unknown>>;

/**
 * The known fields of a body.
 *
 * @throws GuardianError `invalid_request` or `too_large`.
 */
export async function readBody<Name extends string>(
	request: Request,
	known: readonly Name[]
): Promise<Fields<Name>> {
	const kind = kindOf(request);
	if (kind === null) {
		throw new GuardianError(
			'invalid_request',
			'Send JSON (Content-Type: application/json) or a form.'
		);
	}
	const bytes = await readBytes(request);
	return kind === 'json'
		? parseJson(new TextDecoder().decode(bytes), known)
		: readForm(await parseForm(bytes, request), known);
}

/** A form, of either encoding. */
export type Form = Pick<FormData | URLSearchParams, 'getAll'>;

/** The known fields of a form; an uploaded file is no text and is refused. */
export function readForm<Name extends string>(form: Form, known: readonly Name[]): Fields<Name> {
	const fields: Fields<Name> = {};
	for (const name of known) {
		const [value, ...more] = form.getAll(name);
		if (more.length > 0) throw twice(name);
		if (value === undefined) continue;
		if (typeof value !== 'string')
			throw new GuardianError('invalid_request', `\`${name}\` is a file.`);
		fields[name] = BOOLEANS.includes(name) ? toBoolean(name, value) : value;
	}
	return fields;
}

/**
 * A yes or no from a form.
 *
 * @throws GuardianError `invalid_request` for anything else.
 */
export function toBoolean(name: string, value: string): boolean {
	if (['true', 'on', '1'].includes(value)) return true;
	if (['false', 'off', '0', ''].includes(value)) return false;
	throw noBoolean(name);
}

async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer>> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	if (Number(request.headers.get('content-length') ?? 0) > MOST_BYTES) throw tooLarge();
	// Not cancelled when it is too large: adapters close the connection then, before any answer.
	for await (const chunk of request.body?.values({ preventCancel: true }) ?? []) {
		size += chunk.byteLength;
		if (size > MOST_BYTES) throw tooLarge();
		chunks.push(chunk);
	}
	return new Uint8Array(Buffer.concat(chunks));
}

async function parseForm(body: Uint8Array<ArrayBuffer>, request: Request): Promise<Form> {
	const type = request.headers.get('content-type') ?? '';
	if (!type.includes('multipart/')) return new URLSearchParams(new TextDecoder().decode(body));
	try {
		return await new Response(body, { headers: { 'content-type': type } }).formData();
	} catch {
		throw new GuardianError('invalid_request', 'The form could not be read.');
	}
}

function parseJson<Name extends string>(text: string, known: readonly Name[]): Fields<Name> {
	const value = tryJson(text);
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new GuardianError('invalid_request', 'The body is not a JSON object.');
	}
	const keys = topLevelKeys(text);
	const entries = new Map<string, unknown>(Object.entries(value));
	const fields: Fields<Name> = {};
	for (const name of known) {
		if (keys.filter((key) => key === name).length > 1) throw twice(name);
		if (!entries.has(name)) continue;
		fields[name] = entries.get(name);
		if (BOOLEANS.includes(name) && typeof fields[name] !== 'boolean') throw noBoolean(name);
	}
	return fields;
}

function tryJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new GuardianError('invalid_request', 'The body is not JSON.');
	}
}

/** The keys of a JSON object as written; `JSON.parse` keeps only the last of several alike. */
function topLevelKeys(json: string): string[] {
	const keys: string[] = [];
	let depth = 0;
	for (const [token, text, colon] of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
		if (token === '{' || token === '[') depth += 1;
		else if (token === '}' || token === ']') depth -= 1;
		else if (depth === 1 && text !== undefined && colon !== undefined) {
			keys.push(String(JSON.parse(text)));
		}
	}
	return keys;
}

const tooLarge = (): GuardianError =>
	new GuardianError('too_large', 'The request is larger than 64 kB.');

const noBoolean = (name: string): GuardianError =>
	new GuardianError('invalid_request', `\`${name}\` is true or false.`);

const twice = (name: string): GuardianError =>
	new GuardianError('invalid_request', `\`${name}\` was given twice.`);
