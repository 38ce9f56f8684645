import type { ChoiceField, LongTextField, Section } from '../framework.ts';
import { STAKEHOLDER_GROUPS } from './coverage-axes.ts';

const firmness: ChoiceField = {
  id: 'firmness',
  kind: 'choice',
  label: 'How firm',
  options: [
    { id: 'anecdotal', label: 'Anecdotal', help: 'Somebody told a story of it.' },
    { id: 'reported-trend', label: 'Reported trend', help: 'Several people say that it is going this way.' },
    { id: 'emerging', label: 'Emerging', help: 'First signs on record, too early to be sure.' },
    { id: 'evidenced', label: 'Evidenced', help: 'Something other than opinion bears it out.' },
  ],
};

const caveat: LongTextField = {
  id: 'caveat',
  kind: 'long-text',
  label: 'Caveat',
  help: 'What a careful reader must be told: how early, how few, what else may explain it.',
};

export const resources: Section = {
  id: '5',
  number: '5',
  title: 'Resources',
  purpose: 'All that it took and all that it gave back, including what never showed in a budget.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [
    {
      id: 'staffing',
      label: 'Staffing',
      question: 'What did it mean for staffing: cover, timetables, posts, allowances?',
    },
    {
      id: 'costs-and-gains',
      label: 'Costs and gains',
      question: 'What else was spent, and what was gained or saved by it?',
    },
    {
      id: 'hidden',
      label: 'Hidden',
      question: 'What did people give that nobody counted: evenings, goodwill, favours, space?',
    },
    {
      id: 'from-outside',
      label: 'From outside',
      question: 'Which grants, or things lent and given by others, went into it?',
    },
    {
      id: 'priorities',
      label: 'Priorities',
      question: 'Where the school paid, what else could the money have done, and how was that weighed?',
    },
  ],
  fields: [
    {
      id: 'lines',
      kind: 'group',
      label: 'Costs and gains',
      rowName: 'line',
      fields: [
        {
          id: 'direction',
          kind: 'choice',
          label: 'Cost or gain',
          required: true,
          options: [
            { id: 'cost', label: 'Cost' },
            { id: 'gain', label: 'Gain' },
          ],
        },
        {
          id: 'kind',
          kind: 'choice',
          label: 'Kind',
          options: [
            { id: 'staffing', label: 'Staffing' },
            { id: 'hidden', label: 'Hidden', help: 'Real, but in nobody’s accounts.' },
            { id: 'external', label: 'Money from outside' },
            { id: 'internal', label: 'The school’s own money' },
            { id: 'physical', label: 'Rooms, equipment, materials' },
            { id: 'other', label: 'Other' },
          ],
        },
        { id: 'what', kind: 'short-text', label: 'What', required: true },
        {
          id: 'amount',
          kind: 'number',
          label: 'Amount',
          unit: '£',
          min: 0,
          withYear: true,
          withSource: true,
        },
        {
          id: 'in-kind',
          kind: 'short-text',
          label: 'Or in other terms',
          help: 'Such as two afternoons a term.',
        },
        { id: 'budgeted-against', kind: 'short-text', label: 'Budgeted against what' },
      ],
    },
  ],
};

