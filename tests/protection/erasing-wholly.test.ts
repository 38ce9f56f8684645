import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { erasureList } from '../../server/adapters/disk/erasure-list.ts';
import { AT_THE_COMMAND_LINE } from '../../server/audit/audit-chain.ts';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import { ErasingDesk } from '../../server/protection/erasing-desk.ts';
import { noteErasure } from '../../server/protection/erasures.ts';
import { dropStaleReadings } from '../../server/protection/stale-readings.ts';
import { CONTENT } from '../../shared/document/block-parts.ts';
import type { QuoteUse } from '../../shared/document/quote-key.ts';
import {
  type SuggestionMark,
  suggestionAttributes,
  suggestionKey,
} from '../../shared/document/suggestion-key.ts';
import { ERASED_HERE } from '../../shared/quotes/placeholder.ts';
import { type QuotesOnTrial, quotesOnTrial } from '../quotes/quotes-on-trial.ts';
import { newId } from '../support/team.ts';

/** Stand nowhere else in any file: a search for their bytes finds them or nothing. */
const WORDS = 'Zephyrs whistled through our quillwork every single Thursday.';

let trial: QuotesOnTrial;
beforeEach(async () => {
  trial = await quotesOnTrial();
});
afterEach(() => trial.close());

async function filesWith(words: string): Promise<string[]> {
  const folder = trial.service.parts.settings.dataDir;
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(`${entry.parentPath}/${entry.name}`).catch(() => Buffer.of());
    if (bytes.includes(Buffer.from(words))) found.push(entry.name);
  }
  return found;
}

function erase(speakerId: string): Promise<{ done: boolean }> {
  const { studyId } = trial;
  return trial.calls.call(
    'POST /api/studies/:studyId/speakers/:speakerId/erase',
    { id: newId() },
    { studyId, speakerId },
  );
}

async function quoted(): Promise<{ speakerId: string; use: QuoteUse }> {
  const speakerId = await trial.speaker('Zed Q');
  const use = { quote: newId(), use: newId() };
  await trial.write(`She said: «${WORDS}» That was that.`, use);
  await trial.capture(use, WORDS, speakerId);
  return { speakerId, use };
}

async function blockOf(sectionId: string): Promise<string> {
  const detail = await trial.calls.call('GET /api/cases/:caseId', undefined, { caseId: trial.caseId });
  return detail.blocks.find((block) => block.sectionId === sectionId)?.blockId ?? '';
}

/** Writes a paragraph into another section. */
async function writeIn(blockId: string, write: (text: Y.XmlText) => void): Promise<void> {
  await trial.service.writing.edit(blockId, trial.lead, (doc) => {
    const paragraph = new Y.XmlElement('paragraph');
    const line = new Y.XmlText();
    doc.getXmlFragment(CONTENT).push([paragraph]);
    paragraph.push([line]);
    write(line);
  });
}

async function textOf(blockId: string): Promise<string> {
  const read = await readBlock(trial.service.parts.blocks, blockId);
  return read?.doc.getXmlFragment(CONTENT).toString() ?? '';
}

const BY = { id: newId(), author: newId(), at: 1_700_000_000_000 };

function formatOf(mark: SuggestionMark): Record<string, object> {
  return { [suggestionKey(mark)]: suggestionAttributes(mark) };
}

