import type { CaseText } from '../../shared/api/cases.ts';
import { countWords } from '../../shared/document/words.ts';
import type { Section } from '../../shared/framework/framework.ts';
import { type Answer, answerOf } from '../../shared/information/answer.ts';

/** @returns how far a section is, by its reading copy */
export function copyAnswer(section: Section, copy: CaseText['blocks'][number]): Answer {
  return answerOf(section, copy.values, countWords(textOf(copy.html)));
}

const INLINE = /^(?:a|b|code|em|i|mark|s|span|strong|sub|sup|u)$/i;

/** The text of what the server wrote as HTML; between two paragraphs or cells no word goes on. */
function textOf(html: string): string {
  const apart = html.replace(/<\/?([a-z][a-z0-9]*)\b[^>]*>/gi, (tag, name) =>
    INLINE.test(name) ? tag : ` ${tag} `,
  );
  return new DOMParser().parseFromString(apart, 'text/html').body.textContent ?? '';
}
