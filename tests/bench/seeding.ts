/**
 * The case that is measured: one school, every section, 8,000 words in all; and
 * one block that alone holds as many, for the bare page. Made through the
 * public interface alone.
 */
import { prosemirrorJSONToYXmlFragment } from '@tiptap/y-tiptap';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { CaseDetail } from '../../shared/api/cases.ts';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { blockSchema, SCHEMA_VERSION } from '../../shared/document/schema.ts';

export const WORDS = 8_000;
/** Stand in the first and the last paragraph, so that a page can be asked whether they are there. */
export const FIRST_WORDS = 'Here the case begins.';
export const LAST_WORDS = 'Here the case ends.';

export interface Bench {
  readonly url: string;
  readonly token: string;
  readonly studyId: string;
  readonly caseId: string;
  readonly blockIds: readonly string[];
  /** The block of the first section with running text in the measured case. */
  readonly firstBlockId: string;
  readonly firstSectionId: string;
  /** For the bare page: one block with all the words of the case. */
  readonly bareBlockId: string;
  /** For the bare page: one block with the words of that first section alone. */
  readonly bareSectionBlockId: string;
}

/** @returns a stock provider on one block, once it has the server's state */
export async function openStock(
  bench: Pick<Bench, 'url' | 'token'>,
  blockId: string,
): Promise<WebsocketProvider> {
  const provider = new WebsocketProvider(
    `${bench.url.replace('http', 'ws')}/collab`,
    `block/${blockId}`,
    new Y.Doc(),
    {
      protocols: ['y-websocket', `casebook.schema.${SCHEMA_VERSION}`, `casebook.token.${bench.token}`],
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    },
  );
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()));
  return provider;
}

/** Sentences of 12 words each, always the same, in paragraphs of five. */
function paragraphs(words: number, seed: number): string[] {
  const stock =
    'the teacher and her colleague agreed what to watch for before each lesson then talked about it soon after over tea with notes from the card pupils saw how plans changed week by week and asked for more of such work in other rooms'.split(
      ' ',
    );
  const result: string[] = [];
  let at = seed;
  for (let made = 0; made < words; made += 60) {
    const sentences = Array.from({ length: 5 }, () => {
      const sentence = Array.from({ length: 12 }, () => {
        at += 7;
        return stock[at % stock.length];
      }).join(' ');
      return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
    });
    result.push(sentences.join(' '));
  }
  return result;
}

async function write(
  bench: Pick<Bench, 'url' | 'token'>,
  blockId: string,
  texts: readonly string[],
): Promise<void> {
  const provider = await openStock(bench, blockId);
  const json = {
    type: 'doc',
    content: texts.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  };
  provider.doc.transact(() => {
    prosemirrorJSONToYXmlFragment(blockSchema(), json, provider.doc.getXmlFragment(CONTENT));
  });
  // A second reader that has the text proves that it is on disk: nothing is passed on before.
  const expected = JSON.stringify(provider.doc.getXmlFragment(CONTENT).toJSON());
  const reader = await openStock(bench, blockId);
  while (JSON.stringify(reader.doc.getXmlFragment(CONTENT).toJSON()) !== expected) {
    await new Promise<void>((resolve) => reader.doc.once('update', () => resolve()));
  }
  reader.destroy();
  provider.destroy();
}

/** @param token an API token of somebody who may create studies */
export async function seed(url: string, token: string): Promise<Bench> {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
  const study = await call<StudyDetail>('POST', '/api/studies', {
    id: 'bench-study',
    title: 'Bench',
    frameworkId: 'mentoring-and-coaching',
    frameworkVersion: 1,
  });
  await call('POST', `/api/studies/${study.id}/schools`, { id: 'bench-school', name: 'Larkfield Primary' });
  const make = (id: string) =>
    call<CaseDetail>('POST', `/api/studies/${study.id}/cases`, {
      id,
      title: 'Two teachers, one lesson at a time',
      schoolIds: ['bench-school'],
    });
  const measured = await make('bench-case');
  const bare = await make('bare-case');

  const framework = await call<{ sections: { id: string; prose: boolean }[] }>(
    'GET',
    `/api/frameworks/${study.frameworkId}/${study.frameworkVersion}`,
  );
  const withText = new Set(
    framework.sections.filter((section) => section.prose).map((section) => section.id),
  );
  const blocks = measured.blocks.filter((block) => withText.has(block.sectionId));
  const each = Math.floor(WORDS / blocks.length);
  const bench = { url, token };
  for (const [index, block] of blocks.entries()) {
    const texts = paragraphs(each, index * 13);
    if (index === 0) texts[0] = `${FIRST_WORDS} ${texts[0]}`;
    if (index === blocks.length - 1) texts.push(LAST_WORDS);
    await write(bench, block.blockId, texts);
  }
  const [bareBlock, bareSectionBlock] = bare.blocks.filter((block) => withText.has(block.sectionId));
  const firstBlock = blocks[0];
  if (!bareBlock || !bareSectionBlock || !firstBlock) throw new Error('the framework has no two texts');
  const section = paragraphs(each, 0);
  section[0] = `${FIRST_WORDS} ${section[0]}`;
  await write(bench, bareSectionBlock.blockId, [...section, LAST_WORDS]);
  const whole = paragraphs(WORDS, 0);
  whole[0] = `${FIRST_WORDS} ${whole[0]}`;
  whole.push(LAST_WORDS);
  await write(bench, bareBlock.blockId, whole);
  return {
    url,
    token,
    studyId: study.id,
    caseId: measured.id,
    blockIds: measured.blocks.map((block) => block.blockId),
    firstBlockId: firstBlock.blockId,
    firstSectionId: firstBlock.sectionId,
    bareBlockId: bareBlock.blockId,
    bareSectionBlockId: bareSectionBlock.blockId,
  };
}
