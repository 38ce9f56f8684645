import type { ScanType } from '../../shared/quotes/scan.ts';

const text = (words: string): number[] => [...new TextEncoder().encode(words)];

/** The smallest file of each kind that is whole, as far as anybody looks: no picture is in it. */
export const WHOLE_SCANS: Readonly<Record<ScanType, Uint8Array>> = {
  'image/jpeg': Uint8Array.from([
    ...[0xff, 0xd8, 0xff, 0xe1, 0, 6, 0xff, 0xd9, 1, 2],
    ...[0xff, 0xff, 0xda, 0, 4, 1, 2, 9, 0xff, 0, 7, 0xff, 0xd9],
  ]),
  'image/png': Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...[0, 0, 0, 2, ...text('IHDR'), 1, 2, 0, 0, 0, 0],
    ...[0, 0, 0, 0, ...text('IEND'), 0xae, 0x42, 0x60, 0x82],
  ]),
  'image/webp': Uint8Array.from([...text('RIFF'), 8, 0, 0, 0, ...text('WEBPVP8 ')]),
  'image/heic': Uint8Array.from([
    ...[0, 0, 0, 16, ...text('ftypheic'), 0, 0, 0, 0],
    ...[0, 0, 0, 12, ...text('mdat'), 1, 2, 3, 4],
  ]),
  'application/pdf': Uint8Array.from(text('%PDF-1.7\n% Signed by hand\n%%EOF')),
};
