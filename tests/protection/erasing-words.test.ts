import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { erasureList } from '../../server/adapters/disk/erasure-list.ts';
import { AT_THE_COMMAND_LINE } from '../../server/audit/audit-chain.ts';
import { checkAudit } from '../../server/audit/audit-check.ts';
import { checkBlocks } from '../../server/cli/check.ts';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import { replayHistory } from '../../server/collaboration/history-replay.ts';
import { compose } from '../../server/compose.ts';
import { silentLog } from '../../server/log.ts';
import { ErasingDesk } from '../../server/protection/erasing-desk.ts';
import { checkErasures } from '../../server/protection/erasure-check.ts';
import { noteErasure } from '../../server/protection/erasures.ts';
import { checkQuotes } from '../../server/quotes/quote-check.ts';
import { readSettings } from '../../server/settings.ts';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { ERASED_HERE } from '../../shared/quotes/placeholder.ts';
import { LiveClient } from '../collaboration/live-client.ts';
import { type QuotesOnTrial, quotesOnTrial } from '../quotes/quotes-on-trial.ts';
import { newId } from '../support/team.ts';

/** Stand nowhere else in any file: a search for their bytes finds them or nothing. */
const WORDS = 'Zephyrs whistled through our quillwork every single Thursday.';
const EARLIER = 'Zephyrs whistled through our quillwork once.';
const NAME = 'Zephyrine Quillfeather';
const EMAIL = 'zephyrine.quillfeather@school.example';
const OTHERS = 'Nobody ever said that to the boilerman.';

let trial: QuotesOnTrial;
beforeEach(async () => {
  trial = await quotesOnTrial();
});
afterEach(async () => {
  await trial.close();
  for (const folder of copies.splice(0)) await rm(folder, { recursive: true });
});
const copies: string[] = [];

/** @returns names of files of the data folder in which these words stand, whatever is around them */
async function filesWith(
  words: string,
  folder: string = trial.service.parts.settings.dataDir,
): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(`${entry.parentPath}/${entry.name}`).catch(() => Buffer.of());
    if (bytes.includes(Buffer.from(words))) found.push(entry.name);
  }
  return found;
}

/** A speaker whose words are quoted, asked about, copied elsewhere, lost and told in a letter; and another. */
async function spoken(): Promise<{ speakerId: string; quoteId: string; otherId: string; copied: string }> {
  const speakerId = await trial.speaker(NAME);
  const use = { quote: newId(), use: newId() };
  await trial.write(`She said: «${EARLIER}» That was that.`, use);
  await trial.retype(use, EARLIER, WORDS);
  await trial.capture(use, WORDS, speakerId);
  await trial.ask(use, speakerId);
  const other = { quote: newId(), use: newId() };
  await trial.write(`He said: «${OTHERS}» And left.`, other);
  await trial.capture(other, OTHERS, await trial.speaker('Odo Boilerman'));
  const copied = (await blockOf('2.4')) ?? '';
  await trial.service.writing.edit(copied, trial.lead, (doc) => {
    const paragraph = new Y.XmlElement('paragraph');
    const line = new Y.XmlText();
    doc.getXmlFragment(CONTENT).push([paragraph]);
    paragraph.push([line]);
    line.insert(0, `As we heard, ${WORDS} And so on.`);
    doc.getText('field/notes').insert(0, `${WORDS} – to be used`);
  });
  const { records, clock } = trial.service.parts;
  const lost = { author_id: trial.lead, caused_by_id: null, cause: 'changed', at: clock.now() };
  const settled = { settled_at: null, settled_by: null, settled_how: null };
  await records.read
    .insertInto('lost_words')
    .values([
      {
        ...{ id: 'l1', block_id: trial.blockId, words: 'our quillwork every single', ...lost, ...settled },
        ...{ before_text: '', after_text: '' },
      },
      {
        ...{ id: 'l2', block_id: trial.blockId, words: 'of the weather', ...lost, ...settled },
        ...{ before_text: 'through our quillwork', after_text: '' },
      },
    ])
    .execute();
  await trial.service.parts.mailer.send({
    ...{ id: newId(), to: EMAIL, subject: 'Your receipt', studyId: null, kind: 'letter' },
    text: `You confirmed:\n${WORDS}\nThank you.`,
  });
  return { speakerId, quoteId: use.quote, otherId: other.quote, copied };
}

async function blockOf(sectionId: string): Promise<string | undefined> {
  const detail = await trial.calls.call('GET /api/cases/:caseId', undefined, { caseId: trial.caseId });
  return detail.blocks.find((block) => block.sectionId === sectionId)?.blockId;
}

