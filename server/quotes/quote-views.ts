import type { QuoteAsk, QuoteView, WholeQuote } from '../../shared/api/quotes.ts';
import { boardWordOf } from '../../shared/quotes/board-words.ts';
import { publicationBlocks } from '../../shared/quotes/publication.ts';
import type { QuoteStep } from '../../shared/quotes/quote-chain.ts';
import { type Ask, guardianAgreed, isGuardianAskOpen } from '../../shared/quotes/quote-record.ts';
import { HOW_SAID } from '../../shared/quotes/source.ts';
import { type Present, standingOf } from '../../shared/quotes/standing.ts';
import type { KeptQuote } from './quote-store.ts';
import type { PlacedUse, QuotedText } from './quoted-text.ts';
import { type Speakers, speakerView } from './speakers.ts';

/** Everything beside a quote's own record that its view is made from. */
export interface ViewNeeds {
  readonly text: QuotedText;
  readonly speakers: Speakers;
  readonly readable: ReadonlySet<string>;
  /** By id, of those who captured. */
  readonly people: ReadonlyMap<string, { readonly name: string }>;
  /** When letters go that wait, by the question that they ask. */
  readonly goesAt: ReadonlyMap<string, number>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** @returns what there is now, of which a quote's standing is computed (QUOTE-2) */
export function presentOf(uses: readonly PlacedUse[], speakers: Speakers): Present {
  return {
    uses: uses.map(({ use }) => use),
    attribution: (id) => speakers.attribution(id),
    identifying: (id) => speakers.identifying(id),
    ownNames: (id) => speakers.ownNames(id),
  };
}

export function quoteView({ row, record, steps }: KeptQuote, needs: ViewNeeds): QuoteView {
  const placed = needs.text.usesOf(row);
  const present = presentOf(placed, needs.speakers);
  return {
    id: row.id,
    caseId: row.case_id,
    blockId: row.block_id,
    speakerIds: [...record.speakers],
    how: HOW_SAID.find((how) => how === row.how) ?? 'interview',
    saidOn: row.said_on,
    source: row.source,
    original: row.original,
    language: row.language,
    translated: row.translated === 1,
    capturedBy: needs.people.get(row.made_by)?.name ?? 'Somebody who left',
    capturedAt: row.made_at,
    captured: row.captured,
    word: boardWordOf(record, present),
    uses: placed
      .filter(({ blockId }) => needs.readable.has(blockId))
      .map(({ blockId, use }) => ({
        use: use.use,
        blockId,
        wording: use.wording,
        overlaps: [...(use.overlaps ?? [])],
        context: { ...use.context, between: [...use.context.between] },
        standings: record.speakers.map((speakerId) => ({
          speakerId,
          standing: standingOf(record, use, speakerId, present),
        })),
      })),
    asks: record.asks.map((ask) => askView(ask, needs.goesAt)),
    blocks: [
      ...publicationBlocks(record, present, {
        channel: 'print',
        at: needs.now,
        age: needs.speakers.facts.age,
      }),
    ],
    setAside: record.setAside,
    guardianAsks: record.guardianAsks.map((ask) => ({
      ...{ id: ask.id, speakerId: ask.speaker, sentAt: ask.sentAt },
      ...{ goesAt: needs.goesAt.get(ask.id) ?? null, openedAt: ask.openedAt, lapsesAt: ask.lapsesAt },
      isOpen: isGuardianAskOpen(record, ask),
    })),
    guardianAgreed: record.speakers.filter((speaker) => guardianAgreed(record, speaker)),
    seq: steps.length,
  };
}

function askView(ask: Ask, goesAt: ViewNeeds['goesAt']): QuoteAsk {
  return {
    id: ask.id,
    use: ask.shown.use,
    speakerId: ask.speaker,
    way: ask.way,
    wording: ask.shown.wording,
    sentAt: ask.sentAt,
    goesAt: goesAt.get(ask.id) ?? null,
    openedAt: ask.openedAt,
    lapsesAt: ask.lapsesAt,
    over: ask.over,
    answer: ask.answer,
  };
}

/**
 * @param mayErase whether the asker may, in this study
 * @returns the quote with its steps; names of members and speakers as they are now
 */
export function wholeQuoteView(
  kept: KeptQuote,
  needs: ViewNeeds,
  { broken, mayErase }: Pick<WholeQuote, 'broken' | 'mayErase'>,
): Omit<WholeQuote, 'studyId' | 'studyTitle' | 'caseTitle' | 'mayChange'> {
  const { rows } = needs.speakers;
  const speakers = rows.filter(({ id }) => kept.record.speakers.includes(id));
  return {
    quote: quoteView(kept, needs),
    speakers: speakers.map((row) => speakerView(row, needs.speakers)),
    steps: kept.steps.flatMap(({ seq, who, whoId, hash }, at) => {
      const event = kept.events[at];
      // the words of a step say that it was a parent or carer; its id is the child's
      const name =
        who === 'member'
          ? (needs.people.get(whoId)?.name ?? 'Somebody who left')
          : who === 'speaker'
            ? (rows.find(({ id }) => id === whoId)?.name ?? '')
            : '';
      return event ? [{ seq, by: name, event, hash }] : [];
    }),
    code: certificateCode(kept),
    broken,
    erasedAt: kept.row.erased_at,
    mayErase: mayErase && kept.record.withdrawn.size > 0 && !kept.record.erased,
  };
}

/** Digits of the newest step's hash that a certificate shows: 80 bits. */
export const CODE_DIGITS = 20;

/** @returns by which a certificate is checked: it changes with every step (QUOTE-6) */
export function certificateCode({ row, steps }: KeptQuote): string {
  return stepCode(row.id, steps.at(-1));
}

/** @returns by which what was recorded up to a step is checked */
export function stepCode(quoteId: string, step: Pick<QuoteStep, 'hash'> | undefined): string {
  return `${quoteId}.${(step?.hash ?? '').slice(0, CODE_DIGITS)}`;
}
