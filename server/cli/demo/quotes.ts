import type * as Y from 'yjs';
import type { Person } from '../../../shared/api/people.ts';
import type { SeenWords } from '../../../shared/api/quotes.ts';
import { CONTENT } from '../../../shared/document/block-parts.ts';
import { type QuoteUse, quoteKey } from '../../../shared/document/quote-key.ts';
import type { BlockWriting } from '../../collaboration/block-writing.ts';
import type { Parts } from '../../parts.ts';
import { findWords, revise } from './block-content.ts';
import type { Calls } from './calls.ts';
import type { QuoteContent, QuotesContent, Writer } from './case-content.ts';

/** Where a case's quotes are planted. */
export interface QuotePlace {
  readonly caseId: string;
  /** By key of the content. */
  readonly schoolIds: ReadonlyMap<string, string>;
  readonly blockOf: (sectionId: string) => string;
}

const DAY = 86_400_000;

/** Captures the quotes of a case as a fieldworker would, and takes each as far as the content says. */
export class QuotePlanting {
  readonly #parts: Parts;
  readonly #writing: BlockWriting;
  readonly #who: Readonly<Record<Writer, Person>>;
  readonly #calls: Calls;

  /** @param calls of the first fieldworker */
  constructor(parts: Parts, writing: BlockWriting, who: Readonly<Record<Writer, Person>>, calls: Calls) {
    this.#parts = parts;
    this.#writing = writing;
    this.#who = who;
    this.#calls = calls;
  }

  /** @throws when a section does not hold the words, or the service refuses a step */
  async plant(place: QuotePlace, { speakers, quotes }: QuotesContent): Promise<void> {
    const speakerIds = new Map<string, string>();
    for (const { key, name, role, school, isContact } of speakers) {
      const { id } = await this.#calls.call('POST /api/cases/:caseId/speakers', {
        params: { caseId: place.caseId },
        body: {
          id: this.#newId(),
          schoolId: found(place.schoolIds.get(school), school),
          ...{ name, role, age: 'sixteen-or-over' },
          ...(isContact ? { email: this.#who.contact.email } : { address: 'none' }),
        },
      });
      speakerIds.set(key, id);
    }
    for (const quote of quotes) {
      await this.#quote(place, quote, found(speakerIds.get(quote.speaker), quote.speaker));
    }
  }

  async #quote(place: QuotePlace, content: QuoteContent, speakerId: string): Promise<void> {
    const { caseId } = place;
    const blockId = place.blockOf(content.section);
    const use: QuoteUse = { quote: this.#newId(), use: this.#newId() };
    await this.#edit(blockId, 'first', (doc) => mark(doc, content.words, use));
    const captured = await this.#calls.call('POST /api/cases/:caseId/quotes', {
      params: { caseId },
      body: {
        ...{ id: use.quote, use: use.use, blockId, speakerIds: [speakerId] },
        ...{ how: content.how, source: content.source, wording: content.words, checked: true },
        original: content.original ?? '',
        saidOn: new Date(this.#parts.clock.now() - content.saidDaysAgo * DAY).toISOString().slice(0, 10),
      },
    });
    const stands = found(captured.uses[0], content.words);
    const seen = { wording: stands.wording, context: stands.context };
    await this.#goOn(caseId, content.outcome, use, speakerId, seen);
    const { since } = content;
    if (since) await this.#edit(blockId, since.by, revise(since).change);
  }

  async #goOn(
    caseId: string,
    outcome: QuoteContent['outcome'],
    { quote, use }: QuoteUse,
    speakerId: string,
    seen: SeenWords,
  ): Promise<void> {
    if (!outcome) return;
    const ask = this.#newId();
    if (outcome === 'asked') {
      await this.#calls.call('POST /api/cases/:caseId/asks', {
        params: { caseId },
        body: { id: this.#newId(), speakerId, asks: [{ id: ask, quoteId: quote, use }], days: 14 },
      });
      return;
    }
    const params = { quoteId: quote };
    const said =
      'confirmed' in outcome
        ? { kind: 'confirmed' as const, evidence: outcome.confirmed }
        : { kind: 'correction-proposed' as const, wording: outcome.corrected, evidence: outcome.by };
    await this.#calls.call('POST /api/quotes/:quoteId/answers', {
      params,
      body: { ask, use, speakerId, seen, ...said },
    });
    await this.#calls.call('POST /api/quotes/:quoteId/consent', {
      params,
      body: {
        ...{ speakerId, from: 'speaker', channels: ['print', 'web'], naming: 'role-only' },
        evidence: said.evidence,
      },
    });
  }

  async #edit(blockId: string, by: Writer, change: (doc: Y.Doc) => void): Promise<void> {
    await this.#writing.edit(blockId, null, change, { authorId: this.#who[by].id });
  }

  #newId(): string {
    return this.#parts.random.id();
  }
}

function mark(doc: Y.Doc, words: string, use: QuoteUse): void {
  const place = found(findWords(doc.getXmlFragment(CONTENT), words), words);
  place.text.format(place.at, words.length, { [quoteKey(use)]: { ...use } });
}

function found<T>(value: T | null | undefined, what: string): T {
  if (value == null) throw new Error(`there is no ${what} to quote`);
  return value;
}
