import { filledFields, isFilled } from '../document/field-values.ts';
import type { FieldValues } from '../document/reading.ts';
import type { Section } from '../framework/framework.ts';

/** How far a section is that a school was asked for. */
export interface Answer {
  readonly filled: number;
  readonly fields: number;
  /** Labels of required fields that hold nothing yet. */
  readonly missing: readonly string[];
  /** Words of the running text. */
  readonly words: number;
}

/**
 * Computed from the text whenever it is shown, by the page from the open copy and by
 * the server from its readings; never kept.
 * @param words of the section's running text
 */
export function answerOf(section: Section, values: FieldValues, words: number): Answer {
  const missing = section.fields.filter((field) => field.required === true && !isFilled(field, values));
  return { ...filledFields(section, values), missing: missing.map(({ label }) => label), words };
}

/** @returns several sections as one */
export function wholeAnswer(answers: readonly Answer[]): Answer {
  return answers.reduce(
    (sum, one) => ({
      filled: sum.filled + one.filled,
      fields: sum.fields + one.fields,
      missing: [...sum.missing, ...one.missing],
      words: sum.words + one.words,
    }),
    { filled: 0, fields: 0, missing: [], words: 0 },
  );
}

/** @returns such as `5 of 21 facts and 40 words`; no full stop */
export function answerWords(answer: Answer): string {
  const facts = `${answer.filled} of ${answer.fields} ${answer.fields === 1 ? 'fact' : 'facts'}`;
  if (answer.words === 0) return answer.filled === 0 ? 'nothing yet' : facts;
  const words = `${answer.words} ${answer.words === 1 ? 'word' : 'words'}`;
  return answer.filled === 0 && answer.fields > 0 ? `${words} in the text` : `${facts} and ${words}`;
}
