import { readdir, readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import { CONTENT } from '../../shared/document/block-parts.ts';
import type { QuoteUse } from '../../shared/document/quote-key.ts';
import {
  type SuggestionMark,
  suggestionAttributes,
  suggestionKey,
} from '../../shared/document/suggestion-key.ts';
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
});
