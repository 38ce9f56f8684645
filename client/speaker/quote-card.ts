import type { OwnQuote, OwnWords } from '../../shared/api/speaker-quotes.ts';
import { wordingFaults, wordingFaultWords, wordingKey } from '../../shared/document/wording-form.ts';
import { bareWords } from '../../shared/quotes/quotation-signs.ts';
import type { AnswerKind } from '../../shared/quotes/quote-event.ts';
import { CHANNEL_WORDS, listed } from '../../shared/quotes/receipt.ts';
import { lacksPlaces } from '../../shared/quotes/said-places.ts';
import { withOwnTurns } from '../../shared/quotes/turns.ts';
import { longDayOf } from '../ui/dates.ts';
import { button, fill, h } from './element.ts';
import { attempt, form, TypingError } from './form.ts';
import { type NamingWish, namingForm, ownQuestions } from './naming-form.ts';
import { presentWords, wholeWords } from './shown-words.ts';
import {
  canTakeBack,
  isOpen,
  isWaiting,
  markOf,
  othersOf,
  printWords,
  situationOf,
  whatFollows,
  whatIsLeft,
} from './speaker-words.ts';

/** What a card asks the server for. Once answered, every card of the page has been shown how things stand. */
export interface CardActs {
  answer(quote: OwnQuote, kind: AnswerKind, wording?: string): Promise<void>;
  consent(of: OwnWords, quote: OwnQuote, wish: NamingWish): Promise<void>;
  withdraw(of: OwnWords, quote: OwnQuote): Promise<void>;
}

type Mode = 'reading' | 'correcting' | 'naming' | 'changing' | 'withdrawing';

/** One question about somebody's words, with what they can say to it. */
export class QuoteCard {
  readonly element: HTMLElement;
  readonly #acts: CardActs;
  readonly #number: number;
  readonly #problem = h('div', { role: 'alert' });
  #of: OwnWords;
  #quote: OwnQuote;
  #mode: Mode = 'reading';
  /** Typed, and not sent yet. */
  #draft: readonly string[] | null = null;
  /** How things stand was asked for by this card, which draws itself when that is done. */
  #asking = false;

