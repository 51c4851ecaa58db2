/** The optional peer need not be installed for types to be checked. */
declare module '@node-rs/argon2' {
	export const hashRaw: import('./argon2.js').Argon2Peer['hashRaw'];
}
