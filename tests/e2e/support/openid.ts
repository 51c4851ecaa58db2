/** The playground with a real OpenID provider beside it, and people at that provider's pages. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { startOidcProvider } from '../../../scripts/oidc-provider.js';
import { freePort } from '../../support/free-port.js';
import { startPreview, type Preview } from '../../support/preview.js';
import { test as base } from './fixtures.js';

interface WithProvider {
	served: { app: Preview; issuer: string };
	app: Preview;
	issuer: string;
}

export const test = base.extend<object, WithProvider>({
	served: [
		async ({ browserName: _browser }, use) => {
			const port = await freePort();
			const provider = await startOidcProvider({ appUrl: `http://localhost:${port}` });
			const app = await startPreview({ port, env: provider.env });
			await use({ app, issuer: provider.issuer });
			await app.stop();
			await provider.stop();
		},
		{ scope: 'worker' }
	],
	app: [({ served }, use) => use(served.app), { scope: 'worker' }],
	issuer: [({ served }, use) => use(served.issuer), { scope: 'worker' }]
});

/** A name at the provider that nobody else has; the address is `<name>@idp.example`. */
export const newLogin = (): string => `ada-${randomUUID().slice(0, 8)}`;

/** Signs in on the provider's pages, which ask for a name, any password, and whether it is alright. */
export async function signInThere(page: Page, login: string): Promise<void> {
	await page.locator('input[name=login]').fill(login);
	await page.locator('input[name=password]').fill('any');
	await page.getByRole('button', { name: 'Sign-in' }).click();
	await page.getByRole('button', { name: 'Continue' }).click();
}
