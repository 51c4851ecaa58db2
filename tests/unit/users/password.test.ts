import * as nodeCrypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { GuardianError } from '../../../src/errors.js';
import { loadArgon2id, type Argon2Peer, type Argon2id } from '../../../src/users/argon2.js';
import { createPasswordHasher } from '../../../src/users/password.js';

/** Of the reference implementation's own tests: "password", "somesalt", 64 MiB, 2 passes, 1 lane. */
const KNOWN =
	'$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';

/** A hasher on real argon2id that writes down what it logs and what work it does. */
function watchedHasher() {
	const logged: string[] = [];
	const work: object[] = [];
	const load = async (): Promise<Argon2id> => {
		const argon2id = await loadArgon2id();
		return (message, salt, tagLength, cost) => {
			work.push({ saltLength: salt.byteLength, tagLength, ...cost });
			return argon2id(message, salt, tagLength, cost);
		};
	};
	return {
		logged,
		work,
		...createPasswordHasher({ log: (message) => logged.push(message), load })
	};
}

const hasher = createPasswordHasher({ log: () => {} });

describe('a password hash', () => {
	test('opens to its password only', async () => {
		const hash = await hasher.hash('correct horse');
		expect(await hasher.verify(hash, 'correct horse')).toBe(true);
		expect(await hasher.verify(hash, 'Correct horse')).toBe(false);
		expect(await hasher.verify(hash, 'correct horse ')).toBe(false);
		expect(await hasher.verify(hash, '')).toBe(false);
	});

	test('is a PHC string of 19 MiB, 2 passes, 1 lane, with a 16 byte salt and a 32 byte tag', async () => {
		expect(await hasher.hash('correct horse')).toMatch(
			/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/
		);
	});

	test('is salted: the same password never hashes to the same string', async () => {
		expect(await hasher.hash('correct horse')).not.toBe(await hasher.hash('correct horse'));
	});

	test('counts every byte of the longest password there may be', async () => {
		const hash = await hasher.hash('🦊'.repeat(256));
		expect(await hasher.verify(hash, '🦊'.repeat(256))).toBe(true);
		expect(await hasher.verify(hash, `${'🦊'.repeat(255)}🐙`)).toBe(false);
	});

	test('made elsewhere, at another cost, is verified at that cost', async () => {
		expect(await hasher.verify(KNOWN, 'password')).toBe(true);
		expect(await hasher.verify(KNOWN, 'Password')).toBe(false);
	});
});

describe('a stored hash that cannot be used', () => {
	test.each([
		['an empty string', ''],
		['plain text', 'password'],
		['bcrypt', '$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'],
		['argon2i', KNOWN.replace('argon2id', 'argon2i')],
		['an old argon2 version', KNOWN.replace('v=19', 'v=16')],
		['4 GiB of memory', KNOWN.replace('m=65536', 'm=4194304')],
		['no memory', KNOWN.replace('m=65536', 'm=0')],
		['99 passes', KNOWN.replace('t=2', 't=99')],
		['no pass', KNOWN.replace('t=2', 't=0')],
		['99 lanes', KNOWN.replace('p=1', 'p=99')],
		['a salt of two bytes', KNOWN.replace('c29tZXNhbHQ', 'c28')],
		['a tag of one byte', KNOWN.replace(/[^$]+$/, 'CQ')],
		['no tag', KNOWN.replace(/\$[^$]+$/, '')],
		['padding', `${KNOWN}=`],
		['a line break', `${KNOWN}\n`]
	])('(%s) opens to nothing, is reported, and costs what any sign-in costs', async (_, hash) => {
		const watched = watchedHasher();
		expect(await watched.verify(hash, 'password')).toBe(false);
		expect(watched.logged).toEqual([
			'A stored password hash is not argon2id, or its cost is out of bounds.'
		]);
		expect(watched.work).toEqual([
			{ saltLength: 16, tagLength: 32, memory: 19456, passes: 2, parallelism: 1 }
		]);
	});
});

describe('an unknown user', () => {
	test('gets the answer of a wrong password, after the same work', async () => {
		const watched = watchedHasher();
		const hash = await watched.hash('correct horse');
		const [hashing] = watched.work.splice(0);

		expect(await watched.verify(hash, 'wrong')).toBe(false);
		const [wrongPassword, ...more] = watched.work.splice(0);
		expect(await watched.verify(null, 'wrong')).toBe(false);
		expect(watched.work).toEqual([wrongPassword]);

		expect(more).toEqual([]);
		expect(hashing).toEqual(wrongPassword);
		expect(watched.logged).toEqual([]);
	});
});

describe('what nobody could have set', () => {
	test('is refused even if argon2id gave just the bytes that stand in for a hash', async () => {
		const { verify } = createPasswordHasher({
			log: () => {},
			load: async () => async (_message, _salt, tagLength) => new Uint8Array(tagLength)
		});
		expect(await verify(null, 'anything')).toBe(false);
		expect(await verify('not a hash', 'anything')).toBe(false);
	});
});