export const outcomes: Section = {
  id: '6',
  number: '6',
  title: 'Outcomes',
  purpose: 'What came of it, looked for or not, for everyone whom it touched.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [
    {
      id: 'for-whom',
      label: 'For whom',
      question: 'Go round everyone it touched: what is different now for each of them?',
    },
    { id: 'unforeseen', label: 'Surprises', question: 'What happened that nobody had planned, good or bad?' },
    {
      id: 'telling-quotes',
      label: 'Telling words',
      question: 'Who can say something definite, with an example? Praise in general helps no reader.',
    },
    {
      id: 'capacity',
      label: 'Capacity',
      question: 'What can classrooms, and the school as a whole, do now that they could not?',
    },
    {
      id: 'networks',
      label: 'Beyond the school',
      question: 'Has it changed how learning travels between schools here?',
    },
    { id: 'lessons', label: 'Lessons', question: 'What would they do the same again, and what differently?' },
    { id: 'led-to', label: 'Led to', question: 'What has been started because of this?' },
    {
      id: 'pupil-gain',
      label: 'Pupils’ learning',
      question: 'Is there anything to show that pupils learned more or better?',
    },
    {
      id: 'still-running',
      label: 'Still running',
      question:
        'If it is too early to tell, what do teachers report so far, and how cautiously must we put it?',
    },
  ],
  fields: [
    {
      id: 'outcomes',
      kind: 'group',
      label: 'Outcomes',
      help: 'One row for each group of people and each thing that changed.',
      rowName: 'outcome',
      fields: [
        { id: 'stakeholder', kind: 'choice', label: 'For', required: true, options: STAKEHOLDER_GROUPS },
        { id: 'outcome', kind: 'long-text', label: 'What changed', required: true },
        {
          id: 'foreseen',
          kind: 'choice',
          label: 'Foreseen',
          options: [
            { id: 'foreseen', label: 'Foreseen' },
            { id: 'unforeseen', label: 'Unforeseen' },
          ],
        },
        firmness,
        caveat,
      ],
    },
    { id: 'capacity-classroom', kind: 'long-text', label: 'Capacity in classrooms' },
    { id: 'capacity-institution', kind: 'long-text', label: 'Capacity of the school as a whole' },
    {
      id: 'networks',
      kind: 'long-text',
      label: 'Regional networks',
      help: 'And any other way in which learning is passed on to others.',
    },
    { id: 'lessons', kind: 'long-text', label: 'Lessons learned' },
    {
      id: 'developments',
      kind: 'group',
      label: 'What it has led to',
      rowName: 'development',
      fields: [
        { id: 'development', kind: 'short-text', label: 'What was started', required: true },
        { id: 'how', kind: 'long-text', label: 'How it follows from this work' },
      ],
    },
    {
      id: 'pupil-gain',
      kind: 'group',
      label: 'Gains in pupils’ learning',
      rowName: 'gain',
      fields: [
        { id: 'gain', kind: 'long-text', label: 'What pupils gained', required: true },
        { id: 'shown-by', kind: 'short-text', label: 'Shown by' },
        firmness,
        caveat,
      ],
    },
  ],
};

export const evidence: Section = {
  id: '7',
  number: '7',
  title: 'Evidence',
  purpose: 'How anyone knows that it worked, and how far.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [
    {
      id: 'who-knows',
      label: 'Who knows',
      question: 'How can the school tell that it worked, how can we, and how can anybody else?',
    },
    {
      id: 'beyond-leadership',
      label: 'Beyond the head',
      question: 'What is there besides what leaders say, and how much of the success does it cover?',
    },
    {
      id: 'fit',
      label: 'Fit',
      question: 'Does the evidence bear on what the work was for, and on what it was meant to bring about?',
    },
  ],
  fields: [
    {
      id: 'evidence',
      kind: 'group',
      label: 'Evidence',
      rowName: 'piece of evidence',
      fields: [
        {
          id: 'kind',
          kind: 'choice',
          label: 'Kind',
          required: true,
          options: [
            { id: 'inspection', label: 'Inspection comment', help: 'Ofsted or another inspectorate.' },
            {
              id: 'quality-award',
              label: 'Quality award',
              help: 'What assessors for Investors in People (IIP) or a like award said.',
            },
            { id: 'teacher-views', label: 'Teachers’ perceptions' },
            { id: 'pupil-views', label: 'Pupils’ perceptions' },
            { id: 'performance', label: 'Performance figures' },
            { id: 'retention', label: 'Staff staying or leaving' },
            { id: 'attendance', label: 'Pupils’ attendance' },
            { id: 'teaching-changes', label: 'Teachers doing things differently' },
            { id: 'video', label: 'Video' },
            { id: 'observation', label: 'Other records of observation' },
            { id: 'leadership-report', label: 'Leaders’ own report', help: 'Not enough by itself.' },
            { id: 'other', label: 'Something else' },
          ],
        },
        { id: 'shows', kind: 'long-text', label: 'What it shows', required: true },
        {
          id: 'who-knows',
          kind: 'many-choices',
          label: 'Who knows it',
          options: [
            { id: 'school', label: 'The school' },
            { id: 'team', label: 'We, from what we saw' },
            { id: 'others', label: 'Others' },
          ],
        },
        { id: 'year', kind: 'short-text', label: 'Year' },
        { id: 'source', kind: 'short-text', label: 'Source', help: 'A link, a document, or who said so.' },
      ],
    },
    { id: 'beyond-leadership', kind: 'yes-no', label: 'Is there more than leaders’ own report?' },
    { id: 'gaps', kind: 'long-text', label: 'What the evidence cannot show' },
  ],
};
