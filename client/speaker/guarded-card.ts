import type { GuardedQuote, GuardedWords } from '../../shared/api/guardian-quotes.ts';
import { CHANNEL_WORDS, listed } from '../../shared/quotes/receipt.ts';
import { HOW_SAID_WORDS } from '../../shared/quotes/source.ts';
import { longDayOf } from '../ui/dates.ts';
import { button, fill, h } from './element.ts';
import { attempt } from './form.ts';
import { guardedFollows, guardedMark, guardedOthers, guardedSituation } from './guarded-words.ts';
import { type NamingWish, namingForm } from './naming-form.ts';
import { betweenOthers, leftOut, presentWords } from './shown-words.ts';
import { printWords } from './speaker-words.ts';

/** What a card asks the server for. */
export interface GuardedActs {
  consent(of: GuardedWords, quote: GuardedQuote, wish: NamingWish): Promise<void>;
  assent(of: GuardedWords, quote: GuardedQuote): Promise<void>;
  withdraw(of: GuardedWords, quote: GuardedQuote): Promise<void>;
}

type Mode = 'reading' | 'agreeing' | 'withdrawing';

/** Words of a child, with what a parent or carer can say to them. */
export class GuardedCard {
  readonly element: HTMLElement;
  readonly #acts: GuardedActs;
  readonly #number: number;
  readonly #problem = h('div', { role: 'alert' });
  #of: GuardedWords;
  #quote: GuardedQuote;
  #mode: Mode = 'reading';

  /** @param number of the card on its page, from 1 */
  constructor(of: GuardedWords, quote: GuardedQuote, number: number, acts: GuardedActs) {
    this.#of = of;
    this.#quote = quote;
    this.#acts = acts;
    this.#number = number;
    this.element = h('article', { class: 'card', 'aria-labelledby': this.#id('title'), tabindex: '-1' });
    this.#draw();
  }

  /** Shows how the words stand by now. */
  show(of: GuardedWords, quote: GuardedQuote): void {
    const isSame = JSON.stringify([of, quote]) === JSON.stringify([this.#of, this.#quote]);
    this.#of = of;
    this.#quote = quote;
    if (!isSame && this.#mode === 'reading') this.#draw();
  }

  #id(part: string): string {
    return `guarded-${part}-${this.#number}`;
  }

  #to(mode: Mode): void {
    this.#mode = mode;
    fill(this.#problem);
    this.#draw();
    if (mode === 'reading') this.element.focus({ preventScroll: true });
    else this.element.querySelector<HTMLElement>('input:checked, input, .choices button')?.focus();
  }

  async #ask(act: () => Promise<void>): Promise<void> {
    await act();
    this.#to('reading');
    this.element.scrollIntoView({ block: 'nearest' });
  }

  #press(words: string, look: 'main' | 'plain' | 'bad', act: () => Promise<void>): HTMLElement {
    return button(words, look, () => void attempt(this.element, this.#problem, () => this.#ask(act)));
  }

  #draw(): void {
    const { name } = this.#of;
    const quote = this.#quote;
    const situation = guardedSituation(quote, Date.now());
    const mark = guardedMark(situation, name);
    const follows = guardedFollows(quote, situation, name);
    const day = quote.source.saidOn === null ? '' : `, on ${longDayOf(Date.parse(quote.source.saidOn))}`;
    fill(
      this.element,
      h('h3', { class: 'heard-only', id: this.#id('title') }, `Words of ${name}, ${this.#number}`),
      mark && h('p', { class: 'mark' }, h('span', { class: `chip ${mark.look}` }, mark.words)),
      ...betweenOthers(quote.shown),
      h('p', { class: 'note' }, `${name} said this. ${HOW_SAID_WORDS[quote.source.how]}${day}.`),
      ...leftOut(quote.shown),
      ...(quote.now === null || situation === 'withdrawn' ? [] : presentWords(quote.now)),
      follows !== '' && h('p', { class: 'note' }, follows),
      this.#agreed(),
      this.#problem,
      ...this.#below(situation),
    );
  }

  #agreed(): HTMLElement | null {
    const { consent } = this.#quote;
    if (!consent || this.#quote.over === 'withdrawn') return null;
    const as = this.#of.namings.find(({ naming }) => naming === consent.naming)?.text ?? '';
    const where = consent.channels.map((channel) => CHANNEL_WORDS[channel]);
    return h(
      'p',
      { class: 'as' },
      'You agreed that they appear ',
      h('strong', {}, where.length === 0 ? 'nowhere' : listed(where)),
      as === '' ? ', without name or role' : ', as ',
      as !== '' && h('strong', {}, as),
      consent.until !== null && `, until ${longDayOf(consent.until)}`,
      '.',
    );
  }

  #below(situation: ReturnType<typeof guardedSituation>): Node[] {
    if (this.#mode === 'agreeing') return [this.#form()];
    if (this.#mode === 'withdrawing') return [this.#withdrawal()];
    const { name } = this.#of;
    switch (situation) {
      case 'asked':
        return [
          h(
            'div',
            { class: 'choices' },
            button('Yes, and I say where', 'main', () => this.#to('agreeing')),
            button('No, don’t use it', 'plain', () => this.#to('withdrawing')),
          ),
          h(
            'p',
            { class: 'note' },
            `You can answer until ${longDayOf(this.#quote.until)}, and change your mind whenever you like.${printWords(this.#of.printOn, Date.now())}`,
          ),
        ];
      case 'child-next':
        return [
          h(
            'div',
            { class: 'choices' },
            this.#press(`${name} was asked and agrees`, 'main', () =>
              this.#acts.assent(this.#of, this.#quote),
            ),
          ),
          ...this.#afterwards(`${name} doesn’t want it`),
        ];
      case 'agreed':
        return this.#afterwards('Take it back');
      default:
        return [];
    }
  }

  #afterwards(no: string): Node[] {
    return [
      h(
        'div',
        { class: 'more' },
        button('Change what I agreed to', 'word', () => this.#to('agreeing')),
        button(no, 'word', () => this.#to('withdrawing')),
      ),
    ];
  }

  #form(): HTMLElement {
    const { name } = this.#of;
    const others = guardedOthers(this.#of, this.#quote, Date.now()).length;
    return namingForm({
      ...{ id: this.#id('naming'), of: this.#of, consent: this.#quote.consent, others },
      // what the team proposes is not chosen for them
      naming: this.#quote.consent?.naming ?? null,
      questions: {
        namings: {
          'name-and-role': `With ${name}’s name`,
          'role-only': 'With the role alone',
          anonymous: 'Without name or role',
        },
        how: `How may ${name} be named?`,
        holdsFor: '',
        nothingBeside: 'Nothing stands beside the words.',
        where: 'Where may these words appear?',
        whereNote: 'Tick what is all right with you.',
        sameForAll: `The same for ${others === 1 ? 'the other thing' : `the other ${others} things`} that ${name} said here`,
        needsPlace: true,
      },
      save: (wish) => this.#ask(() => this.#acts.consent(this.#of, this.#quote, wish)),
      cancel: () => this.#to('reading'),
    });
  }

  #withdrawal(): HTMLElement {
    return h(
      'div',
      { class: 'choices' },
      h(
        'p',
        { class: 'note' },
        'These words then leave the text, and whatever is published from now on. They cannot be asked for again.',
        printWords(this.#of.printOn, Date.now()),
      ),
      this.#press('Don’t use them', 'bad', () => this.#acts.withdraw(this.#of, this.#quote)),
      button('Go back', 'plain', () => this.#to('reading')),
    );
  }
}
