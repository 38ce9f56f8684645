import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { findInBlock, replaceInBlock, suggestedInBlock } from '../../client/editor/find-replace.ts';
import { type FindQuery, findInText } from '../../client/editor/find-text.ts';
import { LOCAL_EDIT } from '../../client/sync/local-edit.ts';
import { anchorKey } from '../../shared/document/anchor-key.ts';
import {
  CONTENT,
  FIELDS,
  rowKey,
  SHORT_TEXT_CHARACTERS,
  textKey,
} from '../../shared/document/block-parts.ts';
import { toHtml } from '../../shared/document/html.ts';
import { readText } from '../../shared/document/reading.ts';
import {
  type SuggestionMark,
  suggestionAttributes,
  suggestionKey,
} from '../../shared/document/suggestion-key.ts';
import { everyField } from './harness/section.ts';

function query(text: string, closely: Partial<FindQuery> = {}): FindQuery {
  return { text, matchCase: false, wholeWord: false, matchAccents: false, ...closely };
}

function found(text: string, sought: FindQuery): string[] {
  return findInText(text, sought).map(({ from, to }) => text.slice(from, to));
}

/** A block of paragraphs; each a list of pieces, bold where they begin with `*`. */
function block(...paragraphs: string[][]): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const pieces of paragraphs) {
      const paragraph = new Y.XmlElement('paragraph');
      doc.getXmlFragment(CONTENT).push([paragraph]);
      const text = new Y.XmlText();
      paragraph.insert(0, [text]);
      for (const piece of pieces) {
        const bold = piece.startsWith('*');
        text.insert(text.length, bold ? piece.slice(1) : piece, { bold: bold ? {} : null });
      }
    }
  });
  return doc;
}

const html = (doc: Y.Doc) => toHtml(readText(doc));

const BY = { id: 'one', author: 'ann', at: 1 };

function suggest(doc: Y.Doc, words: string, at: number, mark: SuggestionMark): void {
  const text = lineOfFirst(doc);
  const attributes = { [suggestionKey(mark)]: suggestionAttributes(mark) };
  if (mark.name === 'insertion') text.insert(at, words, attributes);
  else text.format(at, words.length, attributes);
}

describe('words that are only suggested', () => {
  it('[REVIEW-1] are passed over and counted, and stay when what stands around them is replaced', () => {
    const doc = block(['The focus card and a card.']);
    suggest(doc, 'blue card ', 4, { name: 'insertion', ...BY });
    suggest(doc, 'nice ', 20, { name: 'insertion', ...BY, id: 'two' });
    const matches = findInBlock(doc, everyField, query('focus card'));
    expect(matches.map(({ found, before }) => [found, before])).toEqual([['focus card', 'The ']]);
    expect(suggestedInBlock(doc, query('card'))).toBe(1);
    expect(findInBlock(doc, everyField, query('card'))).toHaveLength(2);
    expect(replaceInBlock(doc, matches, 'sheet', LOCAL_EDIT).replaced).toBe(1);
    const delta = lineOfFirst(doc).toDelta() as { insert: string; attributes?: object }[];
    expect(delta.map(({ insert }) => insert)).toEqual([
      'The ',
      'blue card ',
      'sheet',
      'nice ',
      ' and a card.',
    ]);
    expect(delta[2]?.attributes).toBeUndefined();
  });

  it('[REVIEW-1] new words are part of no suggestion and of no thread', () => {
    const doc = block(['*The card.']);
    suggest(doc, 'card', 4, { name: 'deletion', ...BY, words: 'card' });
    lineOfFirst(doc).format(0, 9, { [anchorKey('thread')]: { id: 'thread' } });
    replaceInBlock(doc, findInBlock(doc, everyField, query('card')), 'sheet', LOCAL_EDIT);
    const [, sheet] = lineOfFirst(doc).toDelta() as { insert: string; attributes?: object }[];
    expect(sheet).toEqual({ insert: 'sheet', attributes: { bold: {} } });
  });
});

function lineOfFirst(doc: Y.Doc): Y.XmlText {
  return (doc.getXmlFragment(CONTENT).get(0) as Y.XmlElement).get(0) as Y.XmlText;
}

