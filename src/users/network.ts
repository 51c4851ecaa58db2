/** What an IP address says about who is calling. */
import { BlockList, isIP, isIPv4 } from 'node:net';

export interface Network {
	/** The IPv4 address, or the /64 of an IPv6 address, which is what one household gets. */
	name: string;
	/** False where an address cannot tell callers apart: private, loopback, or not an address. */
	distinct: boolean;
}

/** Takes what SvelteKit's `getClientAddress` gave; `null` when it gave nothing. */
export function networkOf(address: string | null): Network {
	const ip = address?.replace(/%.*$/, '') ?? '';
	if (isIP(ip) === 0) return { name: 'unknown', distinct: false };
	if (isIPv4(ip)) return fromIPv4(ip);
	const groups = groupsOf(ip);
	const mapped = ipv4In(groups);
	if (mapped !== null) return fromIPv4(mapped);
	return {
		name: `${groups.slice(0, 4).join(':')}::/64`,
		distinct: !PRIVATE.check(ip, 'ipv6')
	};
}

const fromIPv4 = (ip: string): Network => ({ name: ip, distinct: !PRIVATE.check(ip, 'ipv4') });

/** RFC 1918, RFC 6598, RFC 4193, link-local and loopback: what a reverse proxy looks like. */
const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8, 'ipv4');
PRIVATE.addSubnet('172.16.0.0', 12, 'ipv4');
PRIVATE.addSubnet('192.168.0.0', 16, 'ipv4');
PRIVATE.addSubnet('127.0.0.0', 8, 'ipv4');
PRIVATE.addSubnet('169.254.0.0', 16, 'ipv4');
PRIVATE.addSubnet('100.64.0.0', 10, 'ipv4');
PRIVATE.addAddress('::1', 'ipv6');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');

/** The eight groups of an IPv6 address in hex, spelled one way (RFC 5952, without `::`). */
function groupsOf(ip: string): string[] {
	const compressed = new URL(`http://[${ip}]`).hostname.slice(1, -1);
	const [head = [], tail = []] = compressed
		.split('::')
		.map((half) => half.split(':').filter(Boolean));
	return [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
}

/** The IPv4 address inside `::ffff:a.b.c.d` (RFC 4291, 2.5.5.2). */
function ipv4In(groups: readonly string[]): string | null {
	if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return null;
	return groups
		.slice(6)
		.map((group) => Number.parseInt(group, 16))
		.flatMap((group) => [group >> 8, group & 0xff])
		.join('.');
}
