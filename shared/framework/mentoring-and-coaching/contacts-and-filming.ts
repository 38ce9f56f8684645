import type { Section } from '../framework.ts';

export const contacts: Section = {
  id: '12',
  number: '12',
  title: 'Contacts',
  purpose:
    'Whom readers may ask, and how to reach the school when people have moved on. ' +
    'Names and addresses are kept with the people themselves, not here.',
  required: true,
  occurrence: 'per-school',
  audience: 'shareable',
  prose: true,
  prompts: [
    {
      id: 'willing',
      label: 'Willing',
      question: 'Does everybody who will be listed know it, and are they ready to be approached by readers?',
    },
    { id: 'named', label: 'Named contact', question: 'Who at the school is the one to ask for by name?' },
    {
      id: 'others',
      label: 'Others',
      question: 'Who else could help a reader: a partner school, a university, a network?',
    },
    {
      id: 'fallback',
      label: 'If people change',
      question: 'How can the school be reached in general when that person has left?',
    },
  ],
  fields: [
    { id: 'prepared', kind: 'yes-no', label: 'Is the school prepared to be contacted?', required: true },
    {
      id: 'contacts',
      kind: 'group',
      label: 'Contacts, by role',
      help: 'No names here: each person decides for themselves how they are listed.',
      rowName: 'contact',
      fields: [
        { id: 'role', kind: 'short-text', label: 'Role', required: true },
        {
          id: 'kind',
          kind: 'choice',
          label: 'Kind',
          options: [
            { id: 'named', label: 'The school’s named contact' },
            { id: 'other', label: 'Another contact who may be of use' },
          ],
        },
        { id: 'can-answer', kind: 'short-text', label: 'What they can tell readers about' },
        { id: 'prepared', kind: 'yes-no', label: 'Prepared to be contacted?' },
      ],
    },
    {
      id: 'school-address',
      kind: 'long-text',
      label: 'School address',
      help: 'General details, good for years: used when the people above have moved on.',
    },
    { id: 'school-phone', kind: 'short-text', label: 'School office, telephone' },
    { id: 'school-email', kind: 'short-text', label: 'School office, e-mail' },
    { id: 'school-website', kind: 'short-text', label: 'School website' },
  ],
};

export const filming: Section = {
  id: '13',
  number: '13',
  title: 'Filming',
  purpose: 'Whether the work could be filmed here and, if so, how. Only where film would help.',
  required: false,
  occurrence: 'per-school',
  audience: 'shareable',
  prose: true,
  prompts: [
    {
      id: 'permission',
      label: 'Permission',
      question: 'May we film, who has to agree (pupils and parents too), and on what terms?',
    },
    { id: 'organiser', label: 'Organiser', question: 'Who will see to rooms and times?' },
    {
      id: 'what-and-whom',
      label: 'What and whom',
      question: 'What would be worth seeing, and who would show it?',
    },
  ],
  fields: [
    { id: 'permission', kind: 'yes-no', label: 'Permission to film?' },
    { id: 'conditions', kind: 'long-text', label: 'Terms and who has agreed' },
    {
      id: 'organiser',
      kind: 'short-text',
      label: 'Organiser, by role',
      help: 'What they do at the school, not who they are: names and addresses stay out of the text.',
    },
    {
      id: 'sessions',
      kind: 'group',
      label: 'Places and times',
      rowName: 'place and time',
      fields: [
        { id: 'place', kind: 'short-text', label: 'Place', required: true },
        { id: 'date', kind: 'date', label: 'Date' },
        { id: 'time', kind: 'short-text', label: 'Time' },
      ],
    },
    {
      id: 'subjects',
      kind: 'group',
      label: 'What and whom to film',
      rowName: 'suggestion',
      fields: [
        { id: 'what', kind: 'short-text', label: 'What', required: true },
        { id: 'whom', kind: 'short-text', label: 'Whom, by role' },
      ],
    },
  ],
};
