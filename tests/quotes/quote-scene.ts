import type { UseInText } from '../../shared/document/wording.ts';
import { type QuoteRefusal, refusalOf, type SpeakerFacts } from '../../shared/quotes/acts.ts';
import type { Age } from '../../shared/quotes/consent.ts';
import type { Attribution } from '../../shared/quotes/naming.ts';
import type { AnswerKind, QuoteActor, QuoteEvent, Shown } from '../../shared/quotes/quote-event.ts';
import { after, NO_RECORD, type QuoteRecord } from '../../shared/quotes/quote-record.ts';
import { type Present, type Standing, standingOf } from '../../shared/quotes/standing.ts';

export const DAY = 86_400_000;
export const MEMBER: QuoteActor = { who: 'member', id: 'm1' };
export const SERVER: QuoteActor = { who: 'server' };
export const speaker = (id = 's1'): QuoteActor => ({ who: 'speaker', id });

export type Step = QuoteEvent extends infer E
  ? E extends QuoteEvent
    ? Omit<E, 'at' | 'by'> & { readonly by?: QuoteActor }
    : never
  : never;

export const NAMED: Attribution = { naming: 'name-and-role', text: 'Ada Bell, headteacher' };

export function wordsInText(wording: string, more: Partial<UseInText> = {}): UseInText {
  return {
    quote: 'q1',
    use: 'u1',
    wording,
    context: { before: 'She said:', between: [], after: '' },
    ...more,
  };
}

/** One quote, stepped by hand. */
export class QuoteScene {
  record: QuoteRecord = NO_RECORD;
  readonly events: QuoteEvent[] = [];
  readonly attributions = new Map<string, Attribution>();
  identifying: readonly string[] = [];
  facts: SpeakerFacts = { age: () => 'sixteen-or-over', address: () => 'personal', isCloser: false };
  at = Date.UTC(2026, 10, 2, 9);

  constructor(...speakers: string[]) {
    if (speakers.length > 0) this.must({ kind: 'captured', speakers });
  }

  age(age: Age): void {
    this.facts = { ...this.facts, age: () => age };
  }

  /** @returns why it was refused; null where it was taken */
  do(step: Step): QuoteRefusal | null {
    const event = { at: this.at, by: MEMBER, ...step } as QuoteEvent;
    const refusal = refusalOf(this.record, event, this.facts);
    if (refusal === null) {
      this.record = after(this.record, event);
      this.events.push(event);
    }
    this.at += 1;
    return refusal;
  }

  must(...steps: Step[]): this {
    for (const step of steps) {
      const refusal = this.do(step);
      if (refusal) throw new Error(`${step.kind}: ${refusal}`);
    }
    return this;
  }

  present(...uses: UseInText[]): Present {
    return {
      uses,
      attribution: (id) => this.attributions.get(id) ?? NAMED,
      identifying: () => this.identifying,
    };
  }

  shown(use: UseInText, id = 's1'): Shown {
    const { wording, context } = use;
    return { use: use.use, wording, context, attribution: this.present().attribution(id) };
  }

  sending(ask: string, use: UseInText, id = 's1'): Step {
    return {
      ...{ kind: 'sent', ask, speaker: id, way: 'link' },
      ...{ shown: this.shown(use, id), lapsesAt: this.at + 20 * DAY },
    } as Step;
  }

  /** Checks the words and asks about them. */
  ask(ask: string, use: UseInText, id = 's1'): this {
    return this.must({ kind: 'checked', wording: use.wording }, this.sending(ask, use, id));
  }

  answer(kind: AnswerKind, ask: string, id = 's1', wording?: string): this {
    return this.must({ kind, ask, by: speaker(id), ...(wording !== undefined && { wording }) } as Step);
  }

  standing(use: UseInText, id = 's1'): Standing {
    return standingOf(this.record, use, id, this.present(use));
  }
}
