import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * Where a request comes from. A proxy on the same machine is believed about whom
 * it asks for, and nobody else.
 * @returns an IP address; empty where the connection is gone
 */
export function addressOf(request: IncomingMessage): string {
  const told = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  let address = plain(request.socket?.remoteAddress ?? '');
  while (isLoopback(address)) {
    const next = plain(told.pop() ?? '');
    if (isIP(next) === 0) break;
    address = next;
  }
  return address;
}

/**
 * The network that an address belongs to, which is all that is kept of it: a /24
 * of IPv4, a /48 of IPv6 (what a site is given), the machine itself as such.
 * @returns empty for what is no address
 */
export function addressBlock(address: string): string {
  const known = plain(address);
  if (isLoopback(known)) return known.includes(':') ? '::1/128' : '127.0.0.0/8';
  switch (isIP(known)) {
    case 4:
      return `${known.split('.').slice(0, 3).join('.')}.0/24`;
    case 6:
      return `${prefix(known, 3)}::/48`;
    default:
      return '';
  }
}

/**
 * By what limits are counted: an address of IPv4, which may be a whole school's;
 * of IPv6 the /56 of a household, who have addresses without number in it.
 */
export function limitKey(address: string): string {
  const known = plain(address);
  if (isIP(known) !== 6) return known;
  const groups = expand(known);
  const upper = (groups[3] ?? 0) >> 8;
  return `${[...groups.slice(0, 3), upper].map((group) => group.toString(16)).join(':')}/56`;
}

/** IPv4 in IPv6's clothes is IPv4; a zone is of no interest. */
function plain(address: string): string {
  const bare = address.replace(/%.*$/, '').toLowerCase();
  const mapped = /^(?:0*:)*:?ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1];
  return mapped ?? bare;
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

function prefix(address: string, groups: number): string {
  return expand(address)
    .slice(0, groups)
    .map((group) => group.toString(16))
    .join(':');
}

/** @returns the eight groups of an IPv6 address */
function expand(address: string): number[] {
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const hex = dotted
    ? address.slice(0, dotted.index) +
      [1, 3].map((at) => ((Number(dotted[at]) << 8) | Number(dotted[at + 1])).toString(16)).join(':')
    : address;
  const [head = '', tail] = hex.split('::');
  const read = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [first, last] = [read(head), read(tail ?? '')];
  const missing = tail === undefined ? 0 : 8 - first.length - last.length;
  return [...first, ...new Array<number>(Math.max(0, missing)).fill(0), ...last];
}
