import type { OwnQuote, OwnWords } from '../../shared/api/speaker-quotes.ts';
import { CHANNELS, type Channel } from '../../shared/quotes/consent.ts';
import type { Naming } from '../../shared/quotes/naming.ts';
import { h } from './element.ts';
import { form, TypingError } from './form.ts';
import { sameForAll } from './speaker-words.ts';

/** How somebody wants to be named, and where their words may appear. */
export interface NamingWish {
  readonly naming: Naming;
  readonly channels: readonly Channel[];
  /** The last moment it holds for, milliseconds since 1970; null: until it is taken back. */
  readonly until: number | null;
  /** For everything else that they said here as well (`othersOf`), not for these words alone. */
  readonly forAll: boolean;
}

/** What the form asks, of oneself or of a child. */
export interface NamingQuestions {
  readonly namings: Readonly<Record<Naming, string>>;
  readonly how: string;
  /** Said under it; empty for nothing. */
  readonly holdsFor: string;
  readonly nothingBeside: string;
  readonly where: string;
  readonly whereNote: string;
  readonly sameForAll: string;
  /** The least that is to be ticked. */
  readonly needsPlace: boolean;
}

const OWN_NAMINGS: Readonly<Record<Naming, string>> = {
  'name-and-role': 'With my name',
  'role-only': 'With my role alone',
  anonymous: 'Without name or role',
};

/** @returns the questions to whoever said the words */
export function ownQuestions(of: OwnWords, others: number): NamingQuestions {
  return {
    namings: OWN_NAMINGS,
    how: 'How are you named?',
    holdsFor: of.quotes.length > 1 ? 'This holds for everything you said here.' : '',
    nothingBeside: 'Nothing stands beside your words.',
    where: 'Where may these words appear?',
    whereNote: 'Tick what is all right with you. With nothing ticked, they appear nowhere.',
    sameForAll: sameForAll(others),
    needsPlace: false,
  };
}

const CHANNEL_CHOICES: Readonly<Record<Channel, string>> = {
  print: 'In the printed booklet',
  web: 'On the web',
  talks: 'In talks and training materials',
};

/** @param options.id unlike any other on the page */
export function namingForm(options: {
  readonly id: string;
  readonly of: Pick<OwnWords, 'namings' | 'onlyOne'>;
  /** Chosen beforehand; null for none. */
  readonly naming: Naming | null;
  readonly consent: Pick<NonNullable<OwnQuote['consent']>, 'channels' | 'until'> | null;
  /** How many other quotes it may hold for as well. */
  readonly others: number;
  readonly questions: NamingQuestions;
  readonly save: (wish: NamingWish) => Promise<void>;
  readonly cancel: () => void;
}): HTMLFormElement {
  const { id, of, consent, others, questions } = options;
  const namings = of.namings.map(({ naming, text }) => {
    const input = h('input', { type: 'radio', name: id, value: naming });
    input.checked = naming === options.naming;
    const told = h(
      'span',
      {},
      questions.namings[naming],
      h('small', {}, text === '' ? questions.nothingBeside : text),
      naming === 'role-only' &&
        of.onlyOne &&
        h('small', {}, 'Nobody else at the school has this role, so people may know who it is.'),
    );
    return { naming, input, element: h('label', { class: 'choice' }, input, told) };
  });
  // Nothing is ticked beforehand: that would be no consent.
  const channels = CHANNELS.map((channel) => {
    const input = h('input', { type: 'checkbox' });
    input.checked = consent?.channels.includes(channel) ?? false;
    return {
      channel,
      input,
      element: h('label', { class: 'choice' }, input, h('span', {}, CHANNEL_CHOICES[channel])),
    };
  });
  const until = h('input', { type: 'date', id: `${id}-until` });
  if (consent?.until != null) until.value = dayOf(consent.until);
  const all = h('input', { type: 'checkbox' });
  return form({
    act: 'Save',
    submit: async () => {
      const naming = namings.find(({ input }) => input.checked)?.naming;
      if (naming === undefined) throw new TypingError('Choose one of the ways of being named.');
      const where = channels.filter(({ input }) => input.checked).map(({ channel }) => channel);
      if (questions.needsPlace && where.length === 0) throw new TypingError('Tick where they may appear.');
      await options.save({
        naming,
        channels: where,
        until: until.value === '' ? null : endOfDay(until.value),
        forAll: others > 0 && all.checked,
      });
    },
    cancel: options.cancel,
    children: [
      h(
        'fieldset',
        {},
        h('legend', {}, questions.how),
        questions.holdsFor !== '' && h('p', { class: 'note' }, questions.holdsFor),
        ...namings.map(({ element }) => element),
      ),
      h(
        'fieldset',
        {},
        h('legend', {}, questions.where),
        h('p', { class: 'note' }, questions.whereNote),
        ...channels.map(({ element }) => element),
        others > 0 && h('label', { class: 'choice all' }, all, h('span', {}, questions.sameForAll)),
      ),
      h(
        'details',
        {},
        h('summary', {}, 'Only for a time'),
        h(
          'div',
          { class: 'field' },
          h('label', { for: until.id }, 'Up to and including'),
          h('p', { class: 'note' }, 'Left empty, it holds until you take it back.'),
          until,
        ),
      ),
    ],
  });
}

/** @param at milliseconds since 1970; @returns such as `2026-06-30`, where the reader is */
function dayOf(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** @returns the last millisecond of a day, where the reader is */
function endOfDay(day: string): number {
  const [year, month, date] = day.split('-').map(Number);
  return new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + 1).getTime() - 1;
}
