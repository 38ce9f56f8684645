import type { OwnQuote } from '../../shared/api/speaker-quotes.ts';
import { wordingKey } from '../../shared/document/wording-form.ts';
import { afterSigns, bareWords, beforeSigns } from '../../shared/quotes/quotation-signs.ts';
import { HOW_SAID_WORDS } from '../../shared/quotes/source.ts';
import { longDayOf } from '../ui/dates.ts';
import { h } from './element.ts';
import { situationOf, whatFollows } from './speaker-words.ts';

/** The words as they would stand, between what stands around them. */
export function wholeWords(quote: OwnQuote): Node[] {
  const { shown, now } = quote;
  const situation = situationOf(quote, Date.now());
  return [
    ...(situation === 'changed' ? [h('p', { class: 'notice' }, whatFollows(quote, situation))] : []),
    ...betweenOthers(shown),
    ...sourceOf(quote),
    ...leftOut(shown),
    ...(now === null ? [] : presentWords(now)),
  ];
}

/** Words with what stands around them. */
export function betweenOthers(shown: OwnQuote['shown']): Node[] {
  return [...aside(beforeSigns(shown.before)), ...spoken(shown), ...aside(afterSigns(shown.after))];
}

export function leftOut({ between }: OwnQuote['shown']): Node[] {
  if (between.length === 0) return [];
  return [
    h(
      'details',
      {},
      h('summary', {}, 'What is left out at “…”'),
      ...between.map((words) => h('p', { class: 'context' }, words)),
    ),
  ];
}

/** The words; of an exchange their own lines large, among those of the others. */
function spoken({ wording, turns = [] }: OwnQuote['shown']): Node[] {
  if (turns.length === 0) return [h('blockquote', { class: 'said' }, `“${bareWords(wording)}”`)];
  return turns.map(({ own, words }) =>
    own
      ? h(
          'blockquote',
          { class: 'said' },
          h('span', { class: 'heard-only' }, 'You: '),
          `“${bareWords(words)}”`,
        )
      : h(
          'p',
          { class: 'context turn' },
          h('span', { class: 'turn-of' }, 'Somebody else: '),
          `“${bareWords(words)}”`,
        ),
  );
}

function aside(words: string): Node[] {
  return words === '' ? [] : [h('p', { class: 'context' }, words)];
}

/** Where and when it was said, and as they said it where that is something else. */
function sourceOf({ source, shown, exchange }: OwnQuote): Node[] {
  const day = source.saidOn === null ? '' : `, on ${longDayOf(Date.parse(source.saidOn))}`;
  const isOther = source.original !== '' && wordingKey(source.original) !== wordingKey(shown.wording);
  return [
    h(
      'p',
      { class: 'note' },
      `${HOW_SAID_WORDS[source.how]}${day}.`,
      exchange && shown.turns && ' Your words stand large. The others answer for theirs.',
      exchange && !shown.turns && ' Others speak in it as well, and answer for their own part.',
    ),
    ...(isOther
      ? [
          h(
            'details',
            {},
            h(
              'summary',
              {},
              source.translated ? 'It is translated: as you said it' : 'As you said it, word for word',
            ),
            h(
              'p',
              { class: 'context', lang: source.language === '' ? null : source.language },
              source.original,
            ),
          ),
        ]
      : []),
  ];
}

/** What the text has by now. */
export function presentWords(now: NonNullable<OwnQuote['now']>): Node[] {
  return [
    h('p', { class: 'label now' }, 'The text now says'),
    h(
      'p',
      { class: 'context' },
      `${beforeSigns(now.before)} `,
      h('strong', {}, `“${bareWords(now.wording)}”`),
      ` ${afterSigns(now.after)}`,
    ),
  ];
}
