import type { GroupField, LongTextField } from '../framework.ts';

/**
 * Three fields that every part of section 2 has: what people had to know, what
 * they had to be able to do, and what they used. The same ids everywhere, so that
 * they can be gathered across sections and cases.
 */
export function knowledgeField(help: string): LongTextField {
  return { id: 'knowledge', kind: 'long-text', label: 'Knowledge it rests on', help };
}

export function skillsGroup(help: string): GroupField {
  return {
    id: 'skills',
    kind: 'group',
    label: 'Skills',
    help,
    rowName: 'skill',
    fields: [
      { id: 'skill', kind: 'short-text', label: 'Skill', required: true },
      {
        id: 'how',
        kind: 'many-choices',
        label: 'Was it',
        options: [
          { id: 'needed', label: 'Needed' },
          { id: 'used', label: 'Used' },
          { id: 'developed', label: 'Developed along the way' },
        ],
      },
      {
        id: 'whose',
        kind: 'choice',
        label: 'Whose',
        options: [
          { id: 'mentor-or-coach', label: 'The mentor’s or coach’s' },
          { id: 'learner', label: 'The learner’s' },
          { id: 'both', label: 'Both' },
        ],
      },
    ],
  };
}

export function resourcesGroup(help: string): GroupField {
  return {
    id: 'resources',
    kind: 'group',
    label: 'Resources used',
    help,
    rowName: 'resource',
    fields: [
      { id: 'resource', kind: 'short-text', label: 'Resource', required: true },
      {
        id: 'kind',
        kind: 'choice',
        label: 'Kind',
        options: [
          { id: 'agreement', label: 'Learning agreement' },
          { id: 'protocol', label: 'Protocol or ground rules' },
          { id: 'form', label: 'Planning or recording form' },
          { id: 'recording', label: 'Video or sound recording' },
          { id: 'reading', label: 'Reading or research' },
          { id: 'training', label: 'Training material' },
          { id: 'other', label: 'Something else' },
        ],
      },
      { id: 'copies', kind: 'yes-no', label: 'Can we have a copy or an example?' },
      {
        id: 'where',
        kind: 'short-text',
        label: 'Where to find it',
        help: 'A link, a publisher, or who holds it. Add copies as attachments.',
      },
    ],
  };
}
