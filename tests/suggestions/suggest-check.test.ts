import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CONTENT } from '../../shared/document/block-parts.ts';
import {
  type SuggestionMark,
  suggestionAttributes,
  suggestionKey,
} from '../../shared/document/suggestion-key.ts';
import { decideSuggestions, everySuggestion } from '../../shared/suggestions/decision.ts';
import { checkSuggestions } from '../../shared/suggestions/suggest-check.ts';
import { suggestReplacement, suggestStyle } from '../../shared/suggestions/suggesting.ts';
import { schema } from '../collaboration/paper.ts';
import { NOON, SuggestingPage, together } from './suggesting-page.ts';

let ann: SuggestingPage;
let eve: SuggestingPage;
let kept: Y.Doc;
beforeEach(() => {
  [ann, eve] = [new SuggestingPage('ann', 1), new SuggestingPage('eve', 9)];
  ann.paper.write('The pair meet every week.', 'They talk about one lesson.', '');
  ann.paper.bold('pair');
  together(ann, eve);
  kept = new Y.Doc();
  keep();
});

/** What the server has. */
function keep(): void {
  Y.applyUpdate(kept, Y.encodeStateAsUpdate(ann.doc));
}

function check(update: Uint8Array, author = 'eve') {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(kept));
  return checkSuggestions(copy, update, author);
}

const raw = (change: (content: Y.XmlFragment, doc: Y.Doc) => void): Uint8Array => {
  const before = Y.encodeStateVector(eve.doc);
  eve.doc.transact(() => change(eve.doc.getXmlFragment(CONTENT), eve.doc));
  return Y.encodeStateAsUpdate(eve.doc, before);
};
const firstText = (content: Y.XmlFragment) => (content.get(0) as Y.XmlElement).get(0) as Y.XmlText;
const markOf = (mark: SuggestionMark) => schema.mark(mark.name, suggestionAttributes(mark));

/** It is accepted, and the server has it from then on. */
function passes(update: Uint8Array): void {
  expect(check(update)).toBeNull();
  Y.applyUpdate(kept, update);
}

describe('[ACCESS-2] who may suggest', () => {
  it('types, deletes, replaces, sets in bold, splits and joins: as suggestions of their own', () => {
    passes(eve.type('week', ' or two'));
    passes(eve.replace('They talk', 'We talk'));
    passes(eve.seam('about', { op: 'split', value: 'same' }));
    passes(eve.edit((tr) => suggestStyle(tr, 5, 9, ['bold', 'off'], eve.by())));
    expect(
      check(
        eve.edit((tr) =>
          tr.insert(
            tr.doc.content.size - 1,
            schema.text('new', [markOf({ name: 'insertion', ...eve.by() })]),
          ),
        ),
      ),
    ).toBeNull();
    expect(eve.list).toHaveLength(5);
  });

  it('takes them back, letter by letter or all at once', () => {
    eve.type('week', ' or two');
    eve.replace('one lesson', 'it');
    ann.take(eve);
    keep();
    passes(eve.replace(' two', ''));
    passes(raw(() => decideSuggestions(eve.doc, 'refuse', everySuggestion)));
    expect(eve.list).toEqual([]);
  });

  it('suggests about suggestions of others, and leaves those as they are', () => {
    ann.replace('every week', 'at times');
    together(ann, eve);
    keep();
    passes(eve.replace('times', 'noon'));
    passes(eve.replace('meet every', 'see'));
  });

  it('sends again what is there already, or nothing', () => {
    passes(Y.encodeStateAsUpdate(ann.doc));
    passes(new Uint8Array([0, 0]));
  });
});

