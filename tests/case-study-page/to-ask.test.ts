import { describe, expect, it } from 'vitest';
import { factsFromServer } from '../../client/case-study/progress.ts';
import { checklistText, countToAsk, stillToAsk } from '../../client/case-study/to-ask.ts';
import type { BlockState } from '../../shared/api/cases.ts';
import { sectionOf, sectionsOf } from './case-on-paper.ts';

const asked = (changes: Readonly<Record<string, Partial<BlockState>>>) =>
  stillToAsk(sectionsOf(changes), ({ state }) => factsFromServer(state));

describe('what is still to ask', () => {
  it('lists every prompt so marked, in the case’s order, and no other', () => {
    const [first, second] = sectionOf('2.4').section.prompts.map(({ id }) => id) as [string, string];
    const list = asked({
      '3': { prompts: { [sectionOf('3').section.prompts[0]?.id ?? '']: 'ask' } },
      '2.4': { prompts: { [second]: 'ask', [first]: 'answered' } },
    });
    expect(list.map(({ section }) => section.section.id)).toEqual(['2.4', '3']);
    expect(list[0]?.questions.map(({ id }) => id)).toEqual([second]);
    expect(countToAsk(list)).toBe(2);
  });

  it('leaves out sections that do not apply, and marks of prompts that are gone', () => {
    const [first] = sectionOf('2.4').section.prompts.map(({ id }) => id) as [string];
    expect(asked({ '2.4': { notApplicable: 'so', prompts: { [first]: 'ask' } } })).toEqual([]);
    expect(asked({ '2.4': { prompts: { 'of-another-version': 'ask' } } })).toEqual([]);
  });

  it('can be taken along as plain text', () => {
    const [prompt] = sectionOf('2.4').section.prompts;
    if (!prompt) throw new Error('2.4 asks nothing');
    const text = checklistText('Two teachers', asked({ '2.4': { prompts: { [prompt.id]: 'ask' } } }));
    expect(text).toBe(
      `Still to ask: Two teachers\n\n2.4 Observing\n[ ] ${prompt.label}: ${prompt.question}\n`,
    );
  });
});
