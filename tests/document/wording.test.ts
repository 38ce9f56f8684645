import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextChange, type QuoteContext } from '../../shared/document/quote-context.ts';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import { sentenceStarts } from '../../shared/document/sentences.ts';
import { HELD_BACK, readUses } from '../../shared/document/wording.ts';
import {
  MOST_WORDING,
  wordingFaults,
  wordingFaultWords,
  wordingKey,
} from '../../shared/document/wording-form.ts';

const SEED = 20261127;
const runs = (numRuns: number) => ({ seed: SEED, numRuns });

/** `[…]` is said in use `u` of quote `q`, `<…>` in use `v` of quote `r`, `/` is a break within the line. */
function line(written: string, type = 'paragraph'): ProseMirrorJson {
  const content: ProseMirrorJson[] = [];
  let open: readonly { type: string; attrs: Record<string, string> }[] = [];
  for (const part of written.split(/([[\]<>/])/)) {
    if (part === '[') open = [...open, { type: 'quote', attrs: { quote: 'q', use: 'u' } }];
    else if (part === '<') open = [...open, { type: 'quote', attrs: { quote: 'r', use: 'v' } }];
    else if (part === ']') open = open.filter(({ attrs }) => attrs.quote !== 'q');
    else if (part === '>') open = open.filter(({ attrs }) => attrs.quote !== 'r');
    else if (part === '/') content.push({ type: 'hardBreak' });
    else if (part !== '') content.push({ type: 'text', text: part, ...(open.length > 0 && { marks: open }) });
  }
  return { type, content };
}
const node = (type: string, ...content: ProseMirrorJson[]): ProseMirrorJson => ({ type, content });
const doc = (...content: ProseMirrorJson[]) => node('doc', ...content);
const wordings = (...content: ProseMirrorJson[]) =>
  readUses(doc(...content)).map(({ use, wording }) => `${use}: ${wording}`);
const contextOf = (...lines: string[]) =>
  readUses(doc(...lines.map((text) => line(text))))[0]?.context as QuoteContext;

