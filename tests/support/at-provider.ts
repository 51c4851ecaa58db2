/** Goes through the pages of the real OpenID provider as somebody who signs in there, or does not. */
import { createAgent, type Agent, type Answer } from './agent.js';

/**
 * Follows the provider from `url` until it leads back to the app, and gives that address. `login` is
 * who signs in, with any password; `null` cancels.
 */
export async function throughProvider(
	url: string,
	login: string | null,
	agent: Agent = createAgent()
): Promise<string> {
	const { origin } = new URL(url);
	let answer = await agent.get(url);
	for (let step = 0; step < 12; step += 1) {
		const next = answer.location ?? aborting(answer, login);
		if (next === undefined) {
			answer = await submit(agent, answer, { origin, login: login ?? '' });
			continue;
		}
		const target = new URL(next, origin);
		if (target.origin !== origin) return target.href;
		answer = await agent.get(target.href);
	}
	throw new Error(`The provider does not lead back: ${answer.status} ${answer.text}`);
}

/** Where its pages say that one does not want to. */
function aborting({ text }: Answer, login: string | null): string | undefined {
	return login === null ? /href="([^"]+\/abort)"/.exec(text)?.[1] : undefined;
}

function submit(
	agent: Agent,
	{ text }: Answer,
	{ origin, login }: { origin: string; login: string }
): Promise<Answer> {
	const [, action = ''] = /<form[^>]*action="([^"]+)"/.exec(text) ?? [];
	const [, prompt = ''] = /name="prompt" value="([^"]+)"/.exec(text) ?? [];
	return agent.post(new URL(action, origin).href, { prompt, login, password: 'any' });
}