describe('many at once', () => {
	test('newcomers never make it more than two at a time', async () => {
		const ends: (() => void)[] = [];
		const { hash } = createPasswordHasher({
			log: () => {},
			load: async () => async (_message, _salt, tagLength) => {
				await new Promise<void>((resolve) => ends.push(resolve));
				return new Uint8Array(tagLength);
			}
		});
		const settled = () => new Promise((resolve) => setImmediate(resolve));
		const hashes = [hash('a'), hash('b'), hash('c')];
		await settled();
		expect(ends).toHaveLength(2);

		ends[0]?.();
		await hashes[0];
		hashes.push(hash('newcomer'));
		await settled();
		expect(ends).toHaveLength(3);

		for (let index = 1; index < 4; index++) {
			ends[index]?.();
			await settled();
		}
		expect(await Promise.all(hashes)).toHaveLength(4);
	});

	test('34 of 100 are served, two at a time; the rest are told "busy" before any work', async () => {
		const argon2id = await loadArgon2id();
		let running = 0;
		let most = 0;
		let runs = 0;
		const { verify } = createPasswordHasher({
			log: () => {},
			load: async () => async (message, salt, tagLength, cost) => {
				runs++;
				most = Math.max(most, ++running);
				try {
					return await argon2id(message, salt, tagLength, cost);
				} finally {
					running--;
				}
			}
		});
		const hash = await hasher.hash('correct horse');

		const results = await Promise.allSettled(
			Array.from({ length: 100 }, () => verify(hash, 'correct horse'))
		);

		expect(results.slice(0, 34)).toEqual(
			Array.from({ length: 34 }, () => ({ status: 'fulfilled', value: true }))
		);
		expect(results.slice(34)).toEqual(
			Array.from({ length: 66 }, () => ({
				status: 'rejected',
				reason: expect.objectContaining({ name: 'GuardianError', code: 'busy' })
			}))
		);
		expect({ most, runs }).toEqual({ most: 2, runs: 34 });
		expect(await verify(hash, 'correct horse')).toBe(true);
	});

	test('a failing run gives its place back', async () => {
		let failures = 3;
		const { hash } = createPasswordHasher({
			log: () => {},
			load: async () => async (_message, _salt, tagLength) => {
				if (failures-- > 0) throw new Error('out of memory');
				return new Uint8Array(tagLength);
			}
		});
		for (let i = 0; i < 3; i++) await expect(hash('x')).rejects.toThrow('out of memory');
		expect(await Promise.all([hash('x'), hash('x'), hash('x')])).toHaveLength(3);
	});
});

describe('where argon2id comes from', () => {
	/** Answers as @node-rs/argon2 does, with the options of its documentation. */
	const peer: Argon2Peer = {
		hashRaw: async (message, { salt, outputLen, memoryCost, timeCost, parallelism }) =>
			nodeCrypto.argon2Sync('argon2id', {
				message,
				nonce: salt,
				tagLength: outputLen,
				memory: memoryCost,
				passes: timeCost,
				parallelism
			})
	};
	const missing = async (): Promise<Argon2Peer> => {
		throw Object.assign(new Error("Cannot find package '@node-rs/argon2'"), {
			code: 'ERR_MODULE_NOT_FOUND'
		});
	};

	test('is Node itself where Node has it; the peer is not looked for', async () => {
		const { verify } = createPasswordHasher({
			log: () => {},
			load: () => loadArgon2id(nodeCrypto, missing)
		});
		expect(await verify(KNOWN, 'password')).toBe(true);
	});

	test('is the optional peer where Node has none', async () => {
		const { verify } = createPasswordHasher({
			log: () => {},
			load: () => loadArgon2id({}, async () => peer)
		});
		expect(await verify(KNOWN, 'password')).toBe(true);
		expect(await verify(KNOWN, 'Password')).toBe(false);
	});

	test('is named, with the command to run, where there is neither', async () => {
		const { hash, verify } = createPasswordHasher({
			log: () => {},
			load: () => loadArgon2id({}, missing)
		});
		for (const use of [hash('correct horse'), verify(null, 'correct horse')]) {
			const error: unknown = await use.catch((reason: unknown) => reason);
			expect(error).toBeInstanceOf(GuardianError);
			expect(error).toMatchObject({
				code: 'invalid_config',
				message: expect.stringContaining('Run `npm install @node-rs/argon2`'),
				cause: expect.objectContaining({ code: 'ERR_MODULE_NOT_FOUND' })
			});
		}
	});

	test('is looked for when the first password comes, and then once', async () => {
		let loads = 0;
		const { hash } = createPasswordHasher({
			log: () => {},
			load: async () => {
				loads++;
				return loadArgon2id();
			}
		});
		expect(loads).toBe(0);
		await Promise.all([hash('one'), hash('two'), hash('three')]);
		expect(loads).toBe(1);
	});
});