describe('[QUOTE-2] the wording of a use', () => {
  it('is its ranges, with … for what was left out between them', () => {
    expect(wordings(line('[We did it] and then [we stopped].'))).toEqual(['u: We did it … we stopped']);
    expect(wordings(line('[We did it] [again].'))).toEqual(['u: We did it again']);
    expect(wordings(line('[We] did <it [all> of it]'))).toEqual(['u: We … all of it', 'v: it all']);
  });

  it('joins with a space over lines, items, cells and breaks', () => {
    expect(wordings(line('[We did it./And again.]'))).toEqual(['u: We did it. And again.']);
    expect(wordings(line('[We did it.]'), line(''), line('[And again.]'))).toEqual([
      'u: We did it. And again.',
    ]);
    const item = (text: string) => node('listItem', line(text));
    expect(
      wordings(line('[Three:]'), node('bulletList', item('[time]'), item('[trust]'), item('money'))),
    ).toEqual(['u: Three: time trust']);
    const cell = (text: string) => node('tableCell', line(text));
    expect(
      wordings(node('table', node('tableRow', cell('[a]'), cell('b')), node('tableRow', cell('[c]')))),
    ).toEqual(['u: a … c']);
  });

  it('knows its lines where it has several, and the other quotes that it shares words with', () => {
    const uses = readUses(doc(line('[We] did <it [all> of it]'), line('[And again.]')));
    expect(uses.map(({ use, parts, overlaps }) => [use, parts, overlaps])).toEqual([
      ['u', ['We', 'all of it', 'And again.'], ['r']],
      ['v', undefined, ['q']],
    ]);
    expect(readUses(doc(line('[We] did <it>'))).map(({ overlaps }) => overlaps)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('is not cut by other marks', () => {
    const [plain, strong] = line('[We ]').content as [ProseMirrorJson, ProseMirrorJson];
    const bold = { ...plain, text: 'did', marks: [{ type: 'bold' }, ...(plain.marks ?? [])] };
    expect(wordings(node('paragraph', ...[plain, bold, strong].filter(Boolean)))).toEqual(['u: We did']);
  });

  it('is the same whatever its white space and composition are, and no other', () => {
    expect(wordingKey('  caf\u00e9\u00a0\n au lait ')).toBe(wordingKey('cafe\u0301 au lait'));
    for (const other of ['Cafe au lait', 'café au lait.', 'café  aulait', 'café au lait\u200b']) {
      expect(wordingKey(other)).not.toBe(wordingKey('café au lait'));
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => wordingKey(wordingKey(text)) === wordingKey(text)),
      runs(300),
    );
  });

  it(`cuts a line anywhere without changing it (seed ${SEED})`, () => {
    const words = fc.stringMatching(/^[a-z]{1,6}( [a-z]{1,6}){0,5}$/);
    fc.assert(
      fc.property(words, fc.nat(40), fc.boolean(), (said, cut, asBreak) => {
        const spaces = [...said.matchAll(/ /g)].map(({ index }) => index);
        const at = spaces[cut % Math.max(1, spaces.length)];
        const whole = wordings(line(`He: [${said}], yes.`));
        const [one, other] = [said.slice(0, at), at === undefined ? '' : said.slice(at + 1)];
        const split = asBreak
          ? [line(`He: [${one}/${other}], yes.`)]
          : [line(`He: [${one}]`), line(`[${other}], yes.`)];
        expect(wordings(...split)).toEqual(whole);
      }),
      runs(200),
    );
  });
});

describe('what no wording may hold', () => {
  const names = (text: string) =>
    wordingFaults(text).flatMap((fault) =>
      'characters' in fault && Array.isArray(fault.characters)
        ? fault.characters.map(({ code }) => code)
        : fault.fault,
    );
  it('is named', () => {
    expect(names(' \u00a0\n')).toEqual(['empty']);
    expect(names('\u200b')).toEqual(['empty', 'U+200B']);
    expect(names('a'.repeat(MOST_WORDING))).toEqual([]);
    expect(names('😀'.repeat(MOST_WORDING))).toEqual([]);
    expect(names('a'.repeat(MOST_WORDING + 1))).toEqual(['too-long']);
    expect(names('we\u200b did\u00ad not\u202e')).toEqual(['U+200B', 'U+00AD', 'U+202E']);
    expect(names('a\ud800b\u0000')).toEqual(['U+D800', 'U+0000']);
    expect(wordingFaults('a\u202eb').map(wordingFaultWords)).toEqual([
      'It holds characters that change the order in which words are read: right-to-left override (U+202E). Delete them.',
    ]);
  });

  it('is not the parts of a sign: families, flags, joined letters', () => {
    for (const text of [
      '👩‍👩‍👧 ❤️ 1️⃣',
      '🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}',
      'می‌خواهم',
      'क्‍ष',
      'שלום',
      'l’été – “so” …',
      'two\tlines\n',
    ]) {
      expect(names(text), text).toEqual([]);
    }
    expect(names('wo\u200drd')).toEqual(['U+200D']);
    expect(names('x\u{e0067}')).toEqual(['U+E0067']);
  });
});

describe('[QUOTE-7] what stands around a use', () => {
  it('is the rest of its sentence and one more on either side', () => {
    expect(
      contextOf('Far away. The year was hard. She said: “[It worked]”, and smiled. Then rain. Far.'),
    ).toEqual({
      before: 'The year was hard. She said: “',
      between: [],
      after: '”, and smiled. Then rain.',
    });
    expect(contextOf('One. Two.', 'Three.', '', '[It worked.]', '', 'Four. Five.')).toEqual({
      before: 'Three.',
      between: [],
      after: 'Four.',
    });
    expect(contextOf('[It worked]')).toEqual({ before: '', between: [], after: '' });
  });

  it('keeps headings and items on lines of their own, which changes nothing that was confirmed', () => {
    const apart = contextOf('The end', 'She said: [It worked], as I put it.', 'The card', 'Far.');
    expect(apart.before).toBe('The end\nShe said:');
    expect(apart.after).toBe(', as I put it.\nThe card');
    const glued = { ...apart, before: 'The end She said:', after: ', as I put it. The card' };
    expect(contextChange(glued, apart, ['Card'])).toBe('same');
  });

  it('is what was left out between its words', () => {
    expect(contextOf('[It worked] less [than hoped].').between).toEqual(['less']);
    const [first] = contextOf(`[It] ${'x'.repeat(5_000)} [worked].`).between;
    expect(first).toMatch(/^x+ … x+$/);
    expect(first?.length).toBeLessThan(610);
  });

  it('does not take the stop of a short form for an end', () => {
    const text =
      'Dr. Ito and Ms. Bell, e.g. on Monday at 3.30 p.m. in the hall, met. “Yes!” she said. It went on … and on. Good?” Then.';
    const starts = sentenceStarts(text);
    const sentences = starts.map((from, at) => text.slice(from, starts[at + 1]).trim());
    expect(sentences).toEqual([
      'Dr. Ito and Ms. Bell, e.g. on Monday at 3.30 p.m. in the hall, met.',
      '“Yes!” she said.',
      'It went on … and on.',
      'Good?”',
      'Then.',
    ]);
  });

  it('holds back words of others where it is told to, and is the same whatever those are', () => {
    const around = (words: string) =>
      readUses(doc(line(`A start. [It worked], and he: <${words}> so. End.`)), {
        heldBack: new Set(['q', 'r']),
      });
    expect(around('never again')[0]?.context.after).toBe(`, and he: ${HELD_BACK} so. End.`);
    expect(around('something else')[0]?.context).toEqual(around('never again')[0]?.context);
    expect(around('x')[1]?.context.before).toBe(`A start. ${HELD_BACK}, and he:`);
  });

  it('changes with any word of it, not with white space, and comes closer with who it was', () => {
    const shown = contextOf('The year was hard. She said: “[It worked]”.');
    const change = (text: string) => contextChange(shown, contextOf(text), ['José Bell', 'head teacher']);
    expect(change('The year  was hard. She said:\u00a0“[It worked]”.')).toBe('same');
    expect(change('The year was easy. She said: “[It worked]”.')).toBe('changed');
    expect(change('The year was hard. The head said: “[It worked]”.')).toBe('changed');
    expect(change('The year was hard. The Head-Teacher said: “[It worked]”.')).toBe('closer');
    expect(change('The year was hard for JOSE BELL’s team. She said: “[It worked]”.')).toBe('closer');
  });

  it('takes time that grows with the text alone', () => {
    const from = performance.now();
    for (const sign of ['.', '. ', '.”', 'a', '\n', '?!']) {
      contextOf(`${sign.repeat(100_000)}[said]${sign.repeat(100_000)}`);
    }
    expect(performance.now() - from).toBeLessThan(2_000);
  });

  it('[INPUT-1] nor with how many quotes stand among how many blank lines', () => {
    const blank = Array.from({ length: 8_000 }, (_, at): ProseMirrorJson => {
      const marks = [{ type: 'quote', attrs: { quote: `q${at}`, use: `u${at}` } }];
      return node('paragraph', { type: 'text', text: ' ', marks });
    });
    const from = performance.now();
    const uses = readUses(doc(line('One.'), ...blank, line('Two.')));
    expect(performance.now() - from).toBeLessThan(2_000);
    expect(uses).toHaveLength(8_000);
  });

  it('passes over blank lines, however many', () => {
    expect(contextOf('One.', ' ', ' ', '[Said.]', ' ', ' ', 'Two.', 'Three.')).toEqual({
      before: 'One.',
      between: [],
      after: 'Two.',
    });
    expect(contextOf(' ', '[Said.]', ' ')).toEqual({ before: '', between: [], after: '' });
  });
});
