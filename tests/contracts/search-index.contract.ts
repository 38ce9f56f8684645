import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SearchIndex } from '../../server/ports/search-index.ts';
import { soughtTerms } from '../../shared/search/sought.ts';

export interface OpenedIndex {
  readonly index: SearchIndex;
  /** All bytes that it keeps, to look whether something is left in them. */
  bytes(): Promise<Buffer>;
  close(): Promise<void>;
}

/** What every search index promises; see `server/ports/search-index.ts`. */
export function searchIndexContract(name: string, open: () => Promise<OpenedIndex>): void {
  describe(`the search index ${name}`, () => {
    let opened: OpenedIndex;
    let index: SearchIndex;
    beforeEach(async () => {
      opened = await open();
      index = opened.index;
    });
    afterEach(() => opened.close());

    const put = (blockId: string, words: string, more: { studyId?: string; part?: string } = {}) =>
      index.put([
        {
          blockId,
          studyId: more.studyId ?? 's1',
          head: { lineage: 'l1', seq: 1 },
          parts: [{ part: more.part ?? '', words }],
        },
      ]);
    const find = async (typed: string, page = { limit: 10, offset: 0 }) =>
      (await index.find('s1', soughtTerms(typed), page)).map(({ blockId }) => blockId);

    it('finds words by how they begin, whatever their case and marks', async () => {
      await put('b1', 'Mentoring at the café');
      await put('b2', 'A comentor');
      expect(await find('mentor')).toEqual(['b1']);
      expect(await find('CAFE')).toEqual(['b1']);
      expect(await find('mentor café')).toEqual(['b1']);
      expect(await find('mentor tea')).toEqual([]);
    });

    it('finds a phrase as it stands', async () => {
      await put('b1', 'peer coaching works');
      await put('b2', 'coaching a peer');
      expect(await find('"peer coaching"')).toEqual(['b1']);
    });

    it('[INPUT-1] takes what looks like a query of its own for words', async () => {
      await put('b1', 'near the words or not');
      for (const typed of [
        'words OR',
        'NOT words',
        'words: *',
        'NEAR(words, 2)',
        '"words',
        'words) --',
        '^words',
        '-words',
      ]) {
        await expect(find(typed)).resolves.toBeInstanceOf(Array);
      }
      expect(await find('words: (')).toEqual(['b1']);
      expect(await find("don't")).toEqual([]);
    });

    it('[INPUT-1] takes any text at all', async () => {
      await put('b1', 'words');
      const signs = fc.constantFrom(
        '\0',
        '\u0007',
        '\u0085',
        '"',
        '“',
        '*',
        ' ',
        '\ud800',
        '\udc00',
        'ab',
        'é',
        '१',
      );
      const typed = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(signs).map((parts) => parts.join('')),
      );
      await fc.assert(
        fc.asyncProperty(typed, async (text) => {
          const terms = soughtTerms(text);
          if (terms.length > 0) await index.find('s1', terms, { limit: 10, offset: 0 });
        }),
        { seed: 20261128, numRuns: 300 },
      );
      expect(await find('wo\0rds')).toEqual([]);
      expect(await find('words\0')).toEqual(['b1']);
    });

    it('keeps studies apart', async () => {
      await put('b1', 'mentor', { studyId: 's2' });
      expect(await find('mentor')).toEqual([]);
    });

    it('tells which part of a block, and its words', async () => {
      await put('b1', 'eight mentors', { part: 'staff' });
      const found = await index.find('s1', soughtTerms('mentors'), { limit: 1, offset: 0 });
      expect(found).toEqual([{ blockId: 'b1', part: 'staff', entry: expect.any(Number) }]);
      const entry = found[0]?.entry ?? 0;
      expect(await index.wordsOf([entry, entry + 1])).toEqual(new Map([[entry, 'eight mentors']]));
      expect(await index.wordsOf([])).toEqual(new Map());
    });

    it('goes on page by page, without repeating or leaving out', async () => {
      for (let at = 0; at < 25; at += 1) await put(`b${at}`, 'mentor');
      const pages = [0, 10, 20].map((offset) => find('mentor', { limit: 10, offset }));
      const all = (await Promise.all(pages)).flat();
      expect(new Set(all).size).toBe(25);
    });

    it('[ERASE-1] has nothing left of what was put before, or let go', async () => {
      await put('b1', 'unrepeatable');
      expect((await opened.bytes()).includes('unrepeat')).toBe(true);
      await put('b1', 'other words');
      await put('b2', 'unforgettable');
      await index.forget('b2');
      expect(await find('unrepeatable')).toEqual([]);
      expect(await find('unforgettable')).toEqual([]);
      const left = await opened.bytes();
      for (const word of ['unrepeat', 'unforget']) expect(left.includes(word)).toBe(false);
    });
  });
}
