/** When told, adds users of its own for accounts 0 to 19, or unlinks one provider of users 0 to 19. */
import { sqlite, user } from './store.js';

const [, , file = '', action = '', own = ''] = process.argv;
const { users } = sqlite(file);
await users.byId('');
process.send?.('ready');

process.once('message', async () => {
	/** @type {string[]} */
	const answers = [];
	for (let index = 0; index < 20; index++) {
		answers.push(await (action === 'unlink' ? unlink(index) : signUp(index)).catch(String));
	}
	process.send?.(answers);
	process.disconnect();
});

/** @returns {Promise<string>} */
const unlink = (/** @type {number} */ index) => users.unlink(`user ${index}`, own);

/** @returns {Promise<string>} */
const signUp = (/** @type {number} */ index) => {
	const userId = `${own} ${index}`;
	const identity = { provider: 'github', accountId: `${index}`, userId, createdAt: 0 };
	return users.insert(user(userId), identity);
};