describe('finding words in a text', () => {
  it('minds case, whole words and accents only where it is asked to', () => {
    const text = 'Café cafe CAFÉ cafés';
    expect(found(text, query('cafe'))).toEqual(['Café', 'cafe', 'CAFÉ', 'café']);
    expect(found(text, query('cafe', { wholeWord: true }))).toEqual(['Café', 'cafe', 'CAFÉ']);
    expect(found(text, query('café', { matchAccents: true }))).toEqual(['Café', 'CAFÉ', 'café']);
    expect(found(text, query('Café', { matchAccents: true, matchCase: true }))).toEqual(['Café']);
  });

  it('finds typographic quotes by plain ones, and hard spaces by soft ones', () => {
    expect(found('don\u2019t \u201cgo\u201d 25\u00a0minutes', query("don't"))).toEqual(['don\u2019t']);
    expect(found('25\u00a0minutes', query('25 m'))).toEqual(['25\u00a0m']);
  });

  it('never cuts a letter from its accent, nor half of a face', () => {
    expect(found('e\u0301', query('e', { matchAccents: true }))).toEqual([]);
    expect(found('xe\u0301x', query('e'))).toEqual(['e\u0301']);
    expect(found('👩‍🏫 and 👩', query('👩'))).toEqual(['👩']);
    expect(found('🏫', query('\ud83c'))).toEqual([]);
  });

  it('finds nothing for nothing, and does not overlap itself', () => {
    expect(found('aaaa', query(''))).toEqual([]);
    expect(found('aaaa', query('aa'))).toEqual(['aa', 'aa']);
  });

  it('knows words of any script by their letters', () => {
    expect(found('école écoles', query('école', { wholeWord: true }))).toEqual(['école']);
    expect(found('𝒜bc abc', query('bc', { wholeWord: true }))).toEqual([]);
  });
});

describe('finding and replacing in a block', () => {
  it('finds across formatting, and the new words take that of the first letter', () => {
    const doc = block(['the fo', '*cus car', 'd of the day']);
    const matches = findInBlock(doc, everyField, query('focus card'));
    expect(matches.map(({ found: words }) => words)).toEqual(['focus card']);
    expect(replaceInBlock(doc, matches, 'agreed plan', LOCAL_EDIT)).toEqual({
      replaced: 1,
      gone: 0,
      tooLong: 0,
    });
    expect(html(doc)).toBe('<p>the agreed plan of the day</p>');
    const bold = block(['say ', '*focus', ' now']);
    replaceInBlock(bold, findInBlock(bold, everyField, query('focus')), 'plan', LOCAL_EDIT);
    expect(html(bold)).toBe('<p>say <strong>plan</strong> now</p>');
  });

  it('does not find across paragraphs', () => {
    expect(findInBlock(block(['one'], ['two']), everyField, query('onetwo'))).toEqual([]);
  });

  it('finds in text fields and rows of groups, and says which', () => {
    const doc = new Y.Doc();
    doc.getText(textKey({ fieldId: 'protocol' })).insert(0, 'Focus card');
    doc.getMap(FIELDS).set(rowKey('people', 'r1'), 'V');
    doc
      .getText(textKey({ fieldId: 'notes', row: { groupId: 'people', rowId: 'r1' } }))
      .insert(0, 'kept the card');
    const matches = findInBlock(doc, everyField, query('card'));
    expect(matches.map(({ place }) => place)).toEqual([
      { kind: 'field', key: 'field/protocol', label: 'Protocol used', row: null },
      {
        kind: 'field',
        key: 'field/people/r1/notes',
        label: 'What exactly they did',
        row: { name: 'observer', number: 1 },
      },
    ]);
    replaceInBlock(doc, matches, 'sheet', LOCAL_EDIT);
    expect(doc.getText('field/protocol').toString()).toBe('Focus sheet');
    expect(doc.getText('field/people/r1/notes').toString()).toBe('kept the sheet');
  });

  it('[SAVE-4] stays with its letters while others write, and leaves alone what they changed', () => {
    const doc = block(['the card and the card']);
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    const matches = findInBlock(doc, everyField, query('card'));
    const text = (other.getXmlFragment(CONTENT).get(0) as Y.XmlElement).get(0) as Y.XmlText;
    text.insert(0, 'First of all, ');
    text.delete(text.length - 2, 2);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    expect(replaceInBlock(doc, matches, 'sheet', LOCAL_EDIT)).toEqual({ replaced: 1, gone: 1, tooLong: 0 });
    expect(html(doc)).toBe('<p>First of all, the sheet and the ca</p>');
  });

  it('is one edit of its own, undone as one', () => {
    const doc = block(['card card card']);
    const undo = new Y.UndoManager(doc, { trackedOrigins: new Set<unknown>([LOCAL_EDIT]) });
    replaceInBlock(doc, findInBlock(doc, everyField, query('card')), '', LOCAL_EDIT);
    expect(html(doc)).toBe('<p>  </p>');
    undo.undo();
    expect(html(doc)).toBe('<p>card card card</p>');
    expect(undo.undoStack).toEqual([]);
  });

  it('replaces faces whole, and takes no line ends or unseen signs into a line', () => {
    const doc = block(['🏫🏠🏫']);
    replaceInBlock(doc, findInBlock(doc, everyField, query('🏠')), '👩\n\u0000x\ud83c', LOCAL_EDIT);
    expect(html(doc)).toBe('<p>🏫👩 x\ufffd🏫</p>');
  });

  it('refuses what would make a field too long', () => {
    const doc = new Y.Doc();
    doc.getText('field/length').insert(0, 'card');
    const outcome = replaceInBlock(
      doc,
      findInBlock(doc, everyField, query('card')),
      'x'.repeat(SHORT_TEXT_CHARACTERS + 1),
      LOCAL_EDIT,
    );
    expect(outcome).toEqual({ replaced: 0, gone: 0, tooLong: 1 });
    expect(doc.getText('field/length').toString()).toBe('card');
  });
});
