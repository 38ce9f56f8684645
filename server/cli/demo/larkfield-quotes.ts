import type { QuotesContent } from './case-content.ts';

/** Who is quoted at Larkfield, and how far each quote has come: one of every kind that a board tells apart. */
export const larkfieldQuotes: QuotesContent = {
  speakers: [
    { key: 'year-2', name: 'Beth Carrow', role: 'Year 2 teacher', school: 'larkfield' },
    { key: 'year-5', name: 'Sunil Rao', role: 'Year 5 teacher', school: 'larkfield' },
    { key: 'deputy', name: 'Marian Tolley', role: 'Deputy head', school: 'larkfield' },
    { key: 'head', name: 'Derek Onslow', role: 'Headteacher', school: 'larkfield', isContact: true },
  ],
  quotes: [
    {
      speaker: 'year-2',
      section: '2.4',
      words:
        'Nobody comes in to judge me. I send for her, like you’d ask someone to hold the other end of a tape measure',
      original:
        'Nobody comes in to judge me, that’s, no. I send for her, like you’d ask someone to hold the other end of a tape measure',
      how: 'recording',
      source: 'First visit, 14 minutes in',
      saidDaysAgo: 40,
      outcome: { confirmed: { how: 'phone', note: 'Call after school, with the text read out' } },
    },
    {
      speaker: 'year-5',
      section: '2.5',
      words: 'I’d have praised her questions. She wanted to talk about the boy who didn’t get asked one.',
      how: 'interview',
      source: 'Notes of the first visit, page 6',
      saidDaysAgo: 40,
    },
    {
      speaker: 'deputy',
      section: '3',
      words:
        'My job is to be the one person in the building who never says ‘I hear you had an interesting lesson.’',
      how: 'interview',
      source: 'Notes of the second visit, page 2',
      saidDaysAgo: 12,
      outcome: { confirmed: { how: 'paper', note: 'Signed sheet, in the folder of the second visit' } },
    },
    {
      speaker: 'year-5',
      section: '6',
      words: 'You can’t teach and watch',
      how: 'recording',
      source: 'Second visit, 8 minutes in',
      saidDaysAgo: 12,
      outcome: { confirmed: { how: 'phone', note: 'Call in the lunch hour' } },
      since: { by: 'second', was: 'teach and watch', now: 'teach and watch closely' },
    },
    {
      speaker: 'head',
      section: '3',
      words: 'I find the cover, and then I stay out of the room',
      how: 'interview',
      source: 'Telephone call before the second visit',
      saidDaysAgo: 16,
      outcome: 'asked',
    },
    {
      speaker: 'year-5',
      section: '1',
      words: 'You can’t hear yourself rescue them',
      how: 'recording',
      source: 'First visit, 31 minutes in',
      saidDaysAgo: 40,
      outcome: {
        corrected: 'You can’t hear yourself rescuing them',
        by: { how: 'phone', note: 'Call in the lunch hour' },
      },
    },
  ],
};
