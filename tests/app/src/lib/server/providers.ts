import Credentials from '@auth/core/providers/credentials';
import GitHub from '@auth/core/providers/github';
import type { ExternalProvider } from 'svelte-guardian';

const { FORUM_URL = 'https://forum.example' } = process.env;

/** Issuer, client id and secret come from AUTH_FIRST_ISSUER, AUTH_FIRST_ID and so on. */
const openId = (id: string): ExternalProvider => ({ id, name: id, type: 'oidc' });

/** OAuth 2.0 without OpenID: who it is says the userinfo endpoint alone. */
const forum = {
	id: 'forum',
	name: 'The forum',
	type: 'oauth',
	clientId: 'app',
	clientSecret: 'forum-secret',
	authorization: `${FORUM_URL}/authorize`,
	token: `${FORUM_URL}/token`,
	userinfo: `${FORUM_URL}/userinfo`
};

/** A card with a number and a PIN. The numbers 500 and 0 stand for what goes wrong. */
const card = Credentials({
	id: 'card',
	name: 'a card',
	credentials: { number: { label: 'Number' }, pin: { label: 'PIN', type: 'password' } },
	authorize({ number, pin }) {
		if (number === '500') throw new Error('the card reader is out of order');
		if (pin !== '1234') return null;
		const name = `Card ${String(number)}`;
		return number === '0' ? { name } : { id: String(number), name };
	}
});

export const providers: ExternalProvider[] = [
	openId('first'),
	openId('second'),
	forum,
	card,
	GitHub
];
