/** Asks a server for its page, over and over, on several connections at once. */
import { Agent, get } from 'node:http';

const CONNECTIONS = 8;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

export interface Driven {
	/** How long each request took, from the first byte sent to the last received. */
	microseconds: number[];
	/** Requests in a second. */
	rate: number;
}

interface Options {
	requests: number;
	/** Of somebody signed in, another each time. */
	token(): string;
	/** What every page says; anything else ends the benchmark. */
	expected: string;
}

export async function drive(url: string, { requests, token, expected }: Options): Promise<Driven> {
	const microseconds: number[] = [];
	let left = requests;
	async function connection(): Promise<void> {
		while (left > 0) {
			left -= 1;
			const cookie = `guardian.session=${token()}`;
			const start = process.hrtime.bigint();
			const page = await ask(url, cookie);
			microseconds.push(Number(process.hrtime.bigint() - start) / 1000);
			if (!page.includes(expected)) throw new Error(`${url} answered:\n${page}`);
		}
	}
	const start = performance.now();
	await Promise.all(Array.from({ length: CONNECTIONS }, connection));
	return { microseconds, rate: (requests * 1000) / (performance.now() - start) };
}

function ask(url: string, cookie: string): Promise<string> {
	return new Promise((resolve, reject) => {
		get(url, { agent, headers: { cookie } }, (response) => {
			let page = '';
			response.setEncoding('utf8');
			response.on('data', (text: string) => (page += text));
			response.on('end', () => resolve(page));
			response.on('error', reject);
		}).on('error', reject);
	});
}