  /** @param number of the card on its page, from 1 */
  constructor(of: OwnWords, quote: OwnQuote, number: number, acts: CardActs) {
    this.#of = of;
    this.#quote = quote;
    this.#acts = acts;
    this.#number = number;
    this.element = h('article', { class: 'card', 'aria-labelledby': this.#id('title'), tabindex: '-1' });
    this.#draw();
  }

  /** Whether something was typed here that nobody else has. */
  get isDirty(): boolean {
    return (
      this.#draft !== null && wordingKey(this.#whole(this.#draft)) !== wordingKey(this.#quote.shown.wording)
    );
  }

  /** Shows how the words stand by now; what is being typed stays. */
  show(of: OwnWords, quote: OwnQuote): void {
    const isSame = JSON.stringify([of, quote]) === JSON.stringify([this.#of, this.#quote]);
    this.#of = of;
    this.#quote = quote;
    if (isSame || this.#asking || this.#mode === 'correcting' || this.#mode === 'naming') return;
    this.#mode = 'reading';
    this.#draw();
  }

  #id(part: string): string {
    return `${part}-${this.#number}`;
  }

  #to(mode: Mode): void {
    this.#mode = mode;
    fill(this.#problem);
    this.#draw();
    if (mode === 'reading') this.element.focus({ preventScroll: true });
    else this.element.querySelector<HTMLElement>('textarea, input:checked, input, .choices button')?.focus();
  }

  /** Asks the server, and shows what came of it, with the focus on this card. */
  async #ask(act: () => Promise<void>): Promise<void> {
    this.#asking = true;
    try {
      await act();
    } finally {
      this.#asking = false;
    }
    this.#draft = null;
    // Asked apart from whether the words are right, and only once they are.
    const isNext =
      this.#mode !== 'naming' && this.#quote.answer?.kind === 'confirmed' && lacksPlaces(this.#quote);
    this.#to(isNext ? 'naming' : 'reading');
    this.element.scrollIntoView({ block: 'nearest' });
  }

  #press(words: string, look: 'main' | 'plain' | 'word' | 'bad', act: () => Promise<void>): HTMLElement {
    return button(words, look, () => void this.#attempt(act));
  }

  async #attempt(act: () => Promise<void>): Promise<void> {
    await attempt(this.element, this.#problem, () => this.#ask(act));
    // A refusal may have told of how things stand by now.
    if (this.#problem.hasChildNodes()) this.#draw();
  }

  #draw(): void {
    const situation = situationOf(this.#quote, Date.now());
    const isWhole = isWaiting(situation) || this.#mode === 'changing' || this.#mode === 'correcting';
    fill(
      this.element,
      h('h2', { class: 'heard-only', id: this.#id('title') }, `Your words, ${this.#number}`),
      ...(isWhole ? wholeWords(this.#quote) : this.#told()),
      this.#problem,
      ...this.#below(),
    );
  }

  #told(): Node[] {
    const situation = situationOf(this.#quote, Date.now());
    const { answer, shown, now } = this.#quote;
    const mark = markOf(this.#quote, situation);
    return [
      h('p', {}, h('span', { class: `chip ${mark.look}` }, mark.words)),
      h('blockquote', { class: 'said small' }, `“${bareWords(answer?.wording ?? shown.wording)}”`),
      h(
        'p',
        { class: 'note' },
        whatFollows(this.#quote, situation),
        answer !== null &&
          answer.way !== 'page' &&
          ` You answered ${answer.way === 'phone' ? 'by telephone' : 'on paper'}; the team wrote it down.`,
      ),
      ...(situation === 'answered' && now !== null && answer?.kind === 'confirmed' ? presentWords(now) : []),
    ];
  }

  /** What stands below the words: the questions, or a form. */
  #below(): Node[] {
    switch (this.#mode) {
      case 'correcting':
        return [this.#correction()];
      case 'naming':
        return [
          namingForm({
            id: this.#id('naming'),
            of: this.#of,
            naming: this.#of.naming,
            consent: this.#quote.consent,
            others: othersOf(this.#of, this.#quote).length,
            questions: ownQuestions(this.#of, othersOf(this.#of, this.#quote).length),
            save: (wish) => this.#ask(() => this.#acts.consent(this.#of, this.#quote, wish)),
            cancel: () => this.#to('reading'),
          }),
        ];
      case 'withdrawing':
        return [this.#withdrawal()];
      default:
        return this.#questions();
    }
  }

  #questions(): Node[] {
    const situation = situationOf(this.#quote, Date.now());
    if (isWaiting(situation) || this.#mode === 'changing') return [this.#naming(), ...this.#choices()];
    if (situation !== 'answered') return [];
    const isUsed =
      this.#quote.answer?.kind === 'confirmed' || this.#quote.answer?.kind === 'correction-proposed';
    return [
      ...(lacksPlaces(this.#quote)
        ? [
            h(
              'div',
              { class: 'choices' },
              button('Say where it may appear', 'main', () => this.#to('naming')),
            ),
          ]
        : []),
      ...(isUsed ? [this.#naming()] : []),
      ...this.#afterwards(),
    ];
  }

  /** How they would be named, and where; apart from whether the words are right. */
  #naming(): HTMLElement {
    const { namedAs, consent } = this.#quote;
    const where = consent?.channels.map((channel) => CHANNEL_WORDS[channel]) ?? [];
    return h(
      'p',
      { class: 'as' },
      'You appear ',
      namedAs.text !== '' && 'as ',
      h('strong', {}, namedAs.text === '' ? 'without your name or role' : namedAs.text),
      consent !== null && where.length === 0 && ', and nowhere yet',
      where.length > 0 && ', ',
      where.length > 0 && h('strong', {}, listed(where)),
      consent?.until != null && `, until ${longDayOf(consent.until)}`,
      '. ',
      this.#of.needsGuardian && 'A parent or carer is asked as well. ',
      button('How am I named?', 'word', () => this.#to('naming')),
    );
  }

  #print(): string {
    return printWords(this.#of.printOn, Date.now());
  }

  #choices(): Node[] {
    const quote = this.#quote;
    const isSame = quote.now === null && !quote.gone;
    return [
      h(
        'div',
        { class: 'choices' },
        isSame && this.#press('Yes, that’s right', 'main', () => this.#acts.answer(quote, 'confirmed')),
        h(
          'div',
          { class: 'two' },
          button('Correct it', 'plain', () => this.#to('correcting')),
          this.#press('Don’t use it', 'plain', () => this.#acts.answer(quote, 'declined')),
        ),
        h(
          'div',
          { class: 'more' },
          this.#press('I didn’t say this', 'word', () => this.#acts.answer(quote, 'disputed')),
          this.#mode === 'changing' && button('Leave my answer', 'word', () => this.#to('reading')),
        ),
      ),
      h(
        'p',
        { class: 'note' },
        `You can answer, and change your answer, until ${longDayOf(quote.until)}, and take your words back whenever you like.${this.#print()}`,
      ),
    ];
  }

  #afterwards(): Node[] {
    const quote = this.#quote;
    const canChange = isOpen(quote, Date.now());
    return [
      h(
        'div',
        { class: 'more' },
        canChange && button('Change my answer', 'word', () => this.#to('changing')),
        canTakeBack(quote) && button('Take these words back', 'word', () => this.#to('withdrawing')),
      ),
      h('p', { class: 'note' }, whatIsLeft(quote, canChange), canTakeBack(quote) && this.#print()),
    ];
  }

  /** Lines of theirs; the whole where it is not told which are. */
  #ownLines(): readonly string[] {
    const { turns, wording } = this.#quote.shown;
    if (!turns) return [this.#quote.answer?.wording ?? wording];
    return turns.filter(({ own }) => own).map(({ words }) => words);
  }

  #whole(lines: readonly string[]): string {
    const { turns, wording } = this.#quote.shown;
    return turns ? withOwnTurns(wording, turns, lines) : (lines[0] ?? '');
  }

  #correction(): HTMLElement {
    const lines = this.#draft ?? this.#ownLines();
    const areas = lines.map((words, at) => {
      const area = h('textarea', {
        id: this.#id(`words-${at + 1}`),
        rows: lines.length > 1 ? '3' : '6',
        spellcheck: 'true',
        'aria-describedby': this.#id('words-note'),
        oninput: () => {
          this.#draft = areas.map(({ value }) => value);
        },
      });
      area.value = words;
      return area;
    });
    return form({
      act: 'Send my correction',
      submit: async () => {
        if (areas.some(({ value }) => value.trim() === ''))
          throw new TypingError('There are no words in it.');
        const words = this.#whole(areas.map(({ value }) => value));
        const [fault] = wordingFaults(words);
        if (fault) throw new TypingError(wordingFaultWords(fault));
        const isSame = wordingKey(words) === wordingKey(this.#quote.shown.wording);
        if (isSame && this.#quote.now === null) {
          throw new TypingError('That is as it stands. Change it, or go back and press “Yes, that’s right”.');
        }
        await this.#ask(() => this.#acts.answer(this.#quote, 'correction-proposed', words));
      },
      cancel: () => {
        this.#draft = null;
        this.#to('reading');
      },
      children: [
        h(
          'p',
          { class: 'note', id: this.#id('words-note') },
          'Write it as you want to be quoted. Taken up as you wrote it, it counts without asking you again.',
        ),
        ...areas.map((area, at) =>
          h(
            'div',
            { class: 'field' },
            h(
              'label',
              { for: area.id },
              areas.length > 1 ? `How it should be, part ${at + 1} of ${areas.length}` : 'How it should be',
            ),
            area,
          ),
        ),
      ],
    });
  }

  #withdrawal(): HTMLElement {
    return h(
      'div',
      { class: 'choices' },
      h(
        'p',
        { class: 'note' },
        'These words then leave the text, and whatever is published from now on. What is on paper already cannot be called back.',
        this.#print(),
      ),
      this.#press('Take them back', 'bad', () => this.#acts.withdraw(this.#of, this.#quote)),
      button('Leave them', 'plain', () => this.#to('reading')),
    );
  }
}
