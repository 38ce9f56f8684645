import type { OwnQuote, OwnQuotes } from '../../shared/api/speaker-quotes.ts';
import { wordingFaults, wordingFaultWords, wordingKey } from '../../shared/document/wording-form.ts';
import type { AnswerKind } from '../../shared/quotes/quote-event.ts';
import { longDayOf } from '../ui/dates.ts';
import { button, fill, h } from './element.ts';
import { attempt, form, TypingError } from './form.ts';
import { namingForm } from './naming-form.ts';
import { answerChip, CHANNEL_WORDS, isOpen, listed, situationOf, whatFollows } from './speaker-words.ts';

/** What a card can ask the server; each answers with how the words stand then. */
export interface CardActs {
  answer(quote: OwnQuote, kind: AnswerKind, wording?: string): Promise<OwnQuote>;
  consent(quote: OwnQuote, consent: NonNullable<OwnQuote['consent']>, forAll: boolean): Promise<OwnQuote>;
  withdraw(quote: OwnQuote): Promise<OwnQuote>;
}

type Mode = 'reading' | 'correcting' | 'naming' | 'changing' | 'withdrawing';

/** Somebody's words in one place, with what they can say about them. */
export class QuoteCard {
  readonly element: HTMLElement;
  readonly #of: OwnQuotes;
  readonly #acts: CardActs;
  readonly #number: number;
  readonly #problem = h('div', { role: 'alert' });
  #quote: OwnQuote;
  #mode: Mode = 'reading';
  /** Typed, and not sent yet. */
  #draft: string | null = null;

