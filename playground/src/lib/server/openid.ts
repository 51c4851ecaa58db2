import type { ExternalProvider } from 'svelte-guardian';

/** An OpenID provider where `OIDC_ISSUER`, `OIDC_CLIENT_ID` and `OIDC_CLIENT_SECRET` name one. */
export function openIdProviders(): ExternalProvider[] {
	const {
		OIDC_ISSUER: issuer,
		OIDC_CLIENT_ID: clientId,
		OIDC_CLIENT_SECRET: clientSecret
	} = process.env;
	if (!issuer || !clientId || !clientSecret) return [];
	const provider = { id: 'openid', name: 'OpenID', type: 'oidc', issuer, clientId, clientSecret };
	return [provider];
}
