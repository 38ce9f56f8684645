import { useState } from 'react';
import type { LetterWords } from '../../shared/api/letters.ts';
import { type LetterDraft, type LinkDays, USUAL_LINK_DAYS } from '../../shared/letters/letter-text.ts';

/** A letter while it is written. */
export interface WrittenLetter {
  readonly words: LetterWords & LetterDraft;
  readonly days: LinkDays;
  setSubject(subject: string): void;
  setText(text: string): void;
  setAnyHour(anyHour: boolean): void;
  setDays(days: LinkDays): void;
}

/**
 * @param proposed follows who it is to, as long as its writer has changed nothing
 * @param hours whether it goes at any hour, where the caller has to know before it can propose anything
 */
export function useLetter(
  proposed: LetterDraft,
  hours?: readonly [boolean, (anyHour: boolean) => void],
): WrittenLetter {
  const [subject, setSubject] = useState<string | null>(null);
  const [text, setText] = useState<string | null>(null);
  const ownHours = useState(false);
  const [anyHour, setAnyHour] = hours ?? ownHours;
  const [days, setDays] = useState<LinkDays>(USUAL_LINK_DAYS);
  return {
    words: { subject: subject ?? proposed.subject, text: text ?? proposed.text, anyHour },
    days,
    setSubject,
    setText,
    setAnyHour,
    setDays,
  };
}
