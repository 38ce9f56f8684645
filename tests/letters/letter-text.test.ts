import { describe, expect, it } from 'vitest';
import { letterWords } from '../../shared/api/letters.ts';
import {
  invitationDraft,
  letterText,
  linkPart,
  oneLine,
  SUBJECT_LIMIT,
  senderName,
  TEXT_LIMIT,
} from '../../shared/letters/letter-text.ts';

const PART = 'THE LINK';

describe('the text of a letter', () => {
  it('has the link where its writer put it', () => {
    expect(letterText('Hello,\n\n[link]\n\nRuth', PART)).toBe('Hello,\n\nTHE LINK\n\nRuth\n');
    expect(letterText('Look at [link], please', PART)).toBe('Look at\n\nTHE LINK\n\n, please\n');
  });

  it('has it at the end where its writer took it out, and once where it stands twice', () => {
    expect(letterText('Hello, Ruth', PART)).toBe('Hello, Ruth\n\nTHE LINK\n');
    expect(letterText('[link]\nagain [link]', PART)).toBe('THE LINK\n\nagain\n');
  });

  it('says until when the link works, by the day at the school', () => {
    const until = Date.parse('2026-03-01T23:30:00Z');
    const part = (zone: string) => linkPart({ url: 'https://x.example/enter#t', until, zone });
    expect(part('Europe/London')).toContain('It works until 1 March 2026.');
    expect(part('Asia/Kolkata')).toContain('It works until 2 March 2026.');
    expect(part('Europe/London').split('\n')[1]).toBe('https://x.example/enter#t');
  });

  it('is proposed with whom it is to, what about, and from whom, and within its bounds', () => {
    const about = { name: 'Derek', sender: 'Ruth Okafor', studyTitle: 'Mentoring', schoolName: 'Larkfield' };
    const draft = invitationDraft(about);
    expect(draft.subject).toBe('About Larkfield: Mentoring');
    expect(draft.text).toMatch(/^Hello Derek,/);
    expect(draft.text).toMatch(/Ruth Okafor$/);
    expect(draft.text).toContain('\n[link]\n');
    const long = invitationDraft({ ...about, studyTitle: 'x'.repeat(300), schoolName: 'y'.repeat(300) });
    expect(letterWords.safeParse(long).success).toBe(true);
  });

  it('[INPUT-1] is bounded, and its subject is one line', () => {
    const takes = (subject: string, text: string) => letterWords.safeParse({ subject, text }).success;
    expect(takes('s'.repeat(SUBJECT_LIMIT), 't'.repeat(TEXT_LIMIT))).toBe(true);
    expect(takes('s'.repeat(SUBJECT_LIMIT + 1), 't')).toBe(false);
    expect(takes('s', 't'.repeat(TEXT_LIMIT + 1))).toBe(false);
    expect(takes(' ', 't')).toBe(false);
    expect(takes('s', ' \n')).toBe(false);
    expect(takes('About\r\nBcc: eve@example.org', 't')).toBe(false);
    expect(takes('s', 'a bell \u0007')).toBe(false);
    expect(letterWords.parse({ subject: 's', text: 'one\r\ntwo\ttabbed' }).text).toBe('one\ntwo\ttabbed');
  });

  it('comes from a name on one line', () => {
    expect(senderName('Ruth Okafor', 'Casebook')).toBe('Ruth Okafor via Casebook');
    expect(oneLine('Ruth\r\nBcc: eve@example.org')).toBe('Ruth Bcc: eve@example.org');
    expect(oneLine('a\u202eb\u2028c')).toBe('a b c');
  });
});
