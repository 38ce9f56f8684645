import { useEffect, useState } from 'react';
import type { ContactBlock } from '../../shared/api/contact.ts';
import { type Answer, answerWords } from '../../shared/information/answer.ts';
import { watchQuietly } from '../case-study/live-facts.ts';
import { useBlockCopy } from '../sync/hooks.ts';
import { readAnswer } from './live-answer.ts';

/** How far a section is that one fills in oneself, counted while one writes. */
export function OwnProgress({ block: { blockId, section } }: { readonly block: ContactBlock }) {
  const { replica } = useBlockCopy(blockId, true);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const doc = replica?.doc ?? null;
  useEffect(() => {
    if (!doc) return setAnswer(null);
    return watchQuietly(doc, () => setAnswer(readAnswer(section, doc)));
  }, [doc, section]);
  return answer && <ProgressWords answer={answer} />;
}

/** `5 of 21 facts and 40 words · most needed: …` */
export function ProgressWords({ answer }: { readonly answer: Answer }) {
  return (
    <>
      {answerWords(answer)}
      {answer.missing.length > 0 && ` · most needed: ${answer.missing.join(', ')}`}
    </>
  );
}
