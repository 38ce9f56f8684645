import { describe, expect, it } from 'vitest';
import { nextStep } from '../../shared/quotes/quote-chain.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { eventOfStep, stepParts } from '../../shared/quotes/quote-step.ts';
import { MOST_SCAN_BYTES, readScan, type ScanType } from '../../shared/quotes/scan.ts';
import { Dice } from '../support/dice.ts';
import { WHOLE_SCANS } from '../support/scans.ts';

const text = (words: string) => new TextEncoder().encode(words);

describe('scans', () => {
  it.each(Object.keys(WHOLE_SCANS) as ScanType[])('[INPUT-1] %s is told by its bytes', (type) => {
    expect(readScan(WHOLE_SCANS[type])).toEqual({ type });
  });

  it.each(Object.keys(WHOLE_SCANS) as ScanType[])(
    '[INPUT-1] %s that was cut off is refused, wherever',
    (type) => {
      const whole = WHOLE_SCANS[type];
      for (let length = 0; length < whole.length; length += 1) {
        expect(readScan(whole.slice(0, length)), `${length} bytes`).toHaveProperty('fault');
      }
    },
  );

  it('[INPUT-1] [INPUT-2] pages, programs and pictures that can hold programs are no scans', () => {
    const others = [
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      '<!doctype html><script>alert(1)</script>',
      '\u0000\u0000%PDF-1.7 %%EOF',
      'GIF89a',
      'MZ',
      'PK\u0003\u0004',
      '%!PS-Adobe',
    ];
    for (const other of others) expect(readScan(text(other)), other).toEqual({ fault: 'not-a-scan' });
    expect(readScan(new Uint8Array())).toEqual({ fault: 'empty' });
  });

  it('[INPUT-1] a file made of endlessly many empty pieces is no scan, and is not followed to its end', () => {
    const png = (chunks: number) => {
      const whole = WHOLE_SCANS['image/png'];
      const empty = new Uint8Array(chunks * 12);
      for (let at = 0; at < chunks; at += 1) empty.set(text('tEXt'), at * 12 + 4);
      return Buffer.concat([whole.slice(0, 8), empty, whole.slice(8)]);
    };
    expect(readScan(png(1_000))).toEqual({ type: 'image/png' });
    expect(readScan(png(110_000))).toEqual({ fault: 'cut-off' });
  });

  it('[INPUT-1] one byte too many is too large, whatever it is', () => {
    expect(readScan(new Uint8Array(MOST_SCAN_BYTES + 1))).toEqual({ fault: 'too-large' });
  });

  it('[INPUT-1] any bytes behind any beginning are read to an end, quickly', () => {
    const dice = new Dice(20261128);
    for (let round = 0; round < 2_000; round += 1) {
      const type = dice.pick(Object.keys(WHOLE_SCANS) as ScanType[]);
      const bytes = WHOLE_SCANS[type].slice();
      for (let change = 0; change < 4; change += 1) bytes[dice.roll(bytes.length)] = dice.roll(256);
      readScan(bytes);
    }
    const zeros = new Uint8Array(MOST_SCAN_BYTES);
    for (const whole of Object.values(WHOLE_SCANS)) {
      zeros.fill(0xff);
      zeros.set(whole.slice(0, 12));
      const took = [1, 2, 3].map(() => {
        const from = performance.now();
        readScan(zeros);
        return performance.now() - from;
      });
      // of several, since others may have the processor meanwhile
      expect(Math.min(...took)).toBeLessThan(100);
    }
  });
});

describe('a scan in the chain', () => {
  const scan = { name: 'sheet.pdf', type: 'application/pdf', size: 9, hash: 'a'.repeat(64) } as const;
  const event: QuoteEvent = {
    ...{ kind: 'confirmed', at: 1, by: { who: 'member', id: 'm' }, ask: 'a' },
    evidence: { how: 'paper', note: 'The blue folder', scan },
  };

  it('[QUOTE-6] is read back as it was written, and its hash stands there salted', () => {
    const { step, words } = stepParts(event);
    const made = nextStep(
      null,
      { ...step, quoteId: 'q' },
      words.map((part) => ({ ...part, salt: '0'.repeat(64) })),
    );
    expect(made.detail).not.toContain(scan.hash);
    expect(made.words.scan).toMatch(/^[0-9a-f]{64}$/);
    expect(made.words.scan).not.toBe(scan.hash);
    expect(eventOfStep(made, words)).toEqual(event);
  });

  it('[ERASE-1] once it is erased, the step says that there was one, and nothing of it', () => {
    const { step, words } = stepParts(event);
    const made = nextStep(
      null,
      { ...step, quoteId: 'q' },
      words.map((part) => ({ ...part, salt: '0'.repeat(64) })),
    );
    const kept = words.filter(({ part }) => part !== 'scan');
    expect(eventOfStep(made, kept)).toMatchObject({ evidence: { scan: null, note: 'The blue folder' } });
  });
});
