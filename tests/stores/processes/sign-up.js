/** Opens a database file through the store when told, and adds a user. */
import { sqlite, user } from './store.js';

const [, , file = '', id = ''] = process.argv;
process.send?.('ready');

process.once('message', async () => {
	const added = sqlite(file).users.insert(user(id));
	process.send?.(await added.catch(String));
	process.disconnect();
});
