/** The code of each way out, read from the very files that the page runs. */
import { source } from './source';
import action from '../../routes/ways-out/+page.server.ts?raw';
import postHandler from '../../routes/ways-out/api/+server.ts?raw';
import getHandler from '../../routes/ways-out/link/+server.ts?raw';
import button from '../../routes/ways-out/ways/Button.svelte?raw';
import client from '../../routes/ways-out/ways/Client.svelte?raw';
import clientCallbackUrl from '../../routes/ways-out/ways/ClientCallbackUrl.svelte?raw';
import clientStay from '../../routes/ways-out/ways/ClientStay.svelte?raw';
import formAction from '../../routes/ways-out/ways/FormAction.svelte?raw';
import getLink from '../../routes/ways-out/ways/GetHandler.svelte?raw';
import ownButton from '../../routes/ways-out/ways/OwnButton.svelte?raw';
import postButton from '../../routes/ways-out/ways/PostHandler.svelte?raw';

export const ways = {
	formAction: [source('+page.server.ts', action, 'action'), source('+page.svelte', formAction)],
	button: [source('+page.svelte', button)],
	ownButton: [source('+page.svelte', ownButton)],
	client: [source('+page.svelte', client)],
	clientCallbackUrl: [source('+page.svelte', clientCallbackUrl)],
	clientStay: [source('+page.svelte', clientStay)],
	postHandler: [source('api/+server.ts', postHandler), source('+page.svelte', postButton)],
	getHandler: [source('link/+server.ts', getHandler), source('+page.svelte', getLink)]
};
