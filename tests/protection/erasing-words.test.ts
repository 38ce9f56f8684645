import { readdir, readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { checkAudit } from '../../server/audit/audit-check.ts';
import { checkBlocks } from '../../server/cli/check.ts';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import { replayHistory } from '../../server/collaboration/history-replay.ts';
import { checkQuotes } from '../../server/quotes/quote-check.ts';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { ERASED_HERE } from '../../shared/quotes/placeholder.ts';
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
afterEach(() => trial.close());

/** @returns names of files of the data folder in which these words stand, whatever is around them */
async function filesWith(words: string): Promise<string[]> {
  const found: string[] = [];
  const folder = trial.service.parts.settings.dataDir;
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

describe('erasing what somebody said', () => {
  it('[ERASE-1] leaves no byte of words, name or address in texts, their past, records, letters or journals', async () => {
    const { speakerId, copied, otherId } = await spoken();
    const unlisted = [WORDS, EARLIER, NAME, EMAIL];
    for (const words of unlisted) expect(await filesWith(words)).not.toEqual([]);
    expect(await erase(speakerId)).toEqual({ done: true });
    for (const words of [...unlisted, 'quillwork']) expect(await filesWith(words)).toEqual([]);
    expect(await textOf(trial.blockId)).toContain(`She said: ${ERASED_HERE} That was that.`);
    expect(await textOf(copied)).toContain(`As we heard, ${ERASED_HERE} And so on.`);
    expect(await textOf(copied)).toContain(`${ERASED_HERE} – to be used`);
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
  });

  it('[ERASE-1] keeps of the past of a text who wrote when and how much, and from then on all of it', async () => {
    const { speakerId, copied } = await spoken();
    const { blocks } = trial.service.parts;
    const before = await blocks.historyOf(trial.blockId);
    const untouched = (await blockOf('1.1')) ?? (await blockOf('2.1')) ?? '';
    const lineages = async () => Promise.all([copied, untouched].map(async (id) => (await blocks.load(id))?.lineage));
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
    expect(await trial.text()).toContain('nothing');
    expect((await checkBlocks(blocks)).faults).toEqual([]);
  });
});
