import { describe, expect, it } from 'vitest';
import { typstTypesetter } from '../../server/adapters/typst/typesetter.ts';
import { CannotTypesetError } from '../../server/ports/typesetter.ts';
import type { CertificateWords } from '../../shared/quotes/certificate.ts';
import { CERTIFICATE_SOURCE } from '../../shared/quotes/certificate-source.ts';
import { HandClock } from '../support/clock.ts';

const typesetter = typstTypesetter(new HandClock());

const words = (wording: string): CertificateWords => ({
  ...{ title: 'Certificate of a quote', place: 'A study · A case', wording, who: 'Ada Bell, Head' },
  facts: [['Said', 'In an interview']],
  done: 'What was done with it',
  steps: [
    { at: '2 November 2026 at 09:00', line: wording, scan: '' },
    { at: '2 November 2026 at 09:01', line: 'Confirmed', scan: wording },
  ],
  foot: wording,
});

const text = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1');

describe('PDF files', () => {
  it('are tagged for who hears them, in English, with a title', async () => {
    const pdf = text(await typesetter.pdf(CERTIFICATE_SOURCE, words('It worked.')));
    expect(pdf).toMatch(/^%PDF-/);
    expect(pdf).toContain('/StructTreeRoot');
    expect(pdf).toMatch(/pdfuaid:part/);
    expect(pdf).toContain('Certificate of a quote');
  });

  it('[INPUT-2] what people wrote is read as it is, whatever it looks like to a typesetter', async () => {
    const plain = await typesetter.pdf(CERTIFICATE_SOURCE, words('x'));
    const hostile = [
      '#panic("read")',
      '#read("/etc/passwd")',
      '#include "/etc/passwd"',
      '#import "@preview/x:0.1.0": *',
      '#while true {}',
      '$x^2$ *bold* _it_ = Heading <label> @ref \\ `raw` // gone /* gone */',
      '"]) #panic() \\u{41}',
      '\u202eturned\u202c',
    ];
    for (const wording of hostile) {
      const pdf = await typesetter.pdf(CERTIFICATE_SOURCE, words(wording));
      expect(text(pdf), wording).toMatch(/^%PDF-/);
      expect(text(pdf), wording).not.toContain('root:');
      expect(pdf.length, wording).toBeGreaterThan(plain.length / 2);
    }
  });

  it('[INPUT-1] says so where no font has the letters, and goes on', async () => {
    const failed = typesetter.pdf(CERTIFICATE_SOURCE, words('你好'));
    await expect(failed).rejects.toThrow(CannotTypesetError);
    await expect(failed).rejects.toMatchObject({ why: 'no-font' });
    expect(text(await typesetter.pdf(CERTIFICATE_SOURCE, words('Again.')))).toMatch(/^%PDF-/);
  });

  it('[INPUT-1] what never ends is ended', async () => {
    const clock = new HandClock();
    const endless = typstTypesetter(clock).pdf('#let f(n) = f(n + 1) \n #while true { }', {});
    const outcome = endless.then(
      () => 'made',
      (error: CannotTypesetError) => error.why,
    );
    // the thread of a native compiler is ended by the deadline or by the compiler's own bound on loops
    await Promise.resolve();
    clock.advance(10_001);
    expect(await outcome).toBe('failed');
  });
});
