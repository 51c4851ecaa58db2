import { describe, expect, test } from 'vitest';
import { networkOf } from '../../../src/users/network.js';

describe('networkOf names', () => {
	test.each([
		['an IPv4 address', '203.0.113.7', '203.0.113.7'],
		['an IPv4 address as IPv6 sockets show it', '::ffff:203.0.113.7', '203.0.113.7'],
		['the same in hex', '::FFFF:cb00:7107', '203.0.113.7'],
		['the same written out', '0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
		['an IPv6 address by its /64', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
		['a neighbour in that /64', '2001:db8:1:2::ffff', '2001:db8:1:2::/64'],
		['another spelling of it', '2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
		['another /64', '2001:db8:1:3:3:4:5:6', '2001:db8:1:3::/64'],
		['an address with zeros in front', '2001:db8::1', '2001:db8:0:0::/64'],
		['an address with a zone', '2001:db8:1:2::1%eth0', '2001:db8:1:2::/64']
	])('%s', (_, address, name) => {
		expect(networkOf(address)).toEqual({ name, distinct: true });
	});
});

describe('networkOf knows what may be a proxy', () => {
	test.each([
		'10.0.0.1',
		'10.255.255.255',
		'172.16.0.1',
		'172.31.255.255',
		'192.168.1.1',
		'127.0.0.1',
		'127.255.255.254',
		'169.254.1.1',
		'100.64.0.1',
		'100.127.255.255',
		'::ffff:10.0.0.1',
		'::ffff:7f00:1',
		'::1',
		'0:0:0:0:0:0:0:1',
		'fc00::1',
		'fdff:ffff::1',
		'fe80::1',
		'fe80::1%eth0',
		'febf::1'
	])('%s', (address) => {
		expect(networkOf(address).distinct).toBe(false);
	});

	test.each([
		'9.255.255.255',
		'11.0.0.0',
		'172.15.255.255',
		'172.32.0.0',
		'192.167.255.255',
		'192.169.0.0',
		'126.255.255.255',
		'128.0.0.0',
		'169.253.255.255',
		'169.255.0.0',
		'100.63.255.255',
		'100.128.0.0',
		'::2',
		'fbff::1',
		'fe00::1',
		'fec0::1'
	])('and that %s is none', (address) => {
		expect(networkOf(address).distinct).toBe(true);
	});

	test.each([null, '', 'unknown', '203.0.113.7:4711', '203.0.113', '2001:db8::1::2', 'localhost'])(
		'and that %j is no address at all',
		(address) => {
			expect(networkOf(address)).toEqual({ name: 'unknown', distinct: false });
		}
	);
});
