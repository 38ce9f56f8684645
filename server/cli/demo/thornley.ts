import type { CaseContent } from './case-content.ts';
import { p } from './prose.ts';

/** Heard of, telephoned once. Nearly everything is empty. Invented. */
export const thornley: CaseContent = {
  title: 'Into the middle',
  subtitle: 'Thornley Academy: mentoring for teachers who have just become heads of department.',
  stage: 'scoping',
  authority: false,
  schools: [{ key: 'thornley', name: 'Thornley Academy', place: 'Brackwater' }],
  sections: [
    {
      section: 'profile',
      by: ['second'],
      fields: {
        approach: 'mentoring',
        'mentoring-types': ['progression'],
        'career-stages': ['middle-leader'],
        area: ['urban'],
        'age-range': ['secondary', 'post-16'],
      },
      prompts: { 'own-words': 'ask' },
      assignee: 'second',
    },
    {
      section: '1',
      by: ['second'],
      fields: {
        goal: 'New heads of department know their subject and have never led adults. The vice-principal rang us.',
      },
      prose: [
        p(
          'First call, twenty minutes. Three of the four scoping questions look like yes. We have heard from one person.',
        ),
      ],
      prompts: { goal: 'answered', recognisable: 'ask' },
      assignee: 'second',
      dueInDays: 3,
    },
  ],
};
