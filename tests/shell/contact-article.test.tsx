import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { ContactArticle } from '../../client/contact/ContactArticle.tsx';
import type { ContactCase } from '../../shared/api/contact.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';

const blocks = mentoringAndCoaching.sections.slice(0, 3).map((section, at) => ({
  blockId: `b${at}`,
  schoolId: null,
  access: 'write' as const,
  reason: null,
  section,
}));
const asked = {
  caseId: 'c',
  studyTitle: 'Study',
  schoolName: 'Larkfield',
  askedBy: 'Imogen',
  requests: [
    {
      id: 'r',
      blockIds: ['b0', 'b1'],
      dueOn: '2030-01-01',
      visitOn: null,
      note: '',
      askedBy: 'Imogen',
      askedAt: 0,
      finished: null,
      closed: false,
      alsoAsked: [],
    },
  ],
  blocks,
  copies: [],
  names: [],
} satisfies ContactCase;

it('[ASK-2] what was asked for is counted by itself, without what is open beside it', () => {
  const page = renderToStaticMarkup(
    <ContactArticle asked={asked} first asks={() => null} reads={() => null} finish={() => 'Finished?'} />,
  );
  expect(page.match(/\d of \d/g)).toEqual(['1 of 2', '2 of 2']);
});