/** Somebody would take a whole paragraph out, with the words in it. */
function suggestTakingOut(): Promise<void> {
  return trial.editLast((text) => {
    const words = (text.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('');
    text.format(0, text.length, formatOf({ name: 'deletion', ...BY, words }));
  });
}

describe('words that were erased', () => {
  it('[ERASE-1] do not come back with the undoing of a decision that was made before', async () => {
    const { speakerId } = await quoted();
    await suggestTakingOut();
    const { blockId } = trial;
    const made = await trial.calls.call(
      'POST /api/blocks/:blockId/suggestions/decide',
      { decision: 'accept', whose: 'all' },
      { blockId },
    );
    expect(await erase(speakerId)).toEqual({ done: true });
    const path = 'POST /api/blocks/:blockId/suggestions/undo';
    const undone = await trial.calls.ask(path, { undo: made.undo ?? '' }, { blockId });
    expect(undone.status).toBe(409);
    expect(await textOf(blockId)).not.toContain('quillwork');
    expect(await filesWith('quillwork')).toEqual([]);
  });

  it('[ERASE-1] go from a suggestion that would have taken them out, and what else it was about stays', async () => {
    const { speakerId } = await quoted();
    await suggestTakingOut();
    expect(await erase(speakerId)).toEqual({ done: true });
    expect(await filesWith('quillwork')).toEqual([]);
    expect(await textOf(trial.blockId)).toContain('That was that.');
    expect(await filesWith('"words":"She said:  That was that."')).not.toEqual([]);
  });

  it('[ERASE-1] go from a suggestion that would have taken out them alone', async () => {
    const { speakerId } = await quoted();
    const suggest = (words: string) =>
      trial.editLast((text) => {
        const plain = (text.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('');
        const mark = formatOf({ name: 'deletion', ...BY, id: newId(), words });
        text.format(plain.indexOf(words), words.length, mark);
      });
    for (const words of ['through our quillwork every single', 'quillwork', 'said: Zephyrs'])
      await suggest(words);
    expect(await erase(speakerId)).toEqual({ done: true });
    for (const words of ['quillwork', 'Zephyrs']) expect(await filesWith(words)).toEqual([]);
    expect(await filesWith('"words":"said: "')).not.toEqual([]);
  });

  it('[ERASE-1] are found in a copy with something suggested in it, over two lines, and with other white space', async () => {
    const { speakerId } = await quoted();
    const blockId = await blockOf('2.4');
    await writeIn(blockId, (text) => {
      text.insert(0, `As we heard, ${WORDS} And so on.`, {});
      text.insert(30, 'loudly ', formatOf({ name: 'insertion', ...BY }));
    });
    const other = await blockOf('2.5');
    await writeIn(other, (text) => text.insert(0, 'Then: Zephyrs  whistled through', {}));
    await writeIn(other, (text) =>
      text.insert(0, 'our\u00a0quillwork every single Thursday. And so on.', {}),
    );
    expect(await erase(speakerId)).toEqual({ done: true });
    for (const one of [blockId, other]) {
      expect(await textOf(one)).not.toMatch(/quillwork|Zephyrs|loudly/);
      expect(await textOf(one)).toContain('And so on.');
    }
    expect(await textOf(other)).toContain('Then: [A quote stood here.');
    expect(await filesWith('quillwork')).toEqual([]);
  });

  it('[ERASE-1] take with them of what colleagues wrote nothing but a piece that was theirs', async () => {
    const { speakerId } = await quoted();
    const records = trial.service.parts.records.read;
    const around = { before_text: '', after_text: '' };
    const lost = { author_id: trial.lead, caused_by_id: null, cause: 'changed' as const, at: 1, ...around };
    const settled = { settled_at: null, settled_by: null, settled_how: null };
    const elsewhere = await blockOf('2.4');
    const rows = [
      {
        block_id: trial.blockId,
        id: 'l1',
        words: 'The staff meet every single day, and we saw five meetings.',
      },
      { block_id: trial.blockId, id: 'l2', words: 'quillwork every single' },
      { block_id: trial.blockId, id: 'l3', words: `I noted: ${WORDS} And I was moved.` },
      { block_id: elsewhere, id: 'l4', words: 'Here they whistled through every lesson.' },
    ];
    for (const row of rows) {
      await records
        .insertInto('lost_words')
        .values({ ...lost, ...settled, ...row })
        .execute();
    }
    await writeIn(elsewhere, (text) =>
      text.insert(0, 'The head drops in, every single week, and nobody minds it.'),
    );
    const selected = { quote: 'nobody minds it', prefix: '', suffix: '', occurrence: 0 };
    const target = { on: 'range', anchor: newId(), selected } as const;
    const act = { id: newId(), thread: 'th1', kind: 'opened', audience: 'team', target } as const;
    await trial.calls.call(
      'POST /api/blocks/:blockId/threads',
      { act: { ...act, words: 'Sure?', mentions: [] } },
      { blockId: elsewhere },
    );
    expect(await erase(speakerId)).toEqual({ done: true });
    const left = await records.selectFrom('lost_words').select(['id', 'words']).orderBy('id').execute();
    expect(left).toEqual([
      { id: 'l1', words: `The staff meet${ERASED_HERE}day, and we saw five meetings.` },
      { id: 'l3', words: `I noted: ${ERASED_HERE} And I was moved.` },
      { id: 'l4', words: 'Here they whistled through every lesson.' },
    ]);
    const [kept] = await records.selectFrom('thread_events').select('kept').execute();
    expect(kept?.kept).toContain('nobody minds it');
  });

  it('[ERASE-1] go at once from threads on pages that are open', async () => {
    const { speakerId, use } = await quoted();
    const selected = { quote: WORDS, prefix: '', suffix: '', occurrence: 0 };
    const target = { on: 'range', anchor: newId(), selected } as const;
    const act = { id: newId(), thread: 'th2', kind: 'opened', audience: 'team', target } as const;
    await trial.calls.call(
      'POST /api/blocks/:blockId/threads',
      { act: { ...act, words: 'Sure?', mentions: [] } },
      { blockId: trial.blockId },
    );
    const heard: string[] = [];
    trial.service.parts.bus.subscribe((message) => {
      if (message.t === 'changed') heard.push(message.topic);
    });
    expect(await erase(speakerId)).toEqual({ done: true });
    expect(heard, `of ${use.quote}`).toContain(`threads/${trial.caseId}`);
  });

  it('[ERASE-1] are not sent in a letter that waits, and no empty letter is', async () => {
    await trial.close();
    trial = await quotesOnTrial({ SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'a@b.example' });
    const { speakerId } = await quoted();
    const { studyId, caseId, schoolId } = trial;
    const letter = {
      id: newId(),
      subject: 'Your school',
      text: `Dear Bea,\nthey said: ${WORDS}\nPlease come in.`,
    };
    const invited = {
      role: 'contact',
      name: 'Bea Head',
      email: 'bea@school.example',
      caseId,
      schoolId,
    } as const;
    await trial.calls.call(
      'POST /api/studies/:studyId/invitations',
      { id: newId(), ...invited, letter },
      { studyId },
    );
    const letters = () =>
      trial.service.parts.records.read.selectFrom('letters').select(['state', 'text', 'next_at']).execute();
    expect(await letters()).toMatchObject([{ state: 'waiting' }]);
    expect(await erase(speakerId)).toEqual({ done: true });
    expect(await letters()).toEqual([{ state: 'dropped', text: '', next_at: null }]);
  });

  it('[ERASE-1] go although a text that has nothing to do with them cannot be read', async () => {
    const { speakerId } = await quoted();
    const blockId = await blockOf('2.4');
    await writeIn(blockId, (text) => text.insert(0, 'Nothing to do with it.'));
    const { read } = trial.service.parts.records;
    const bytes = Buffer.from([1, 2, 3]);
    await read.updateTable('block_log').set({ bytes }).where('block_id', '=', blockId).execute();
    expect(await erase(speakerId)).toEqual({ done: true });
    expect(await filesWith('quillwork')).toEqual([]);
  });

  it('[ERASE-1] hold up nothing else where a text cannot be done: who said them goes, and others are erased', async () => {
    const { speakerId } = await quoted();
    const { parts } = trial.service;
    const { records, random, clock } = parts;
    const other = await trial.speaker('Odo Boilerman');
    const by = { ...AT_THE_COMMAND_LINE, personId: trial.lead };
    for (const [at, id] of [speakerId, other].entries()) {
      const place = { studyId: trial.studyId, speakerId: id, caseId: null, which: { speakerIds: [id] } };
      const wanted = { id: newId(), ...place, by, at: clock.now() + at };
      await records.transaction((transaction) => noteErasure(random, transaction, wanted));
    }
    let tries = 0;
    const rewrite = async () => {
      tries += 1;
      throw new Error('it holds them still');
    };
    const desk = new ErasingDesk(parts, { rewrite }, erasureList(join(parts.settings.dataDir, 'list.jsonl')));
    await desk.now();
    await desk.now();
    await desk.stop();
    expect(tries).toBe(1);
    const speakers = await records.read.selectFrom('speakers').select('name').execute();
    expect(speakers.map(({ name }) => name)).toEqual(['', '']);
    const done = await records.read.selectFrom('erasures').select('done_at').orderBy('asked_at').execute();
    expect(done.map(({ done_at }) => done_at !== null)).toEqual([false, true]);
    const [quote] = await records.read.selectFrom('quotes').select('captured').execute();
    expect(quote?.captured).toBe(WORDS);
  });

  it('[ERASE-1] leave readings of the text as it is now, and tell nobody of a text that they may not read', async () => {
    const { speakerId } = await quoted();
    await erase(speakerId);
    await trial.text();
    expect(await dropStaleReadings(trial.service.parts)).toBe(0);
    const mine = await trial.calls.call('GET /api/account/erased-texts', undefined);
    expect(mine.erasures).toHaveLength(1);
    const contact = await trial.service.person('Con Tact');
    await trial.service.join(trial.studyId, contact, 'contact');
    const theirs = await trial.service.program(contact);
    expect(await theirs.call('GET /api/account/erased-texts', undefined)).toEqual({ erasures: [] });
  });
});
