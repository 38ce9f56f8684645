/**
 * A step of a quote as it is kept: what goes into the chain in the clear, and the words
 * of people, which go into rows that can be erased. Read back without those rows, a step
 * has null where words stood, and so verifies nothing.
 */
import type { QuoteContext } from '../document/quote-context.ts';
import { CHANNELS, type Consent } from './consent.ts';
import { type Attribution, NAMINGS } from './naming.ts';
import { canonicalStepDetail, type QuoteStep, type QuoteWords } from './quote-chain.ts';
import type { Evidence, QuoteActor, QuoteEvent, Shown } from './quote-event.ts';
import { SCAN_TYPES, type Scan } from './scan.ts';
import { HOW_SAID, type QuoteSource, SOURCE_PARTS, type SourcePart } from './source.ts';

/** Whom an answer is from that the letter reached instead of the speaker. */
const STRANGER = 'somebody-else';

type Detail = Readonly<Record<string, string | number>>;
export type SpokenPart = Omit<QuoteWords, 'salt'>;

/** @returns what a chain keeps of an event, and its words, each to be given a salt */
export function stepParts(event: QuoteEvent): {
  readonly step: Omit<QuoteStep, 'quoteId' | 'seq' | 'words' | 'hash'>;
  readonly words: readonly SpokenPart[];
} {
  const { at, by, kind } = event;
  const { detail, words } = split(event);
  return {
    step: { at, kind, who: by.who, whoId: whoId(by), detail: canonicalStepDetail(detail) },
    words: Object.entries(words).flatMap(([part, text]) => (text === null ? [] : [{ part, text }])),
  };
}

/**
 * @param words of the step that are not erased
 * @throws for a step that no version wrote: `followChain` comes first
 */
export function eventOfStep(step: QuoteStep, words: readonly SpokenPart[]): QuoteEvent {
  const detail = new StepDetail(step, words);
  return { at: step.at, by: actor(step), ...detail.event() } as QuoteEvent;
}

function whoId(by: QuoteActor): string {
  switch (by.who) {
    case 'guardian':
      return by.of;
    case 'server':
      return '';
    default:
      return by.id;
  }
}

function actor({ who, whoId: id, seq }: QuoteStep): QuoteActor {
  switch (who) {
    case 'speaker':
    case 'member':
      return { who, id };
    case 'guardian':
      return { who, of: id };
    case 'server':
      return { who };
    default:
      throw new Error(`step ${seq} of a quote is by nobody that is known (${who})`);
  }
}

interface Parts {
  readonly detail: Detail;
  readonly words: Readonly<Record<string, string | null>>;
}

function split(event: QuoteEvent): Parts {
  switch (event.kind) {
    case 'captured':
      return {
        detail: {
          speakers: event.speakers.join(','),
          ...(event.turns && { turns: event.turns.join(',') }),
        },
        words: {},
      };
    case 'checked':
      return { detail: {}, words: { wording: event.wording } };
    case 'sent': {
      const { ask, speaker, way, lapsesAt, shown } = event;
      return { detail: { ask, speaker, way, lapsesAt, use: shown.use }, words: shownWords(shown) };
    }
    case 'guardian-asked': {
      const { ask, speaker, lapsesAt, shown } = event;
      return { detail: { ask, speaker, lapsesAt, use: shown.use }, words: shownWords(shown) };
    }
    case 'reminded':
      return { detail: { ask: event.ask, day: event.day }, words: {} };
    case 'opened':
    case 'lapsed':
    case 'recalled':
    case 'correction-accepted':
    case 'correction-returned':
      return { detail: { ask: event.ask }, words: {} };
    case 'confirmed':
    case 'correction-proposed':
    case 'disputed':
    case 'declined': {
      const stranger: Detail = event.stranger ? { from: STRANGER } : {};
      const told = evidenced({ ask: event.ask, ...stranger }, event.evidence);
      return event.wording === undefined
        ? told
        : { ...told, words: { ...told.words, wording: event.wording } };
    }
    case 'found-fair': {
      const { speaker, shown, reason } = event;
      return { detail: { speaker, use: shown.use }, words: { ...shownWords(shown), reason } };
    }
    case 'consented': {
      const { speaker, from, consent, evidence } = event;
      const until = consent.until ?? 'none';
      const agreed = { channels: consent.channels.join(','), until, naming: consent.naming };
      const told = evidenced({ speaker, from, ...agreed }, evidence);
      if (event.attribution === undefined) return told;
      return { ...told, words: { ...told.words, attribution: attributionWords(event.attribution) } };
    }
    case 'withdrawn':
      return evidenced({ speaker: event.speaker, from: event.from }, event.evidence);
    case 'source-changed':
      return {
        detail: { parts: event.parts.join(',') },
        words: { before: sourceWords(event.before), after: sourceWords(event.after) },
      };
    case 'set-aside':
    case 'taken-up':
    case 'erased':
      return { detail: {}, words: {} };
  }
}

