import { describe, expect, it } from 'vitest';
import type { WaitingCapture } from '../../client/quotes/capture-outbox.ts';
import {
  isConfirmed,
  isGuarded,
  knownQuotes,
  standingOfUse,
  whoSpeaks,
} from '../../client/quotes/known-quotes.ts';
import type { QuoteRecords, Speaker } from '../../shared/api/quotes.ts';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import { readUses } from '../../shared/document/wording.ts';
import { attributionOf } from '../../shared/quotes/attribution.ts';

const AMAL: Speaker = {
  ...{ id: 's1', schoolId: 'school', name: 'Amal Haddad', role: 'Deputy head', email: '', telephone: '' },
  ...{ address: 'none', age: 'sixteen-or-over', naming: 'role-only', namedAs: 'role-only' },
  ...{ chosen: false, onlyOne: false, isIn: false },
};
const member = { who: 'member', id: 'm1' } as const;
const words = (at: number) => `we tried the ${at}th lesson twice before anybody was told`;

function paragraph(at: number, wording: string): ProseMirrorJson {
  const mark = { type: 'quote', attrs: { quote: `q${at}`, use: `u${at}` } };
  return {
    type: 'paragraph',
    content: [
      { type: 'text', text: 'They started small, and nobody noticed much of it. She said: ' },
      { type: 'text', text: wording, marks: [mark] },
      { type: 'text', text: `. ${'That surprised the team, which had planned otherwise. '.repeat(8)}` },
    ],
  };
}

const text = (count: number, wording = words): ProseMirrorJson => ({
  type: 'doc',
  content: Array.from({ length: count }, (_, at) => paragraph(at, wording(at))),
});

/** Each confirmed as it stands in `text`. */
function records(count: number): QuoteRecords {
  const uses = readUses(text(count), { heldBack: 'all' });
  return {
    schools: [{ id: 'school', name: 'Marlow Bridge' }],
    speakers: [AMAL],
    waitingAsks: [],
    quotes: uses.map(({ quote, use, wording, context }) => ({
      id: quote,
      blockId: 'b1',
      captured: wording,
      events: [
        { at: 1, by: member, kind: 'captured', speakers: ['s1'] },
        { at: 2, by: member, kind: 'checked', wording },
        {
          ...{ at: 3, by: member, kind: 'sent', ask: `k-${quote}`, speaker: 's1', way: 'link', lapsesAt: 99 },
          shown: { use, wording, context, attribution: attributionOf(AMAL) },
        },
        { at: 4, by: { who: 'speaker', id: 's1' }, kind: 'confirmed', ask: `k-${quote}` },
      ],
    })),
  };
}

const WAITING: WaitingCapture = {
  at: 1,
  refused: null,
  speakers: [
    {
      ...{ id: 's9', schoolId: 'school', name: 'Ben Okri', role: '', email: '', telephone: '' },
      ...{ address: 'none', age: 'not-known', naming: 'anonymous', namedAs: 'anonymous' },
    },
  ],
  quote: {
    ...{ id: 'q0', blockId: 'b1', use: 'u0', speakerIds: ['s9'], turns: [], how: 'interview', saidOn: null },
    ...{ source: '', wording: words(0), original: '', language: '', translated: false, checked: true },
  },
};

describe('how quotes stand on a page', () => {
  it('[QUOTE-2] follows its own text: one word makes it void, and the old word confirms it again', () => {
    const known = knownQuotes(records(1), []);
    const stands = (wording: string) => {
      const [use] = readUses(
        text(1, () => wording),
        { heldBack: 'all' },
      );
      if (!use) throw new Error('it stands there');
      return standingOfUse(known, 'b1', use);
    };
    expect(stands(words(0))).toMatchObject({ word: 'confirmed', standings: [{ standing: 'verified' }] });
    expect(isGuarded(stands(words(0)))).toBe(true);
    expect(isConfirmed(stands(words(0)))).toBe(true);
    const asked = { ...stands(words(0)), standings: [{ speakerId: 's1', standing: 'sent' as const }] };
    expect([isGuarded(asked), isConfirmed(asked)]).toEqual([true, false]);
    expect(stands(words(0).replace('twice', 'once'))).toMatchObject({ word: 'needs-you' });
    expect(isGuarded(stands(words(0).replace('twice', 'once')))).toBe(false);
    expect(whoSpeaks(known, 'q0')).toBe('Amal Haddad');
  });

  it('counts what waits on this device, and asks who said it where nobody knows', () => {
    const [use] = readUses(text(1), { heldBack: 'all' });
    if (!use) throw new Error('it stands there');
    const waits = knownQuotes({ schools: [], speakers: [], quotes: [], waitingAsks: [] }, [WAITING]);
    expect(standingOfUse(waits, 'b1', use)).toMatchObject({ word: 'to-send' });
    expect(waits.quotes.get('q0')?.waiting).toBe(true);
    expect(whoSpeaks(waits, 'q0')).toBe('Ben Okri');
    const unknown = knownQuotes({ schools: [], speakers: [], quotes: [], waitingAsks: [] }, []);
    expect(standingOfUse(unknown, 'b1', use)).toMatchObject({ word: 'needs-you', standings: [] });
    // what the server has counts, although the device still holds it
    expect(knownQuotes(records(1), [WAITING]).quotes.get('q0')?.waiting).toBe(false);
  });

  it('takes far less than 100 ms for 60 quotes after a key', () => {
    const known = knownQuotes(records(60), []);
    const json = text(60);
    const times = Array.from({ length: 9 }, () => {
      const began = performance.now();
      const stand = readUses(json, { heldBack: 'all' }).map((use) => standingOfUse(known, 'b1', use));
      expect(stand.every(({ word }) => word === 'confirmed')).toBe(true);
      return performance.now() - began;
    }).sort((one, other) => one - other);
    expect(times[4], `${times.map((time) => time.toFixed(1)).join(' ')} ms`).toBeLessThan(100);
  });
});