  /** @param number of the card on its page, from 1 */
  constructor(of: OwnQuotes, quote: OwnQuote, number: number, acts: CardActs) {
    this.#of = of;
    this.#quote = quote;
    this.#acts = acts;
    this.#number = number;
    this.element = h('article', { class: 'card', 'aria-labelledby': this.#id('title'), tabindex: '-1' });
    this.#draw();
  }

  get quote(): OwnQuote {
    return this.#quote;
  }

  /** Whether something was typed here that nobody else has. */
  get isDirty(): boolean {
    return this.#draft !== null && wordingKey(this.#draft) !== wordingKey(this.#quote.wording);
  }

  /** Shows how the words stand by now; what was typed stays. */
  show(quote: OwnQuote): void {
    const isSame = JSON.stringify(quote) === JSON.stringify(this.#quote);
    this.#quote = quote;
    if (isSame) return;
    if (this.#mode !== 'correcting') this.#mode = 'reading';
    this.#draw();
  }

  #id(part: string): string {
    return `${part}-${this.#quote.quoteId}-${this.#number}`;
  }

  #to(mode: Mode): void {
    this.#mode = mode;
    fill(this.#problem);
    this.#draw();
    const first = this.element.querySelector<HTMLElement>('textarea, input:checked, input, .choices button');
    if (mode === 'reading') this.element.focus({ preventScroll: true });
    else first?.focus();
  }

  /** Asks the server, and shows what came of it, with the focus on this card. */
  async #ask(act: () => Promise<OwnQuote>): Promise<void> {
    const quote = await act();
    this.#quote = quote;
    this.#draft = null;
    // Told apart from whether the words are right, and only when they are.
    const isNext = quote.answer?.kind === 'confirmed' && quote.consent === null;
    this.#to(isNext ? 'naming' : 'reading');
    if (isNext) this.element.scrollIntoView({ block: 'nearest' });
  }

  #press(words: string, look: 'main' | 'plain' | 'word' | 'bad', act: () => Promise<OwnQuote>): HTMLElement {
    return button(words, look, () => void attempt(this.element, this.#problem, () => this.#ask(act)));
  }

  #draw(): void {
    const situation = situationOf(this.#quote, Date.now());
    const title = h('h2', { class: 'heard-only', id: this.#id('title') }, `Your words, ${this.#number}`);
    const isAsked = situation === 'waiting' || situation === 'changed' || this.#mode === 'changing';
    const body = isAsked || this.#mode === 'correcting' ? this.#asked() : this.#told();
    fill(this.element, title, ...body, this.#problem, ...this.#doing());
  }

  #asked(): Node[] {
    const { context, wording, now } = this.#quote;
    const told = whatFollows(this.#quote, situationOf(this.#quote, Date.now()));
    return [
      ...(now !== null && told !== '' ? [h('p', { class: 'notice' }, told)] : []),
      ...(context.before === '' ? [] : [h('p', { class: 'context' }, context.before)]),
      h('blockquote', { class: 'said' }, `“${wording}”`),
      ...(context.after === '' ? [] : [h('p', { class: 'context' }, context.after)]),
      ...this.#beside(),
      ...(now === null || now.wording === ''
        ? []
        : [
            h('p', { class: 'label' }, 'The text has this by now:'),
            h('blockquote', { class: 'said small' }, `“${now.wording}”`),
          ]),
    ];
  }

  /** What else there is to know: what was left out, and the words as they fell. */
  #beside(): Node[] {
    const { context, original, said } = this.#quote;
    return [
      ...(said === '' ? [] : [h('p', { class: 'note' }, said)]),
      ...(context.between.length === 0
        ? []
        : [
            h(
              'details',
              {},
              h('summary', {}, 'What is left out at “…”'),
              ...context.between.map((words) => h('p', { class: 'context' }, words)),
            ),
          ]),
      ...(original === null
        ? []
        : [
            h(
              'details',
              {},
              h('summary', {}, `It is translated: your own words${original.language === '' ? '' : ` in ${original.language}`}`),
              h('p', { class: 'context' }, original.words),
            ),
          ]),
    ];
  }

  #told(): Node[] {
    const situation = situationOf(this.#quote, Date.now());
    const { answer, wording } = this.#quote;
    const chip =
      situation === 'answered'
        ? answerChip(this.#quote)
        : { look: 'bad', words: situation === 'withdrawn' ? 'Taken back' : 'Not used' };
    const words = answer?.kind === 'correction-proposed' && answer.wording !== null ? answer.wording : wording;
    const how = answer?.way === 'phone' ? 'by telephone' : answer?.way === 'paper' ? 'on paper' : '';
    return [
      h('p', { class: 'answered' }, h('span', { class: `chip ${chip.look}` }, chip.words)),
      h('blockquote', { class: 'said small' }, `“${words}”`),
      h(
        'p',
        { class: 'note' },
        whatFollows(this.#quote, situation),
        how !== '' && situation === 'answered' && ` You answered ${how}; the team wrote it down.`,
      ),
    ];
  }

  /** What stands below the words: the questions, or a form. */
  #doing(): Node[] {
    switch (this.#mode) {
      case 'correcting':
        return [this.#correction()];
      case 'naming':
        return [
          namingForm({
            id: this.#id('naming'),
            of: this.#of,
            quote: this.#quote,
            save: (consent, forAll) => this.#ask(() => this.#acts.consent(this.#quote, consent, forAll)),
            cancel: () => this.#to('reading'),
          }),
        ];
      case 'withdrawing':
        return [this.#withdrawal()];
      default:
        return [this.#naming(), ...this.#choices()];
    }
  }

  /** How they would be named, and where; apart from whether the words are right. */
  #naming(): HTMLElement {
    const { attribution, consent, withdrawnAt } = this.#quote;
    const naming = consent?.naming ?? attribution.naming;
    const text = this.#of.namings.find((one) => one.naming === naming)?.text ?? attribution.text;
    const where = consent?.channels.map((channel) => CHANNEL_WORDS[channel]) ?? [];
    return h(
      'div',
      { class: 'as' },
      'You appear ',
      text === '' ? h('strong', {}, 'without a name or a role') : 'as ',
      text !== '' && h('strong', {}, text),
      consent === null ? '.' : where.length === 0 ? ', and nowhere yet.' : ', in ',
      where.length > 0 && h('strong', {}, listed(where)),
      where.length > 0 && '.',
      this.#quote.needsGuardian && ' As you are under 16, a parent or carer is asked as well.',
      ' ',
      withdrawnAt === null && button('How am I named?', 'word', () => this.#to('naming')),
    );
  }

  #choices(): Node[] {
    const quote = this.#quote;
    const now = Date.now();
    const situation = situationOf(quote, now);
    if (situation === 'waiting' || situation === 'changed' || this.#mode === 'changing') {
      return [
        h(
          'div',
          { class: 'choices' },
          quote.now === null &&
            this.#press('Yes, that’s right', 'main', () => this.#acts.answer(quote, 'confirmed')),
          h(
            'div',
            { class: 'two' },
            button('Correct it', 'plain', () => this.#to('correcting')),
            this.#press('Don’t use it', 'plain', () => this.#acts.answer(quote, 'declined')),
          ),
        ),
        h(
          'div',
          { class: 'more' },
          this.#press('I didn’t say this', 'word', () => this.#acts.answer(quote, 'disputed')),
          this.#mode === 'changing' && button('Leave it as it was', 'word', () => this.#to('reading')),
        ),
        h('p', { class: 'note' }, `You can change your answer until ${longDayOf(quote.lapsesAt)}.`),
      ];
    }
    if (situation !== 'answered') return [];
    return [
      h(
        'div',
        { class: 'more' },
        isOpen(quote, now) && button('Change my answer', 'word', () => this.#to('changing')),
        button('Take these words back', 'word', () => this.#to('withdrawing')),
      ),
      h(
        'p',
        { class: 'note' },
        isOpen(quote, now)
          ? `You can change it until ${longDayOf(quote.lapsesAt)}, and take your words back whenever you like.`
          : 'You can take your words back whenever you like.',
      ),
    ];
  }

  #correction(): HTMLElement {
    const area = h('textarea', {
      id: this.#id('words'),
      rows: '6',
      spellcheck: true,
      lang: 'en-GB',
      'aria-describedby': this.#id('words-note'),
      oninput: () => {
        this.#draft = area.value;
      },
    });
    area.value = this.#draft ?? this.#quote.wording;
    return form({
      act: 'Send my correction',
      submit: async () => {
        const words = area.value;
        const [fault] = wordingFaults(words);
        if (fault) throw new TypingError(wordingFaultWords(fault));
        if (wordingKey(words) === wordingKey(this.#quote.wording) && this.#quote.now === null) {
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
          'div',
          { class: 'field' },
          h('label', { for: area.id }, 'How it should be'),
          h(
            'p',
            { class: 'note', id: this.#id('words-note') },
            'Write it as you want to be quoted. Used as you write it, you are not asked again.',
          ),
          area,
        ),
      ],
    });
  }

  #withdrawal(): HTMLElement {
    const { printsOn } = this.#of;
    return h(
      'div',
      { class: 'choices' },
      h(
        'p',
        {},
        'These words then leave the text, and everything that is published from now on. The web is changed at once; what is on paper cannot be called back',
        printsOn === null ? '.' : `: whatever you take back up to ${longDayOf(printsOn)} still stays out of print.`,
      ),
      this.#press('Take them back', 'bad', () => this.#acts.withdraw(this.#quote)),
      button('Leave them', 'plain', () => this.#to('reading')),
    );
  }
}