function erase(speakerId: string, id = newId()) {
  const { studyId } = trial;
  return trial.calls.call(
    'POST /api/studies/:studyId/speakers/:speakerId/erase',
    { id },
    { studyId, speakerId },
  );
}

async function textOf(blockId: string): Promise<string> {
  const read = await readBlock(trial.service.parts.blocks, blockId);
  return `${read?.doc.getXmlFragment(CONTENT).toString()} ${read?.doc.getText('field/notes').toString()}`;
}

/** Everything of the service but its processes, as a copy of the folder has it. */
async function copyFolder(): Promise<string> {
  const { records, settings } = trial.service.parts;
  const folder = await mkdtemp(join(tmpdir(), 'casebook-copy-'));
  copies.push(folder);
  await records.forgetDeleted();
  await cp(settings.dataDir, folder, { recursive: true });
  return folder;
}

/** Starts on a folder, has it do what was left undone, and stops. */
async function startAndStop(folder: string): Promise<void> {
  const settings = readSettings({ ...{ PORT: '4499', DATA_DIR: folder } });
  const service = await compose(settings, silentLog(), null);
  await service.erasing.now();
  await service.stop();
}

function textIn({ doc }: LiveClient): string {
  return doc.getXmlFragment(CONTENT).toString();
}

describe('erasing what somebody said', () => {
  it('[ERASE-1] leaves no byte of words, name or address in texts, their past, records, letters or journals', async () => {
    const { speakerId, copied, quoteId, otherId } = await spoken();
    // somebody searched for it, and read it in the list of sections
    const { studyId } = trial;
    const find = (q: string) =>
      trial.calls.send('GET', `/api/studies/${studyId}/search?words=${encodeURIComponent(q)}`);
    expect(JSON.stringify((await find('quillwork')).body)).toContain('quillwork');
    const unlisted = [WORDS, EARLIER, NAME, EMAIL];
    for (const words of unlisted) expect(await filesWith(words)).not.toEqual([]);
    expect(await erase(speakerId)).toEqual({ done: true });
    for (const words of [...unlisted, 'quillwork']) expect(await filesWith(words)).toEqual([]);
    expect(await textOf(trial.blockId)).toContain(`She said: ${ERASED_HERE} That was that.`);
    expect(await textOf(copied)).toContain(`As we heard, ${ERASED_HERE} And so on.`);
    expect(await textOf(copied)).toContain(`${ERASED_HERE} – to be used`);
    expect((await find('quillwork')).body).toMatchObject({ hits: [] });
    expect(await filesWith('quillwork')).toEqual([]);
    // what others said, and what the team wrote, is as it was
    expect(await textOf(trial.blockId)).toContain(OTHERS);
    expect((await trial.quote(otherId)).captured).toBe(OTHERS);
    expect(await trial.text()).toContain(OTHERS);
    const { records, blocks } = trial.service.parts;
    const lost = await records.read.selectFrom('lost_words').selectAll().execute();
    expect(lost.map(({ id, before_text }) => [id, before_text])).toEqual([['l2', '']]);
    expect((await checkBlocks(blocks)).faults).toEqual([]);
    expect((await checkQuotes(records)).faults).toEqual([]);
    expect((await checkAudit(records)).faults).toEqual([]);
    expect(await checkErasures(records, blocks)).toEqual([]);
    await trial.write('Again «and again» she said.', { quote: quoteId, use: newId() });
    await records.read.updateTable('quotes').set({ captured: 'x' }).where('id', '=', quoteId).execute();
    const [erasure = ''] = (await checkErasures(records, blocks)).map((fault) => fault.split(':')[0]);
    expect(await checkErasures(records, blocks)).toEqual([
      `${erasure}: words of quote ${quoteId} are left in its record`,
      `${erasure}: its words stand in block ${trial.blockId}`,
    ]);
  });

  it('[ERASE-2] keeps of the past of a text who wrote when and how much, and from then on all of it', async () => {
    const { speakerId, copied } = await spoken();
    const { blocks } = trial.service.parts;
    const before = await blocks.historyOf(trial.blockId);
    const untouched = (await blockOf('1.1')) ?? (await blockOf('2.1')) ?? '';
    const lineages = async () =>
      Promise.all([copied, untouched].map(async (id) => (await blocks.load(id))?.lineage));
    const [copiedBefore, untouchedBefore] = await lineages();
    await erase(speakerId);
    const after = await blocks.historyOf(trial.blockId);
    const rows = after?.changesets.reduce((sum, one) => sum + one.rows, 0);
    expect(rows).toBe((before?.through ?? 0) + 1);
    expect(after?.changesets[0]).toMatchObject({ onBehalfOf: trial.lead, firstSeq: 1 });
    expect(after?.changesets.at(-1)).toMatchObject({ authorId: null, onBehalfOf: trial.lead, rows: 1 });
    if (after) {
      const doc = replayHistory(after);
      expect(doc.getXmlFragment(CONTENT).toString()).toContain(OTHERS);
    }
    const [copiedAfter, untouchedAfter] = await lineages();
    expect(copiedAfter).not.toBe(copiedBefore);
    expect(untouchedAfter).toBe(untouchedBefore);
    const { erasures } = await trial.calls.call('GET /api/account/erased-texts', undefined);
    expect(erasures.map(({ caseIds }) => caseIds)).toEqual([[trial.caseId]]);
    expect(erasures[0]?.blocks.map(({ blockId }) => blockId).sort()).toEqual([trial.blockId, copied].sort());
    // it is written in as before
    await trial.write('And «nothing» more.', { quote: newId(), use: newId() });
    const { blockId } = trial;
    const { moments } = await trial.calls.call('GET /api/blocks/:blockId/history', undefined, { blockId });
    expect(moments.map(({ erased }) => erased)).toEqual([null, 'here', 'gone']);
    const past = (seq: number) =>
      trial.calls.ask('GET /api/blocks/:blockId/history/:seq', undefined, { blockId, seq: `${seq}` });
    const answers = await Promise.all(moments.map(({ seq }) => past(seq)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 410]);
    expect(JSON.stringify(answers[1]?.body)).toContain(ERASED_HERE);
    expect(await trial.text()).toContain('nothing');
    expect((await checkBlocks(blocks)).faults).toEqual([]);
  });

  it('[ERASE-1] [ERASE-2] is carried out at the next start when it was only written down, or done in part', async () => {
    const { speakerId } = await spoken();
    const { records, random, clock } = trial.service.parts;
    const by = { ...AT_THE_COMMAND_LINE, personId: trial.lead };
    const which = { speakerIds: [speakerId] };
    const wanted = {
      id: newId(),
      studyId: trial.studyId,
      speakerId,
      caseId: null,
      which,
      by,
      at: clock.now(),
    };
    await records.transaction((transaction) => noteErasure(random, transaction, wanted));
    const noted = await copyFolder();
    let rewritten = 0;
    const failing = new ErasingDesk(
      trial.service.parts,
      {
        async rewrite() {
          rewritten += 1;
          throw new Error('killed');
        },
      },
      erasureList(join(trial.service.parts.settings.dataDir, 'erasures.jsonl')),
    );
    await failing.now();
    await failing.stop();
    expect(rewritten).toBe(2);
    expect(await filesWith(WORDS)).not.toEqual([]);
    const listed = await copyFolder();
    for (const folder of [noted, listed]) {
      await startAndStop(folder);
      for (const words of [WORDS, EARLIER, NAME, EMAIL]) expect(await filesWith(words, folder)).toEqual([]);
    }
  });

  it('[ERASE-1] [ERASE-2] is repeated where an older copy of the database is put back', async () => {
    const { speakerId } = await spoken();
    const before = await copyFolder();
    await erase(speakerId);
    const list = 'erasures.jsonl';
    const listed = await readFile(join(trial.service.parts.settings.dataDir, list), 'utf8');
    expect(listed).not.toContain('Zephyr');
    // the copy is cut off in the middle of what came later, too
    await writeFile(join(before, list), `${listed}{"id":"cut`);
    await startAndStop(before);
    for (const words of [WORDS, EARLIER, NAME, EMAIL]) expect(await filesWith(words, before)).toEqual([]);
  });

  it('[ERASE-1] turns out whoever is in the text, and no older copy brings the words back', async () => {
    const { speakerId } = await spoken();
    const { token } = await trial.service.program(trial.lead);
    const old = new LiveClient(trial.service, trial.blockId, token);
    await old.synced();
    expect(textIn(old)).toContain(WORDS);
    const closed = old.closed();
    await erase(speakerId);
    expect(await closed).toMatchObject({ code: 4403, reason: 'lineage' });
    old.end();
    const again = new LiveClient(trial.service, trial.blockId, token, { doc: old.doc });
    await again.synced();
    expect(textIn(again)).not.toContain('quillwork');
    expect(textIn(again)).toContain(OTHERS);
    again.end();
    expect(await textOf(trial.blockId)).not.toContain('quillwork');
    expect(await filesWith('quillwork')).toEqual([]);
  });

  it('[SAVE-1] [ERASE-2] loses nothing that somebody else has seen, however busily it is written meanwhile', async () => {
    const { speakerId } = await spoken();
    const { token } = await trial.service.program(trial.lead);
    const writer = new LiveClient(trial.service, trial.blockId, token);
    const reader = new LiveClient(trial.service, trial.blockId, token);
    await Promise.all([writer.synced(), reader.synced()]);
    const notes = writer.doc.getText('field/busy');
    let isOpen = true;
    const typing = (async () => {
      for (let at = 0; isOpen; at += 1) {
        notes.insert(notes.length, `${at % 10}`);
        await setImmediate();
      }
    })();
    const closed = Promise.all([writer.closed(), reader.closed()]);
    await reader.until((doc) => doc.getText('field/busy').length > 20);
    await erase(speakerId);
    await closed;
    isOpen = false;
    await typing;
    const seen = reader.doc.getText('field/busy').toString();
    const read = await readBlock(trial.service.parts.blocks, trial.blockId);
    const stands = read?.doc.getText('field/busy').toString() ?? '';
    expect(seen.length).toBeGreaterThan(20);
    expect(stands.startsWith(seen)).toBe(true);
    expect(await filesWith('quillwork')).toEqual([]);
    expect((await checkBlocks(trial.service.parts.blocks)).faults).toEqual([]);
    writer.end();
    reader.end();
  });

  it('[ERASE-2] of one quote needs that it was taken back, and is for the lead alone', async () => {
    const { quoteId, speakerId } = await spoken();
    const editor = await trial.service.person('Ed Itor');
    await trial.service.join(trial.studyId, editor, 'editor');
    const edits = await trial.service.program(editor);
    const id = newId();
    const act = 'POST /api/quotes/:quoteId/erase';
    expect((await edits.ask(act, { id }, { quoteId })).status).toBe(403);
    expect((await trial.calls.ask(act, { id }, { quoteId })).status).toBe(409);
    await trial.calls.call(
      'POST /api/quotes/:quoteId/withdraw',
      { speakerId, from: 'speaker', evidence: { how: 'phone', note: 'Monday' } },
      { quoteId },
    );
    for (const done of [1, 2]) {
      expect([done, await trial.calls.call('POST /api/quotes/:quoteId/erase', { id }, { quoteId })]).toEqual([
        done,
        { done: true },
      ]);
    }
    expect(await filesWith('quillwork')).toEqual([]);
    // who they are stays, and so do other words of theirs
    expect(await filesWith(NAME)).not.toEqual([]);
    expect(await trial.quote(quoteId)).toMatchObject({ captured: '', original: '' });
    const set = await trial.calls.ask('PUT /api/quotes/:quoteId/used', { used: false }, { quoteId });
    expect(set.status).toBe(409);
  });

  it('[PRIVACY-3] shows the lead what is held on somebody who is quoted, account or none, and gives it out', async () => {
    const { speakerId } = await spoken();
    const { studyId } = trial;
    const held = async () =>
      (await trial.calls.call('GET /api/studies/:studyId/speakers', undefined, { studyId })).speakers;
    expect(await held()).toMatchObject([
      { name: 'Odo Boilerman', quotes: 1, letters: 0, hasAccount: false },
      { name: NAME, quotes: 1, shared: 0, letters: 1, school: 'Hillside', erasedAt: null },
    ]);
    const path = `/api/studies/${studyId}/speakers/${speakerId}/export`;
    const file = (await trial.calls.send('GET', `${path}.json`)).body as Record<string, object[]>;
    expect(file.quotes).toMatchObject([{ captured: WORDS }]);
    expect(file.speakers).toMatchObject([{ name: NAME, email: EMAIL }]);
    const page = String((await trial.calls.send('GET', `${path}.html`)).body);
    expect(page).toContain(WORDS);
    expect(page).not.toContain(OTHERS);
    await erase(speakerId);
    const [, gone] = await held();
    expect(gone).toMatchObject({ name: '', quotes: 1, letters: 0, erasing: false });
    const anew = { id: newId(), use: newId(), blockId: trial.blockId, speakerIds: [speakerId] };
    const refused = await trial.calls.ask(
      'POST /api/cases/:caseId/quotes',
      { ...anew, how: 'interview', wording: WORDS, checked: true },
      { caseId: trial.caseId },
    );
    expect(refused.status).toBe(400);
  });
});
