/** Documents that no editor makes: what raw Yjs may put into a block. */
import * as Y from 'yjs';
import type { Randomness } from '../../server/ports/clock.ts';
import { CONTENT, FIELDS } from '../../shared/document/block-parts.ts';
import { seededRandomness } from '../support/randomness.ts';

type Inside = string | (Y.XmlElement | Y.XmlText)[];

export function element(name: string, inside: Inside = [], attributes: Record<string, unknown> = {}) {
  const made = new Y.XmlElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string);
  const children = typeof inside === 'string' ? [words(inside)] : inside;
  if (children.length > 0) made.insert(0, children);
  return made;
}

export function words(text: string, marks: Record<string, unknown> = {}): Y.XmlText {
  const made = new Y.XmlText();
  made.insert(0, text, marks);
  return made;
}

export const paragraph = (text: string) => element('paragraph', text);
export const item = (...inside: (Y.XmlElement | Y.XmlText)[]) => element('listItem', inside);
export const cell = (text = '', attributes: Record<string, unknown> = {}) =>
  element('tableCell', [text === '' ? element('paragraph') : paragraph(text)], attributes);
export const row = (...cells: Y.XmlElement[]) => element('tableRow', cells);

/** @param make is given the running text */
export function block(make: (content: Y.XmlFragment, doc: Y.Doc) => void, clientId = 7): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  doc.transact(() => make(doc.getXmlFragment(CONTENT), doc));
  return doc;
}

/** Puts anything at all into the text, where its types let only nodes in. */
export function putRaw(parent: Y.XmlFragment, ...values: unknown[]): void {
  Y.Array.prototype.insert.call(parent as never, 0, values);
}

/** Puts elements within elements within elements, from the outermost: Yjs goes down by recursion. */
export function putDeep(
  parent: Y.XmlFragment,
  levels: number,
  name: (level: number) => string,
  text: string,
) {
  let inner = parent;
  for (let level = 1; level <= levels; level += 1) {
    const made = new Y.XmlElement(name(level));
    inner.insert(0, [made]);
    inner = made;
  }
  inner.insert(0, [paragraph(text)]);
}

const NAMES = [
  ...['paragraph', 'paragraph', 'paragraph', 'heading', 'bulletList', 'orderedList', 'listItem', 'taskList'],
  ...[
    'taskItem',
    'blockquote',
    'horizontalRule',
    'hardBreak',
    'table',
    'tableRow',
    'tableCell',
    'tableHeader',
  ],
  ...['script', 'constructor', '__proto__', 'text', 'doc', 'iframe', 'UNDEFINED'],
];
const VALUES: readonly unknown[] = [
  ...[1, 2, 3, 0, -1, 1e9, 1.5, '2', 'x', true, false, '', 'javascript:alert(1)', 'https://example.org/'],
  ...[
    {},
    { href: 'javascript:alert(1)' },
    { href: 'https://example.org/' },
    { href: 3 },
    [1, 2],
    'y'.repeat(3_000),
  ],
];
const KEYS = ['level', 'colspan', 'rowspan', 'colwidth', 'checked', 'start', 'style', 'onclick', '__proto__'];
const MARKS = ['bold', 'italic', 'link', 'blink', 'bold--abcdefgh', 'constructor', 'ychange'];

/** A block of random parts, right ones among wrong ones; equal for equal seeds. */
export function randomBlock(seed: number): Y.Doc {
  const random = new Dice(seededRandomness(seed));
  const doc = block((content, made) => {
    fill(content, random, 0);
    const fields = made.getMap(FIELDS);
    for (let times = random.below(4); times > 0; times -= 1) {
      const key = random.of(['value/a', 'option/a/b', 'prompt/a', 'row/g/r', 'evil', 'value/', 'option/a']);
      fields.set(key, random.below(4) === 0 ? new Y.Map() : random.of(VALUES));
    }
    const text = made.getText(random.of(['field/a', 'field/g/r/a', 'field/', 'field/a/b', 'field/x y']));
    text.insert(0, 'in a field', random.below(2) === 0 ? { bold: true } : {});
    if (random.below(2) === 0) text.insertEmbed(3, { picture: 'x' });
  }, 1 + seed);
  // later edits leave tombstones, and marks over marks
  doc.transact(() => change(doc, random, 0));
  return doc;
}

/** Changes a block here and there, rightly or wrongly, in one transaction. */
export function disturb(doc: Y.Doc, seed: number): void {
  const random = new Dice(seededRandomness(seed + 1));
  doc.transact(() => change(doc, random, 6));
}

/** @param additions one element in so many gets something new */
function change(doc: Y.Doc, random: Dice, additions: number): void {
  const types: unknown[] = [doc.getXmlFragment(CONTENT)];
  for (const type of types) {
    if (type instanceof Y.XmlFragment) types.push(...type.toArray());
    if (type instanceof Y.XmlText && type.length > 2 && random.below(2) === 0) mark(type, random);
    else if (type instanceof Y.XmlElement && type.length > 0 && random.below(8) === 0) type.delete(0, 1);
    else if (type instanceof Y.XmlElement && additions > 0 && random.below(4 * additions) === 0)
      type.setAttribute(random.of(KEYS), random.of(VALUES) as string);
    else if (type instanceof Y.XmlFragment && additions > 0 && random.below(additions) === 0)
      fill(type, random, 6);
  }
}

class Dice {
  readonly #random: Randomness;
  constructor(random: Randomness) {
    this.#random = random;
  }
  below(end: number): number {
    return (this.#random.bytes(2).reduce((sum, byte) => sum * 256 + byte, 0) as number) % end;
  }
  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}

function fill(parent: Y.XmlFragment, random: Dice, level: number): void {
  for (let times = random.below(level === 0 ? 8 : 4); times > 0; times -= 1) {
    const chance = random.below(12);
    if (chance === 0)
      putRaw(parent, random.of([new Y.Map(), new Y.Array(), new Y.Text('raw'), 'raw words', 7]));
    else if (chance === 1) parent.insert(0, [new Y.XmlHook('hook') as never]);
    else if (chance < 5) {
      const text = new Y.XmlText();
      parent.insert(0, [text]);
      for (let runs = random.below(3); runs > 0; runs -= 1)
        text.insert(text.length, `words ${random.below(99)} `);
      if (random.below(6) === 0)
        text.insertEmbed(0, random.below(2) === 0 ? { a: 1 } : new Y.XmlText('embedded'));
    } else {
      const made = new Y.XmlElement(random.of(NAMES));
      parent.insert(0, [made]);
      if (random.below(3) === 0) made.setAttribute(random.of(KEYS), random.of(VALUES) as string);
      if (level < 7) fill(made, random, level + 1);
    }
  }
}

function mark(text: Y.XmlText, random: Dice): void {
  for (let times = 1 + random.below(3); times > 0; times -= 1) {
    const from = random.below(text.length);
    text.format(from, 1 + random.below(text.length - from), {
      [random.of(MARKS)]: random.of([...VALUES, null]),
    });
  }
}
