import type { OwnQuote, OwnWords } from '../../shared/api/speaker-quotes.ts';
import { CHANNELS, type Channel } from '../../shared/quotes/consent.ts';
import type { Naming } from '../../shared/quotes/naming.ts';
import { h } from './element.ts';
import { form, TypingError } from './form.ts';
import { othersOf, sameForAll } from './speaker-words.ts';

/** How somebody wants to be named, and where their words may appear. */
export interface NamingWish {
  readonly naming: Naming;
  readonly channels: readonly Channel[];
  /** The last moment it holds for, milliseconds since 1970; null: until it is taken back. */
  readonly until: number | null;
  /** For everything else that they said here as well (`othersOf`), not for these words alone. */
  readonly forAll: boolean;
}

const NAMING_WORDS: Readonly<Record<Naming, string>> = {
  'name-and-role': 'With my name',
  'role-only': 'With my role alone',
  anonymous: 'Without name or role',
};
const CHANNEL_CHOICES: Readonly<Record<Channel, string>> = {
  print: 'In the printed booklet',
  web: 'On the web',
  talks: 'In talks and training materials',
};

/** @param options.id unlike any other on the page */
export function namingForm(options: {
  readonly id: string;
  readonly of: OwnWords;
  readonly quote: OwnQuote;
  readonly save: (wish: NamingWish) => Promise<void>;
  readonly cancel: () => void;
}): HTMLFormElement {
  const { id, of, quote } = options;
  const namings = of.namings.map(({ naming, text }) => {
    const input = h('input', { type: 'radio', name: id, value: naming });
    input.checked = naming === of.naming;
    const told = h(
      'span',
      {},
      NAMING_WORDS[naming],
      h('small', {}, text === '' ? 'Nothing stands beside your words.' : text),
      naming === 'role-only' &&
        of.onlyOne &&
        h('small', {}, 'Nobody else at your school has this role, so people may know that it is you.'),
    );
    return { naming, input, element: h('label', { class: 'choice' }, input, told) };
  });
  // Nothing is ticked beforehand: that would be no consent.
  const channels = CHANNELS.map((channel) => {
    const input = h('input', { type: 'checkbox' });
    input.checked = quote.consent?.channels.includes(channel) ?? false;
    return {
      channel,
      input,
      element: h('label', { class: 'choice' }, input, h('span', {}, CHANNEL_CHOICES[channel])),
    };
  });
  const until = h('input', { type: 'date', id: `${id}-until` });
  if (quote.consent?.until != null) until.value = dayOf(quote.consent.until);
  const others = othersOf(of, quote);
  const all = h('input', { type: 'checkbox' });
  return form({
    act: 'Save',
    submit: async () => {
      const naming = namings.find(({ input }) => input.checked)?.naming;
      if (naming === undefined) throw new TypingError('Say how you want to be named.');
      await options.save({
        naming,
        channels: channels.filter(({ input }) => input.checked).map(({ channel }) => channel),
        until: until.value === '' ? null : endOfDay(until.value),
        forAll: others.length > 0 && all.checked,
      });
    },
    cancel: options.cancel,
    children: [
      h(
        'fieldset',
        {},
        h('legend', {}, 'How are you named?'),
        of.quotes.length > 1 && h('p', { class: 'note' }, 'This holds for everything you said here.'),
        ...namings.map(({ element }) => element),
      ),
      h(
        'fieldset',
        {},
        h('legend', {}, 'Where may these words appear?'),
        h(
          'p',
          { class: 'note' },
          'Tick what is all right with you. With nothing ticked, they appear nowhere.',
        ),
        ...channels.map(({ element }) => element),
        others.length > 0 &&
          h('label', { class: 'choice all' }, all, h('span', {}, sameForAll(others.length))),
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