describe('[ACCESS-2] refused is', () => {
  it.each<[string, string | null, () => Uint8Array]>([
    ['typing', 'text', () => eve.edit((tr) => tr.insertText('x', 5))],
    ['deleting', 'letters', () => eve.edit((tr) => tr.delete(1, 5))],
    ['deleting all', 'nodes', () => raw((content) => content.delete(0, content.length))],
    ['bold', 'text', () => eve.edit((tr) => tr.addMark(10, 14, schema.mark('bold')))],
    ['plain', 'text', () => eve.edit((tr) => tr.removeMark(1, 20, schema.mark('bold')))],
    ['a split', 'letters', () => eve.edit((tr) => tr.split(10))],
    [
      'a heading',
      'letters',
      () => eve.edit((tr) => tr.setNodeMarkup(25, schema.nodes.heading, { level: 3 })),
    ],
    ['an empty paragraph', 'nodes', () => eve.edit((tr) => tr.insert(0, schema.node('paragraph')))],
    [
      'an attribute',
      'nodes',
      () => raw((content) => (content.get(0) as Y.XmlElement).setAttribute('level', 3 as never)),
    ],
    [
      'the mark of a quote',
      'text',
      () => eve.edit((tr) => tr.addMark(1, 5, schema.mark('quote', { quote: 'q', use: 'u' }))),
    ],
    ['an anchor', 'text', () => eve.edit((tr) => tr.addMark(1, 5, schema.mark('anchor', { id: 'a' })))],
    ['a field', 'parts', () => raw((_, doc) => doc.getText('field/aims').insert(0, 'x'))],
    ['a value', 'parts', () => raw((_, doc) => doc.getMap('fields').set('value/aims', 'x'))],
    [
      'words of others under one’s own mark of an insertion, which would hide them',
      'text',
      () => eve.edit((tr) => tr.addMark(1, 9, markOf({ name: 'insertion', ...eve.by() }))),
    ],
    [
      'words of others under one’s own seam: they stay, and it does nothing',
      null,
      () => eve.edit((tr) => tr.addMark(1, 9, markOf({ name: 'seam', ...eve.by(), op: 'join', value: '' }))),
    ],
    [
      'a suggestion in the name of somebody else',
      'others',
      () =>
        eve.edit((tr) =>
          tr.addMark(1, 9, markOf({ name: 'deletion', id: 'f', author: 'ann', at: NOON, words: 'The pair' })),
        ),
    ],
    [
      'words in the name of somebody else',
      'others',
      () =>
        eve.edit((tr) =>
          tr.insert(
            5,
            schema.text('forged', [markOf({ name: 'insertion', id: 'f', author: 'ann', at: NOON })]),
          ),
        ),
    ],
    [
      'a mark under another name',
      'foreign',
      () =>
        raw((content) =>
          firstText(content).format(0, 3, { 'deletion--AAAAAAAA': { ...eve.by(), words: 'The' } }),
        ),
    ],
    [
      'a mark that nobody knows',
      'foreign',
      () =>
        raw((content) =>
          firstText(content).format(0, 3, {
            [suggestionKey({ name: 'deletion', ...eve.by(), words: 'x' })]: { id: 'x' },
          }),
        ),
    ],
    [
      'the same letters written anew',
      'letters',
      () =>
        raw((content) => {
          firstText(content).delete(0, 3);
          firstText(content).insert(0, 'The');
        }),
    ],
    [
      'a paragraph written anew',
      'nodes',
      () =>
        raw((content) => {
          content.insert(3, [(content.get(2) as Y.XmlElement).clone()]);
          content.delete(2, 1);
        }),
    ],
    [
      'what needs what is not there',
      'incomplete',
      () => {
        const first = eve.type('week', 'a');
        return first && eve.type('weeka', 'b');
      },
    ],
  ])('%s: %s', (_what, fault, update) => {
    expect(check(update())).toBe(fault);
  });

  it('a change of what others suggested: their words, what they would take out, or their mark', () => {
    ann.replace('every week', 'at times');
    ann.seam('talk', { op: 'split', value: 'same' });
    together(ann, eve);
    keep();
    const fresh = () => {
      eve = new SuggestingPage('eve', 10);
      eve.take(ann);
    };
    for (const [fault, act] of [
      ['others', () => eve.edit((tr) => tr.insertText('x', 28))],
      ['letters', () => raw(() => decideSuggestions(eve.doc, 'refuse', everySuggestion))],
      ['letters', () => raw(() => decideSuggestions(eve.doc, 'accept', everySuggestion))],
      ['others', () => eve.edit((tr) => tr.removeMark(1, 20, schema.marks.deletion as never))],
      ['text', () => eve.edit((tr) => tr.removeMark(1, 40, schema.marks.insertion as never))],
    ] as const) {
      fresh();
      expect(check(act())).toBe(fault);
    }
  });
});

describe('[ACCESS-2] [REVIEW-1] what an honest page sends while somebody else decides', () => {
  const adopt = { id: 'adopted', at: NOON };
  let clients = 100;
  const take = (update: Uint8Array) => {
    const copy = new Y.Doc();
    copy.clientID = 77;
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(kept));
    expect(checkSuggestions(copy, update, 'eve', adopt)).toBeNull();
    Y.applyUpdate(kept, Y.encodeStateAsUpdate(copy));
    ann.doc.destroy();
    ann = new SuggestingPage('ann', clients++);
    Y.applyUpdate(ann.doc, Y.encodeStateAsUpdate(kept));
  };

  it('typed on in a suggestion that was refused, or accepted, it is a suggestion still', () => {
    for (const decision of ['refuse', 'accept'] as const) {
      eve.type('week', ' perhaps');
      take(Y.encodeStateAsUpdate(eve.doc));
      decideSuggestions(kept, decision, everySuggestion);
      const refused = new SuggestingPage('ann', clients++);
      Y.applyUpdate(refused.doc, Y.encodeStateAsUpdate(kept));
      take(eve.type('perh', 'xyz'));
      expect(ann.refused).toBe(refused.refused);
      expect(ann.list).toEqual(['Add “xyz”']);
      decideSuggestions(kept, 'refuse', everySuggestion);
      eve = new SuggestingPage('eve', clients++);
      Y.applyUpdate(eve.doc, Y.encodeStateAsUpdate(kept));
    }
  });

  it('a mark whose end was lost runs on over no words of others', () => {
    eve.type('meet', 'xyz');
    take(Y.encodeStateAsUpdate(eve.doc));
    const stray = raw((content) => {
      const mark: SuggestionMark = { name: 'insertion', id: 'eve-s1', author: 'eve', at: NOON + 1 };
      firstText(content).format(13, 8, { [suggestionKey(mark)]: suggestionAttributes(mark) });
    });
    expect(check(stray)).toBe('text');
    take(stray);
    expect(ann.refused.split('\n')[0]).toBe('The pair meet every week.');
    expect(ann.list).toEqual(['Add “xyz”']);
  });

  it('of two equal letters side by side, either may be the one that was suggested', () => {
    eve.edit((tr) => suggestReplacement(tr, 16, 16, 'e', eve.by()));
    take(Y.encodeStateAsUpdate(eve.doc));
    expect(eve.raw).toContain('eevery');
    take(eve.edit((tr) => suggestReplacement(tr, 16, 17, '', eve.by())));
    expect(ann.refused.split('\n')[0]).toBe('The pair meet every week.');
  });
});
