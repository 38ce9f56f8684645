import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { MAX_SUGGESTED_BYTES, MAX_WAITING_REVIEWS } from '../../server/collaboration/bounds.ts';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { readSuggestedText, readText } from '../../shared/document/reading.ts';
import { suggestionAttributes } from '../../shared/document/suggestion-key.ts';
import { plainText } from '../../shared/document/words.ts';
import { decideSuggestions, everySuggestion } from '../../shared/suggestions/decision.ts';
import { suggestReplacement } from '../../shared/suggestions/suggesting.ts';
import { readSuggestions } from '../../shared/suggestions/suggestion.ts';
import { suggestionWords } from '../../shared/suggestions/suggestion-words.ts';
import { Paper, schema } from '../collaboration/paper.ts';
import { replicaState, Scene, type StockPeer } from '../support/wire.ts';
import { NOON, writeStrokes } from './suggesting-page.ts';

const MEET = 'The pair meet every week.';
const refused = (doc: Y.Doc) => plainText(readText(doc));
const list = (doc: Y.Doc) => readSuggestions(readSuggestedText(doc)).map(suggestionWords);
const by = (author: string, id = `${author}-1`) => ({ id, author, at: NOON });

let scene: Scene;
let ann: StockPeer;
let eve: StockPeer;
beforeEach(async () => {
  scene = await Scene.create('a');
  scene.access.people.set('eve', { access: 'suggest', reason: 'set', team: true });
  ann = scene.stock('ann', 'a');
  await scene.run();
  new Paper(ann.doc).write(MEET, 'They talk.');
  await scene.run();
  eve = scene.stock('eve', 'a');
  await scene.run();
});
afterEach(() => scene.close());

function suggest(
  peer: StockPeer,
  from: number,
  to: number,
  words: string,
  author = 'eve',
  id?: string,
): void {
  writeStrokes(peer.doc, (tr) => suggestReplacement(tr, from, to, words, by(author, id)));
}

const attempts = () => scene.log.lines.filter(({ message }) => message.includes('without the right'));
const rows = async () => (await scene.store.rowsAfter('a', 0, 10_000)).length;

