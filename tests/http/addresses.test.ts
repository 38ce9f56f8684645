import { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { addressBlock, addressOf, limitKey } from '../../server/http/addresses.ts';

function from(remoteAddress: string, forwarded?: string): IncomingMessage {
  const request = new IncomingMessage({ remoteAddress } as Socket);
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded;
  return request;
}

describe('where a request comes from', () => {
  it('[WEB-1] a proxy on the same machine is believed, and nobody else', () => {
    expect(addressOf(from('203.0.113.7'))).toBe('203.0.113.7');
    expect(addressOf(from('203.0.113.7', '198.51.100.1'))).toBe('203.0.113.7');
    expect(addressOf(from('127.0.0.1', '198.51.100.1'))).toBe('198.51.100.1');
    expect(addressOf(from('::1', 'spoofed, 10.0.0.9, 198.51.100.1'))).toBe('198.51.100.1');
    expect(addressOf(from('::ffff:127.0.0.1', '198.51.100.1, 127.0.0.1'))).toBe('198.51.100.1');
    expect(addressOf(from('127.0.0.1', 'not an address'))).toBe('127.0.0.1');
    expect(addressOf(from('127.0.0.1'))).toBe('127.0.0.1');
    expect(addressOf(new IncomingMessage({} as Socket))).toBe('');
  });

  it('[AUDIT-1] of an address the network is kept, and never the whole', () => {
    for (const [address, block] of [
      ['192.0.2.77', '192.0.2.0/24'],
      ['::ffff:192.0.2.77', '192.0.2.0/24'],
      ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
      ['2001:DB8::1', '2001:db8:0::/48'],
      ['fe80::1%eth0', 'fe80:0:0::/48'],
      ['::1', '::1/128'],
      ['127.0.0.1', '127.0.0.0/8'],
      ['', ''],
      ['somewhere', ''],
    ] as const) {
      expect(addressBlock(address), address).toBe(block);
    }
  });

  it('[WEB-1] limits count a household of IPv6 as one, and addresses of IPv4 apart', () => {
    expect(limitKey('2001:db8:1:2a00::1')).toBe(limitKey('2001:db8:1:2aff:ffff::9'));
    expect(limitKey('2001:db8:1:2a00::1')).not.toBe(limitKey('2001:db8:1:2b00::1'));
    expect(limitKey('2001:db8::1')).not.toBe(limitKey('2001:db9::1'));
    expect(limitKey('192.0.2.1')).not.toBe(limitKey('192.0.2.2'));
    expect(limitKey('::ffff:192.0.2.1')).toBe(limitKey('192.0.2.1'));
  });
});
