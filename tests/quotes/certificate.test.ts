import { expect, it } from 'vitest';
import { type Certificate, certificateWords } from '../../shared/quotes/certificate.ts';

const CERTIFICATE: Certificate = {
  ...{ studyTitle: 'Mentoring', caseTitle: 'Hillside', wording: 'It is quiet.', speakers: [''] },
  ...{
    how: 'interview',
    saidOn: '2026-03-02',
    source: 'Interview with Joan',
    word: 'confirmed',
    broken: null,
  },
  steps: [
    {
      event: {
        ...{ kind: 'found-fair', at: 0, by: { who: 'member', id: 'ada' }, speaker: 'joan' },
        shown: { use: 'u', wording: 'It is quiet.', context: null, attribution: null },
        reason: 'Joan moved on',
      },
      by: 'Ada',
    },
  ],
  ...{ isNamed: false, nameOf: () => 'the speaker', code: 'c', checkAt: 'here', madeAt: 0, zone: 'UTC' },
};

it('[NAME-1] tells in the words of the team where it was said, and why it is fair, of whoever is named alone', () => {
  expect(JSON.stringify(certificateWords(CERTIFICATE))).not.toContain('Joan');
  const { facts, steps } = certificateWords({ ...CERTIFICATE, isNamed: true });
  expect(facts[0]?.[1]).toContain('Interview with Joan');
  expect(steps[0]?.line).toContain('Joan moved on');
});
