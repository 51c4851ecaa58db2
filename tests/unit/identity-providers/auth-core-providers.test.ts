/** Every provider that comes with @auth/core: taken as it is, or refused with a reason. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { GuardianError } from '../../../src/errors.js';
import { readProvider } from '../../../src/identity-providers/provider.js';

/** These are only lists, or need a package of their own that links by e-mail and passkeys use. */
const NOT_ALONE = [
	'email',
	'index',
	'nodemailer',
	'oauth',
	'passkey',
	'provider-types',
	'webauthn'
];
const UNSUPPORTED = ['apple', 'forwardemail', 'loops', 'mailgun', 'postmark', 'resend', 'sendgrid'];

const folder = dirname(fileURLToPath(import.meta.resolve('@auth/core/providers/github')));
const names = readdirSync(folder)
	.filter((file) => file.endsWith('.js'))
	.map((file) => file.replace('.js', ''))
	.filter((name) => !NOT_ALONE.includes(name));

const load = async (name: string): Promise<{ default: unknown }> =>
	import(pathToFileURL(join(folder, `${name}.js`)).href);

test('there are many', () => {
	expect(names.length).toBeGreaterThan(80);
});

test('each can be a provider here, except those that need what is not there yet', async () => {
	for (const name of names.filter((one) => !UNSUPPORTED.includes(one))) {
		const provider = readProvider((await load(name)).default, {});
		expect(provider, name).not.toBeNull();
		expect(provider?.settings().checks, name).toContain('state');
		if (provider?.type === 'oidc') expect(provider.settings().checks, name).toContain('nonce');
	}
});

test.each(UNSUPPORTED)('%s is refused at start-up, with the reason', async (name) => {
	const { default: given } = await load(name);

	expect(() => readProvider(given, {})).toThrow(GuardianError);
	expect(() => readProvider(given, {})).toThrow(/not supported yet/);
});
