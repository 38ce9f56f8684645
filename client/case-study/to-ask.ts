import type { CaseSection } from './case-sections.ts';
import type { SectionFacts } from './progress.ts';

export interface QuestionToAsk {
  readonly id: string;
  readonly label: string;
  readonly question: string;
}

export interface SectionToAsk {
  readonly section: CaseSection;
  readonly questions: readonly QuestionToAsk[];
}

/** Every prompt marked *still to ask*, by section, in the case's order. */
export function stillToAsk(
  sections: readonly CaseSection[],
  factsOf: (section: CaseSection) => SectionFacts,
): readonly SectionToAsk[] {
  return sections.flatMap((section) => {
    if (section.state.notApplicable !== null) return [];
    const marks = factsOf(section).prompts;
    const questions = section.section.prompts.filter(({ id }) => marks[id] === 'ask');
    return questions.length > 0 ? [{ section, questions }] : [];
  });
}

export function countToAsk(list: readonly SectionToAsk[]): number {
  return list.reduce((sum, { questions }) => sum + questions.length, 0);
}

/** As plain text, to be taken along on paper or in a message. */
export function checklistText(title: string, list: readonly SectionToAsk[]): string {
  const parts = list.map(({ section, questions }) =>
    [section.full, ...questions.map(({ label, question }) => `[ ] ${label}: ${question}`)].join('\n'),
  );
  return [`Still to ask: ${title}`, ...parts].join('\n\n').concat('\n');
}