function shownWords({
  wording,
  context,
  attribution,
  turns,
}: Shown): Readonly<Record<string, string | null>> {
  return {
    wording,
    context: context && JSON.stringify([context.before, context.between, context.after]),
    attribution: attributionWords(attribution),
    ...(turns && { turns: JSON.stringify(turns.map(({ own, words }) => [own ? 1 : 0, words])) }),
  };
}

function sourceWords(source: QuoteSource | null): string | null {
  if (source === null) return null;
  const { how, saidOn, source: place, original, language, translated } = source;
  return JSON.stringify([how, saidOn, place, original, language, translated]);
}

function attributionWords(attribution: Attribution | null): string | null {
  return attribution && JSON.stringify([attribution.naming, attribution.text]);
}

function evidenced(detail: Detail, evidence: Evidence | undefined): Parts {
  if (!evidence) return { detail, words: {} };
  const { how, note, scan } = evidence;
  return {
    detail: { ...detail, evidence: how },
    // the hash of a sheet that somebody has would tell that it is this one: it is erased with the words
    words: { note, ...(scan && { scan: JSON.stringify([scan.hash, scan.type, scan.size, scan.name]) }) },
  };
}

class StepDetail {
  readonly #step: QuoteStep;
  readonly #detail: Detail;
  readonly #words: ReadonlyMap<string, string>;

  constructor(step: QuoteStep, words: readonly SpokenPart[]) {
    this.#step = step;
    this.#detail = JSON.parse(step.detail) as Detail;
    this.#words = new Map(words.map(({ part, text }) => [part, text]));
  }

