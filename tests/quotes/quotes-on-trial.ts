import * as Y from 'yjs';
import type { RouteReply } from '../../shared/api/contract.ts';
import type { QuoteView, SeenWords } from '../../shared/api/quotes.ts';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { type QuoteUse, quoteKey } from '../../shared/document/quote-key.ts';
import { type ComposedService, composeService } from '../support/composed.ts';
import { newId } from '../support/team.ts';
import type { PageCalls } from '../support/web.ts';

/** One case with quotes in its text, on a whole service in this process. */
export interface QuotesOnTrial {
  readonly service: ComposedService;
  readonly lead: string;
  readonly calls: PageCalls;
  readonly studyId: string;
  readonly schoolId: string;
  readonly caseId: string;
  readonly blockId: string;
  /** Adds a speaker. @returns their id */
  speaker(name: string, more?: object): Promise<string>;
  /** Writes a paragraph with words of a use in it: `Before «words» after.` */
  write(text: string, use: QuoteUse, blockId?: string): Promise<void>;
  /** Types other words in the place of some, within a use. */
  retype(use: QuoteUse, words: string, others: string): Promise<void>;
  /** Changes the paragraph that was written last. */
  editLast(change: (text: Y.XmlText) => void): Promise<void>;
  /** Captures words that are written so, and checked against their source. */
  capture(quote: QuoteUse, wording: string, ...speakers: string[]): Promise<QuoteView>;
  /** Asks about the quote as it stands. @returns the ask */
  ask(
    quote: QuoteUse,
    speakerId: string,
  ): Promise<RouteReply<'POST /api/cases/:caseId/asks'> & { ask: string }>;
  quote(id: string): Promise<QuoteView>;
  /** @returns what whoever reads a use out has before them */
  seen(use: QuoteUse): Promise<SeenWords>;
  text(): Promise<string>;
  close(): Promise<void>;
}

/** @param clientRoot of the built pages; null for none */
export async function quotesOnTrial(
  env: Readonly<Record<string, string>> = {},
  clientRoot: string | null = null,
): Promise<QuotesOnTrial> {
  const service = await composeService(env, undefined, clientRoot);
  const lead = await service.person('Imogen Farrell');
  const { studyId, schoolId, case: theCase } = await service.study(lead);
  const calls = await service.program(lead);
  const caseId = theCase.id;
  const blockId = theCase.blocks.find((block) => block.sectionId === '1')?.blockId ?? '';
  const inCase = { caseId };
  const trial: QuotesOnTrial = {
    ...{ service, lead, calls, studyId, schoolId, caseId, blockId },
    async speaker(name, more = {}) {
      const about = { age: 'sixteen-or-over', role: 'Headteacher', naming: 'name-and-role' } as const;
      const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@school.example`;
      const wanted = { id: newId(), schoolId, name, email, ...about, ...more };
      return (await calls.call('POST /api/cases/:caseId/speakers', wanted, inCase)).id;
    },
    async write(text, use, block = blockId) {
      const [before = '', words = '', after = ''] = text.split(/[«»]/);
      await service.writing.edit(block, lead, (doc) => {
        const paragraph = new Y.XmlElement('paragraph');
        const line = new Y.XmlText();
        doc.getXmlFragment(CONTENT).push([paragraph]);
        paragraph.push([line]);
        line.insert(0, before, {});
        line.insert(before.length, words, { [quoteKey(use)]: { ...use } });
        line.insert(before.length + words.length, after, {});
      });
    },
    async retype(use, words, others) {
      await service.writing.edit(blockId, lead, (doc) => {
        for (const paragraph of doc.getXmlFragment(CONTENT).toArray() as Y.XmlElement[]) {
          const text = paragraph.get(0) as Y.XmlText;
          let at = 0;
          for (const { insert, attributes } of text.toDelta() as { insert: string; attributes?: object }[]) {
            const found = Object.keys(attributes ?? {}).includes(quoteKey(use)) ? insert.indexOf(words) : -1;
            if (found >= 0) {
              text.insert(at + found, others, { [quoteKey(use)]: { ...use } });
              text.delete(at + found + others.length, words.length);
            }
            at += insert.length;
          }
        }
      });
    },
    async editLast(change) {
      await service.writing.edit(blockId, lead, (doc) => {
        const content = doc.getXmlFragment(CONTENT);
        change((content.get(content.length - 1) as Y.XmlElement).get(0) as Y.XmlText);
      });
    },
    capture: ({ quote, use }, wording, ...speakerIds) =>
      calls.call(
        'POST /api/cases/:caseId/quotes',
        { id: quote, use, blockId, speakerIds, how: 'interview', wording, checked: true },
        inCase,
      ),
    async ask({ quote, use }, speakerId) {
      const ask = newId();
      const wanted = { id: newId(), speakerId, asks: [{ id: ask, quoteId: quote, use }] };
      return { ...(await calls.call('POST /api/cases/:caseId/asks', wanted, inCase)), ask };
    },
    async quote(id) {
      const { quotes } = await calls.call('GET /api/cases/:caseId/quotes', undefined, inCase);
      const found = quotes.find((quote) => quote.id === id);
      if (!found) throw new Error('no such quote');
      return found;
    },
    async seen({ quote, use }) {
      const found = (await trial.quote(quote)).uses.find((one) => one.use === use);
      if (!found) throw new Error('these words stand nowhere');
      return { wording: found.wording, context: found.context };
    },
    async text() {
      const { blocks } = await calls.call('GET /api/cases/:caseId/text', undefined, inCase);
      return blocks.find((block) => block.blockId === blockId)?.html ?? '';
    },
    close: () => service.close(),
  };
  return trial;
}

/** @returns how a quote stands, place by place and speaker by speaker */
export function standings(quote: QuoteView): string[] {
  return quote.uses.flatMap((use) => use.standings.map(({ standing }) => standing));
}
