import { describe, expect, it } from '@jest/globals';
import { clientAddress } from './client-address.js';

describe('clientAddress', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:192.0.2.7', '192.0.2.7'],
    ['::1', '0000:0000:0000:0000::/64'],
    ['2001:db8:0:a::1', '2001:0db8:0000:000a::/64'],
    ['2001:DB8::A:1:2:3:4', '2001:0db8:0000:000a::/64'],
    ['2001:db8::1', '2001:0db8:0000:0000::/64'],
    ['fe80::1234%eth0', 'fe80:0000:0000:0000::/64'],
    [undefined, ''],
  ])('of %s is %s', (remoteAddress, counted) => {
    expect(clientAddress({ remoteAddress })).toBe(counted);
  });

  it('is one for all addresses of a network that one host can choose from', () => {
    const [a, b] = ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::ffff'].map((remoteAddress) =>
      clientAddress({ remoteAddress }),
    );
    expect(a).toBe(b);
    expect(a).not.toBe(clientAddress({ remoteAddress: '2001:db8:1:3::ffff' }));
  });
});
