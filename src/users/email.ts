/** The one way an e-mail address enters: every path that takes one goes through here. */
import { domainToASCII, domainToUnicode } from 'node:url';

/** RFC 5321, 4.5.3.1: octets of a whole address as SMTP can carry it, and of its local part. */
const MAX_ADDRESS = 254;
const MAX_LOCAL_PART = 64;

/** The characters that the HTML standard allows before the `@` ("valid e-mail address"). */
const LOCAL_PART = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+$/i;

/** RFC 1035, 2.3.4: labels of 1 to 63 letters, digits and inner hyphens; the last one no number. */
const DOMAIN =
	/^(?:localhost|(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)$/;

/**
 * The form in which an e-mail address is stored and compared, or `null` when it is none: A–Z in
 * lower case and the domain in punycode (RFC 3492). Nothing else is folded: dots and `+tags` stay.
 *
 * Refused are spaces and controls anywhere, quoted and non-ASCII local parts, addresses over 254
 * bytes, IP addresses, domains without a dot except `localhost`, and domains that are not the very
 * name they stand for: beyond ASCII in upper case, full-width or with invisible characters.
 *
 * `Ada.Lovelace+Notes@bücher.Example` becomes `ada.lovelace+notes@xn--bcher-kva.example`.
 */
export function normalizeEmail(input: unknown): string | null {
	if (typeof input !== 'string' || input.length > MAX_ADDRESS) return null;
	const [local, domain, ...rest] = input.split('@');
	if (local === undefined || domain === undefined || rest.length > 0) return null;
	if (local.length > MAX_LOCAL_PART || !LOCAL_PART.test(local)) return null;
	const ascii = asciiDomain(domain);
	if (ascii === null) return null;
	const email = `${lowerCase(local)}@${ascii}`;
	return email.length > MAX_ADDRESS ? null : email;
}

function asciiDomain(domain: string): string | null {
	const name = lowerCase(domain).normalize('NFC');
	// ASCII must not reach the URL parser, which reads ports and numbers in it.
	const ascii = isAscii(name) ? name : domainToASCII(name);
	// The URL standard drops invisible characters and maps look-alikes such as full-width letters.
	// What does not come back as it went in was not the name it seemed to be.
	if (ascii !== name && domainToUnicode(ascii) !== name) return null;
	return DOMAIN.test(ascii) ? ascii : null;
}

/** A–Z only: Unicode would also turn the Kelvin sign into a `k`. */
const lowerCase = (text: string): string =>
	text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);