describe('somebody who may suggest', () => {
  test('[ACCESS-2] suggests, others see it, and the text reads as before', async () => {
    suggest(eve, 15, 25, 'often');
    suggest(eve, 5, 5, 'old ', 'eve', 'eve-2');
    await scene.run();
    expect(list(ann.doc)).toEqual(list(eve.doc));
    expect(list(ann.doc)).toHaveLength(2);
    expect(refused(ann.doc)).toBe(`${MEET}\nThey talk.`);
    expect(eve.socket.closed).toBeNull();
    expect(attempts()).toEqual([]);
    const joiner = scene.stock('ben', 'a');
    await scene.run();
    expect(replicaState(joiner.doc)).toEqual(replicaState(ann.doc));
  });

  test.each<[string, (doc: Y.Doc) => void]>([
    ['deletes of the text', (doc) => new Paper(doc).remove('pair')],
    ['deletes it all, with nothing new', (doc) => doc.getXmlFragment(CONTENT).delete(0, 2)],
    ['starts a paragraph', (doc) => new Paper(doc).split('every')],
    ['fills in a field', (doc) => doc.getText('field/aims').insert(0, 'forged')],
    ['sets a value', (doc) => doc.getMap('fields').set('value/x', 'forged')],
  ])('[ACCESS-2] [SAVE-6] %s: is told why, for good, and nothing of it is kept', async (_what, act) => {
    const before = replicaState(ann.doc);
    const kept = await rows();
    act(eve.doc);
    await scene.run();
    expect(replicaState(ann.doc)).toEqual(before);
    expect(await rows()).toBe(kept);
    expect(eve.socket.closed).toEqual({ code: 4403, reason: 'not-a-suggestion' });
    expect(attempts()).toHaveLength(1);
    expect(ann.socket.closed).toBeNull();
  });

  test('[ACCESS-2] types in the text all the same: it is a suggestion of theirs', async () => {
    new Paper(eve.doc).type('pair', 's');
    await scene.run();
    expect(refused(ann.doc)).toBe(`${MEET}\nThey talk.`);
    expect(list(ann.doc)).toEqual(['Add “s”']);
  });

  test('[ACCESS-2] decides about nobody else’s suggestions', async () => {
    suggest(ann, 5, 9, 'two', 'ann');
    await scene.run();
    const before = list(ann.doc);
    decideSuggestions(eve.doc, 'refuse', everySuggestion);
    await scene.run();
    expect(list(ann.doc)).toEqual(before);
    expect(eve.socket.closed?.reason).toBe('not-a-suggestion');
  });

  test('[ACCESS-2] [ACCESS-3] words in the name of somebody else become their own', async () => {
    const forged = schema.mark('insertion', suggestionAttributes({ name: 'insertion', ...by('ann', 'f') }));
    writeStrokes(eve.doc, (tr) => tr.insert(5, schema.text('old ', [forged])));
    await scene.run();
    expect(refused(ann.doc)).toBe(`${MEET}\nThey talk.`);
    expect(readSuggestions(readSuggestedText(ann.doc)).map(({ author }) => author)).toEqual(['eve']);
    expect(replicaState(eve.doc)).toEqual(replicaState(ann.doc));
  });

  test('[ACCESS-2] a mark that would take out words in the name of somebody else comes off', async () => {
    const forged = { name: 'deletion', ...by('ann', 'f'), words: 'pair' } as const;
    writeStrokes(eve.doc, (tr) => tr.addMark(5, 9, schema.mark('deletion', suggestionAttributes(forged))));
    await scene.run();
    expect(list(ann.doc)).toEqual([]);
    expect(replicaState(eve.doc)).toEqual(replicaState(ann.doc));
  });

  test('[ACCESS-2] looks of words that are not theirs are given back', async () => {
    writeStrokes(eve.doc, (tr) => tr.addMark(1, 9, schema.mark('bold')));
    await scene.run();
    expect(JSON.stringify(readText(ann.doc))).not.toContain('bold');
    expect(replicaState(eve.doc)).toEqual(replicaState(ann.doc));
  });

  test('[INPUT-1] sends faster than it can be looked at: it is asked for again, and nothing is lost', async () => {
    const all = 4 * MAX_WAITING_REVIEWS;
    for (let at = 0; at < all; at += 1) suggest(eve, 26 + at, 26 + at, 'x');
    await scene.run();
    expect(list(ann.doc)).toEqual([`Add “${'x'.repeat(all)}”`]);
    expect(scene.folder.reviews).toBeLessThan(2 * MAX_WAITING_REVIEWS);
    expect(eve.socket.closed).toBeNull();
  });

  test('[INPUT-1] [SAVE-6] beyond the bounds of time and size, they alone are refused', async () => {
    suggest(eve, 5, 5, 'x'.repeat(MAX_SUGGESTED_BYTES + 1));
    await scene.run();
    expect(eve.socket.closed?.reason).toBe('too-large');
    const again = scene.stock('eve', 'a');
    await scene.run();
    scene.folder.isSlowToReview = true;
    suggest(again, 5, 5, 'x', 'eve', 'eve-3');
    await scene.run();
    expect(again.socket.closed?.reason).toBe('too-large');
    new Paper(ann.doc).type('pair', 's');
    await scene.run();
    expect(refused(ann.doc)).toContain('pairs');
    expect(list(ann.doc)).toEqual([]);
  });

  test('[SAVE-1] writers go on meanwhile, and a turn that is nobody’s any more is given up', async () => {
    suggest(eve, 5, 5, 'old ');
    eve.up();
    eve.cut();
    await scene.run();
    const ida = scene.stock('eve', 'a');
    await scene.run();
    suggest(ida, 1, 1, 'Look: ', 'eve', 'eve-9');
    await scene.run();
    expect(list(ann.doc).join()).toContain('Look:');
  });
});

describe('somebody who may write', () => {
  test('[REVIEW-1] takes out suggested words while their author types on: what was typed stays a suggestion', async () => {
    suggest(eve, 15, 15, 'xyz ');
    await scene.run();
    const [first] = list(ann.doc);
    expect(first).toBe('Add “xyz ”');
    suggest(eve, 17, 17, 'kkk');
    new Paper(ann.doc).remove('xyz ');
    eve.up();
    await scene.step();
    await scene.run();
    expect(refused(ann.doc)).toBe(`${MEET}\nThey talk.`);
    expect(list(ann.doc)).toEqual(['Add “kkk”']);
    expect(replicaState(eve.doc)).toEqual(replicaState(ann.doc));
  });

  test('is looked at only where something is suggested, and not for letters', async () => {
    new Paper(ann.doc).remove('They');
    await scene.run();
    expect(scene.folder.reviews).toBe(0);
    suggest(eve, 5, 5, 'old ');
    await scene.run();
    const { reviews } = scene.folder;
    ann.doc.getText('field/aims').insert(0, 'a');
    await scene.run();
    ann.doc.getText('field/aims').insert(1, 'b');
    await scene.run();
    expect(scene.folder.reviews - reviews).toBeLessThan(2);
  });
});
