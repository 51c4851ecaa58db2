/** A browser as far as HTTP goes: it keeps cookies by origin, and goes where it is told one step at a time. */

export interface Answer {
	status: number;
	/** Where the answer leads, absolute. */
	location: string | undefined;
	text: string;
}

export interface Agent {
	get(url: string): Promise<Answer>;
	/** Posts a form, as a page of the same origin does. */
	post(url: string, fields?: Record<string, string>): Promise<Answer>;
	/** Name and value of each cookie of an origin. */
	cookies(url: string): Map<string, string>;
}

export function createAgent(): Agent {
	const jars = new Map<string, Map<string, string>>();

	function cookies(url: string): Map<string, string> {
		const { host } = new URL(url);
		const jar = jars.get(host) ?? new Map<string, string>();
		jars.set(host, jar);
		return jar;
	}

	async function send(url: string, init: RequestInit): Promise<Answer> {
		const jar = cookies(url);
		const headers = new Headers(init.headers);
		if (jar.size > 0) headers.set('cookie', [...jar].map((pair) => pair.join('=')).join('; '));
		const response = await fetch(url, { ...init, headers, redirect: 'manual' });
		for (const cookie of response.headers.getSetCookie()) {
			const [pair = '', ...attributes] = cookie.split('; ');
			const [name = '', ...value] = pair.split('=');
			const expires = /^expires=(.*)$/i.exec(
				attributes.find((one) => /^expires=/i.test(one)) ?? ''
			);
			const isOver = expires !== null && Date.parse(expires[1] ?? '') <= Date.now();
			if (isOver || attributes.some((one) => /^max-age=0$/i.test(one))) jar.delete(name);
			else jar.set(name, value.join('='));
		}
		const location = response.headers.get('location');
		return {
			status: response.status,
			location: location === null ? undefined : new URL(location, url).href,
			text: await response.text()
		};
	}

	return {
		cookies,
		get: (url) => send(url, {}),
		post: (url, fields = {}) =>
			send(url, {
				method: 'POST',
				body: new URLSearchParams(fields),
				headers: { origin: new URL(url).origin }
			})
	};
}