  event(): object {
    const kind = this.#step.kind as QuoteEvent['kind'];
    switch (kind) {
      case 'captured':
        return { kind, speakers: list(this.#text('speakers')), ...this.#turnsOfLines() };
      case 'checked':
        return { kind, wording: this.#word('wording') };
      case 'sent':
        return {
          kind,
          ...this.#texts('ask', 'speaker', 'way'),
          lapsesAt: this.#number('lapsesAt'),
          shown: this.#shown(),
        };
      case 'guardian-asked':
        return {
          kind,
          ...this.#texts('ask', 'speaker'),
          lapsesAt: this.#number('lapsesAt'),
          shown: this.#shown(),
        };
      case 'reminded':
        return { kind, ...this.#texts('ask'), day: this.#number('day') };
      case 'opened':
      case 'lapsed':
      case 'recalled':
      case 'correction-accepted':
      case 'correction-returned':
        return { kind, ...this.#texts('ask') };
      case 'confirmed':
      case 'correction-proposed':
      case 'disputed':
      case 'declined':
        return {
          ...{ kind, ...this.#texts('ask'), ...this.#correction(), ...this.#evidence() },
          ...(this.#detail.from === STRANGER && { stranger: true }),
        };
      case 'found-fair':
        return { kind, ...this.#texts('speaker'), shown: this.#shown(), reason: this.#word('reason') };
      case 'consented':
        return {
          kind,
          ...this.#texts('speaker', 'from'),
          consent: this.#consent(),
          ...(this.#step.words.attribution !== undefined && { attribution: this.#attribution() }),
          ...this.#evidence(),
        };
      case 'withdrawn':
        return { kind, ...this.#texts('speaker', 'from'), ...this.#evidence() };
      case 'source-changed':
        return { kind, parts: this.#parts(), before: this.#source('before'), after: this.#source('after') };
      case 'set-aside':
      case 'taken-up':
      case 'erased':
        return { kind };
      default:
        kind satisfies never;
        return this.#fail('kind');
    }
  }

  #shown(): Shown {
    const context = this.#json('context') as [string, string[], string] | null;
    return {
      use: this.#text('use'),
      wording: this.#word('wording'),
      context:
        context && ({ before: context[0], between: context[1], after: context[2] } satisfies QuoteContext),
      attribution: this.#attribution(),
      ...(this.#step.words.turns !== undefined && { turns: this.#turns() }),
    };
  }

  #turns(): Shown['turns'] {
    const turns = this.#json('turns') as [number, string][] | null;
    return turns?.map(([own, words]) => ({ own: own === 1, words })) ?? null;
  }

  #turnsOfLines(): { turns?: readonly number[] } {
    if (this.#detail.turns === undefined) return {};
    return { turns: list(this.#text('turns')).map(Number) };
  }

  #attribution(): Attribution | null {
    const named = this.#json('attribution') as [Attribution['naming'], string] | null;
    return named && { naming: named[0], text: named[1] };
  }

  #parts(): readonly SourcePart[] {
    const parts = list(this.#text('parts')).map((one) => SOURCE_PARTS.find((known) => known === one));
    return parts.includes(undefined) ? this.#fail('parts') : (parts as SourcePart[]);
  }

  #source(part: 'before' | 'after'): QuoteSource | null {
    const kept = this.#json(part) as [string, string | null, string, string, string, boolean] | null;
    if (kept === null) return null;
    const [said, saidOn, source, original, language, translated] = kept;
    const how = HOW_SAID.find((known) => known === said);
    return how === undefined ? this.#fail(part) : { how, saidOn, source, original, language, translated };
  }

  #consent(): Consent {
    const { until } = this.#detail;
    const channels = list(this.#text('channels')).map((one) => CHANNELS.find((known) => known === one));
    const naming = NAMINGS.find((known) => known === this.#text('naming'));
    if (naming === undefined || channels.includes(undefined)) return this.#fail('consent');
    return {
      channels: channels as Consent['channels'],
      until: until === 'none' ? null : this.#number('until'),
      naming,
    };
  }

  #correction(): object {
    return this.#step.words.wording === undefined ? {} : { wording: this.#word('wording') };
  }

  #evidence(): object {
    if (this.#detail.evidence === undefined) return {};
    const evidence = { how: this.#text('evidence'), note: this.#word('note') };
    return { evidence: this.#step.words.scan === undefined ? evidence : { ...evidence, scan: this.#scan() } };
  }

  #scan(): Scan | null {
    const kept = this.#json('scan') as [string, string, number, string] | null;
    if (kept === null) return null;
    const [hash, said, size, name] = kept;
    const type = SCAN_TYPES.find((known) => known === said);
    return type === undefined ? this.#fail('scan') : { hash, type, size, name };
  }

  #texts(...names: readonly string[]): object {
    return Object.fromEntries(names.map((name) => [name, this.#text(name)]));
  }

  #text(name: string): string {
    const text = this.#detail[name];
    return typeof text === 'string' ? text : this.#fail(name);
  }

  #number(name: string): number {
    const number = this.#detail[name];
    return typeof number === 'number' ? number : this.#fail(name);
  }

  /** Null: erased. */
  #word(part: string): string | null {
    return this.#words.get(part) ?? null;
  }

  #json(part: string): unknown {
    const text = this.#word(part);
    return text === null ? null : JSON.parse(text);
  }

  #fail(what: string): never {
    throw new Error(`step ${this.#step.seq} of quote ${this.#step.quoteId} cannot be read: ${what}`);
  }
}

function list(text: string): readonly string[] {
  return text === '' ? [] : text.split(',');
}
