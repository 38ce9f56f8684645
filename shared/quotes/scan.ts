/** Scans of answers on paper: one picture or PDF, told by its bytes and by nothing that its sender says. */

/** The most that a scan may have, in bytes. */
export const MOST_SCAN_BYTES = 10 * 1024 * 1024;

export const SCAN_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf'] as const;
export type ScanType = (typeof SCAN_TYPES)[number];

/** A scan as a step tells of it; its content is kept apart, under its hash. */
export interface Scan {
  /** Of the file, as its sender called it. */
  readonly name: string;
  readonly type: ScanType;
  /** In bytes. */
  readonly size: number;
  /** SHA-256 of its content, 64 hexadecimal digits in lower case. */
  readonly hash: string;
}

export type ScanFault = 'empty' | 'too-large' | 'not-a-scan' | 'cut-off';

export const SCAN_FAULT_WORDS: Readonly<Record<ScanFault, string>> = {
  empty: 'This file is empty.',
  'too-large': 'This file is larger than 10 MB. Take a smaller picture, or scan it with less detail.',
  'not-a-scan': 'This is no picture (JPEG, PNG, WebP or HEIC) and no PDF.',
  'cut-off': 'This file ends too early: it was cut off, or is damaged. Take the picture or the scan again.',
};

export const SCAN_ENDINGS: Readonly<Record<ScanType, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'image/heic': '.heic',
  'application/pdf': '.pdf',
};

/** @returns of what kind content is, or what is wrong with it; nothing in it is decoded */
export function readScan(content: Uint8Array): { readonly type: ScanType } | { readonly fault: ScanFault } {
  if (content.length === 0) return { fault: 'empty' };
  if (content.length > MOST_SCAN_BYTES) return { fault: 'too-large' };
  const type = typeOf(content);
  if (type === null) return { fault: 'not-a-scan' };
  return IS_WHOLE[type](content) ? { type } : { fault: 'cut-off' };
}

/** Brands by which HEIF files with a HEVC picture begin (ISO/IEC 23008-12, annex B). */
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'mif1'];

function typeOf(content: Uint8Array): ScanType | null {
  if (startsWith(content, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (startsWith(content, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (saysAt(content, 0, 'RIFF') && saysAt(content, 8, 'WEBP')) return 'image/webp';
  if (ascii(content, 4, 4) === 'ftyp' && HEIC_BRANDS.includes(ascii(content, 8, 4))) return 'image/heic';
  if (saysAt(content, 0, '%PDF-')) return 'application/pdf';
  return null;
}

/** More segments, chunks or boxes than any camera or scanner writes: a file made of them is no scan. */
const MOST_PIECES = 100_000;

const IS_WHOLE: Readonly<Record<ScanType, (content: Uint8Array) => boolean>> = {
  'image/jpeg': isWholeJpeg,
  'image/png': isWholePng,
  // the size that it says does not count its first eight bytes
  'image/webp': (content) => 8 + little(content, 4) <= content.length,
  'image/heic': isWholeHeic,
  // readers look for it in the last kilobyte (ISO 32000-1, annex H.3.4.4)
  'application/pdf': (content) => ascii(content, Math.max(0, content.length - 1024), 1024).includes('%%EOF'),
};

/** Segments up to the picture, and an end behind it; phones put films and larger pictures after that. */
function isWholeJpeg(content: Uint8Array): boolean {
  let at = 2;
  let segments = 0;
  while (segments < MOST_PIECES && at + 4 <= content.length && content[at] === 0xff) {
    const marker = content[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = big16(content, at + 2);
    if (length < 2) return false;
    at += 2 + length;
    segments += 1;
    if (marker === 0xda) return hasJpegEnd(content, at);
  }
  return false;
}

/** Within a picture 0xFF is followed by 0, so that this is its end and nothing else. */
function hasJpegEnd(content: Uint8Array, from: number): boolean {
  for (let at = from; at + 1 < content.length; at += 1) {
    if (content[at] === 0xff && content[at + 1] === 0xd9) return true;
  }
  return false;
}

function isWholePng(content: Uint8Array): boolean {
  let at = 8;
  for (let chunks = 0; chunks < MOST_PIECES && at + 12 <= content.length; chunks += 1) {
    const end = at + 12 + big32(content, at);
    if (saysAt(content, at + 4, 'IEND')) return end <= content.length;
    at = end;
  }
  return false;
}

function isWholeHeic(content: Uint8Array): boolean {
  let hasPicture = false;
  let at = 0;
  for (let boxes = 0; at < content.length; boxes += 1) {
    if (boxes === MOST_PIECES || at + 8 > content.length) return false;
    hasPicture ||= saysAt(content, at + 4, 'mdat');
    const said = big32(content, at);
    // 0: up to the end; 1: its length stands in the eight bytes behind
    const length = said === 0 ? content.length - at : said === 1 ? big64(content, at + 8) : said;
    if (length < 8 || at + length > content.length) return false;
    at += length;
  }
  return hasPicture;
}

function startsWith(content: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, at) => content[at] === byte);
}

/** @param word in ASCII */
function saysAt(content: Uint8Array, at: number, word: string): boolean {
  for (let letter = 0; letter < word.length; letter += 1) {
    if (content[at + letter] !== word.charCodeAt(letter)) return false;
  }
  return true;
}

function ascii(content: Uint8Array, at: number, length: number): string {
  return Array.from(content.subarray(at, at + length), (byte) => String.fromCharCode(byte)).join('');
}

function big16(content: Uint8Array, at: number): number {
  return (content[at] ?? 0) * 0x100 + (content[at + 1] ?? 0);
}

function big32(content: Uint8Array, at: number): number {
  return big16(content, at) * 0x10000 + big16(content, at + 2);
}

function big64(content: Uint8Array, at: number): number {
  return big32(content, at) * 0x1_0000_0000 + big32(content, at + 4);
}

function little(content: Uint8Array, at: number): number {
  return (
    (content[at] ?? 0) +
    (content[at + 1] ?? 0) * 0x100 +
    (content[at + 2] ?? 0) * 0x10000 +
    (content[at + 3] ?? 0) * 0x1_000000
  );
}

/** @returns how large a file is, as people say it */
export function sizeWords(bytes: number): string {
  const kilobytes = bytes / 1024;
  if (kilobytes < 1) return `${bytes} bytes`;
  return kilobytes < 1000 ? `${Math.round(kilobytes)} kB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
