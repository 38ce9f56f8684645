import type { OwnQuote, OwnQuotes } from '../../shared/api/speaker-quotes.ts';
import { CHANNELS, type Channel } from '../../shared/quotes/consent.ts';
import type { Naming } from '../../shared/quotes/naming.ts';
import { h } from './element.ts';
import { form, TypingError } from './form.ts';

type Consent = NonNullable<OwnQuote['consent']>;

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

/** How somebody is named beside their words, and where those may appear. Nothing is ticked beforehand. */
export function namingForm(options: {
  /** Unlike any other on the page. */
  readonly id: string;
  readonly of: OwnQuotes;
  readonly quote: OwnQuote;
  readonly save: (consent: Consent, forAll: boolean) => Promise<void>;
  readonly cancel: () => void;
}): HTMLFormElement {
  const { id, of, quote } = options;
  const namings = of.namings.map(({ naming, text, identifies }) => {
    const input = h('input', { type: 'radio', name: `${id}-naming`, value: naming });
    input.checked = naming === (quote.consent?.naming ?? quote.attribution.naming);
    const shown = h(
      'span',
      {},
      NAMING_WORDS[naming],
      h('small', {}, text === '' ? 'Nothing stands beside your words.' : text),
      identifies && h('small', {}, 'Only one person has this role, so people may know that it is you.'),
    );
    return { naming, input, element: h('label', { class: 'choice' }, input, shown) };
  });
  const channels = CHANNELS.map((channel) => {
    const input = h('input', { type: 'checkbox' });
    input.checked = quote.consent?.channels.includes(channel) ?? false;
    return { channel, input, element: h('label', { class: 'choice' }, input, CHANNEL_CHOICES[channel]) };
  });
  const until = h('input', { type: 'date', id: `${id}-until` });
  if (quote.consent?.until != null) until.value = dayOf(quote.consent.until);
  const others = of.quotes.filter(
    (one) => one !== quote && one.withdrawnAt === null && one.quoteId !== quote.quoteId,
  );
  const all = h('input', { type: 'checkbox' });
  all.checked = quote.consent === null && others.every((one) => one.consent === null);
  return form({
    act: 'Save',
    submit: async () => {
      const naming = namings.find(({ input }) => input.checked)?.naming;
      if (naming === undefined) throw new TypingError('Say how you want to be named.');
      const consent = {
        naming,
        channels: channels.filter(({ input }) => input.checked).map(({ channel }) => channel),
        until: until.value === '' ? null : endOfDay(until.value),
      };
      await options.save(consent, others.length > 0 && all.checked);
    },
    cancel: options.cancel,
    children: [
      h('fieldset', {}, h('legend', {}, 'How are you named?'), ...namings.map(({ element }) => element)),
      h(
        'fieldset',
        {},
        h('legend', {}, 'Where may your words appear?'),
        h('p', { class: 'note' }, 'Tick what is all right with you. With nothing ticked they appear nowhere.'),
        ...channels.map(({ element }) => element),
      ),
      h(
        'details',
        {},
        h('summary', {}, 'Only for a time'),
        h(
          'div',
          { class: 'field' },
          h('label', { for: until.id }, 'Until and including'),
          h('p', { class: 'note' }, 'Left empty, it holds until you take it back.'),
          until,
        ),
      ),
      others.length > 0 && h('label', { class: 'choice' }, all, 'The same for everything I said here'),
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
