import type { PersonFilePart } from './person-file.ts';

/** What each part of the file is called, and what stands in it and what does not. */
export const PERSON_FILE_WORDS: Readonly<
  Record<PersonFilePart, { readonly title: string; readonly about: string }>
> = {
  devices: {
    title: 'Devices',
    about: 'Browsers that are signed in. Of each, no more is kept than this and the secret of its cookie.',
  },
  passkeys: {
    title: 'Passkeys',
    about:
      'What is kept of each: its name, when it was made and used, and the public half of its key, which opens nothing. Fingerprints, faces and PINs never leave the device.',
  },
  services: {
    title: 'Accounts at other services',
    about:
      'Which account elsewhere signs them in here. Nothing else is kept of it, and nothing that opens it.',
  },
  tokens: {
    title: 'Access for programs',
    about: 'Tokens, those that ended included. The token itself is not kept, only a hash of it.',
  },
  codes: {
    title: 'Codes that wait',
    about: 'Digits that were sent and not used yet; they go within minutes. Only a hash of them is kept.',
  },
  studies: { title: 'Studies', about: 'Which studies they are in, and as what.' },
  contactFor: { title: 'Schools that they speak for', about: 'As a school contact, in which case study.' },
  formerNames: {
    title: 'What studies that they left call them',
    about: 'The name under which what they wrote and did stands there now.',
  },
  invitations: {
    title: 'Invitations and sign-in links',
    about: 'Links that were made for them. The links themselves are not kept, only hashes of them.',
  },
  letters: {
    title: 'Letters in the outbox',
    about:
      'Letters to them that lie on the server because no mail goes out from it. Their text is left out: it can hold a link.',
  },
  writtenLetters: {
    title: 'Letters that the team wrote to them',
    about:
      'As a school contact, with what became of each. The words are left out, as somebody else signed them; links are not kept at all.',
  },
  sheets: {
    title: 'Information sheets that they were shown',
    about: 'Which version, when, and whether beside an invitation or on their own page.',
  },
  sharing: {
    title: 'What was set for them',
    about: 'Sections for which somebody set what they may do; without a level: set back to what is usual.',
  },
  information: {
    title: 'Information that they were asked for',
    about:
      'As a school contact: which sections, by when, and what they said that they could not fill in. What they wrote stands in the sections; what was written to them with it, on their page.',
  },
  guardianOf: {
    title: 'Whose parent or carer they are, to whoever quotes a child',
    about: 'As whom the team writes to them about the words of a child. The child is not named here.',
  },
  speakers: {
    title: 'Who they are, to whoever quotes them',
    about: 'As a person of a school whose words are quoted: what the team noted, and how they are named.',
  },
  quotes: {
    title: 'Words of theirs that are quoted',
    about:
      'As they were captured, with where they come from. What stands in the text now stands in the sections.',
  },
  quoteSteps: {
    title: 'What was done with quotes',
    about:
      'Every step with their words: what they were shown, when, and what they said to it. Of the words of others, the steps that they took themselves, without those words.',
  },
  comments: {
    title: 'Threads: what they said and did',
    about:
      'Everything that they wrote and did in threads, earlier wordings included; and, without the words of others, where somebody named them or gave them a thread to see to.',
  },
  readThreads: { title: 'Threads that they have read', about: 'Up to which comment, and when.' },
  assigned: { title: 'Sections that they see to', about: 'Sections that are assigned to them now.' },
  statuses: {
    title: 'Sections of which they said how far they are',
    about: 'The last word on a section, where it is theirs.',
  },
  wrote: {
    title: 'Where they wrote, and when',
    about:
      'By section and day. The words themselves stand in the sections, woven together with those of others.',
  },
  lostWords: {
    title: 'Words that lost their place',
    about:
      'Words hidden when edits met: those that they wrote; and, without the words of others, those that an edit of theirs hid, or that they settled.',
  },
  made: { title: 'What they made, moved or put in the bin', about: 'As these things stand now.' },
  did: {
    title: 'The record: what they did',
    about: 'Each entry of the record of who did what, with the network that it came from.',
  },
  saidOfThem: {
    title: 'The record: what others did that concerns them',
    about: 'The same, of entries by others or by nobody who is known: who, and from where, is not told.',
  },
};

/** The same where the page speaks to the person themselves; a part that is not here names nobody. */
export const OWN_FILE_WORDS: Partial<typeof PERSON_FILE_WORDS> = {
  services: {
    title: 'Accounts at other services',
    about:
      'Which account elsewhere signs you in here. Nothing else is kept of it, and nothing that opens it.',
  },
  studies: { title: 'Studies', about: 'Which studies you are in, and as what.' },
  contactFor: { title: 'Schools that you speak for', about: 'As a school contact, in which case study.' },
  formerNames: {
    title: 'What studies that you left call you',
    about: 'The name under which what you wrote and did stands there now.',
  },
  invitations: {
    title: 'Invitations and sign-in links',
    about: 'Links that were made for you. The links themselves are not kept, only hashes of them.',
  },
  letters: {
    title: 'Letters in the outbox',
    about:
      'Letters to you that lie on the server because no mail goes out from it. Their text is left out: it can hold a link.',
  },
  writtenLetters: {
    title: 'Letters that the team wrote to you',
    about:
      'As a school contact, with what became of each. The words are left out, as somebody else signed them; links are not kept at all.',
  },
  sheets: {
    title: 'Information sheets that you were shown',
    about: 'Which version, when, and whether beside an invitation or on your own page.',
  },
  sharing: {
    title: 'What was set for you',
    about: 'Sections for which somebody set what you may do.',
  },
  information: {
    title: 'Information that you were asked for',
    about:
      'As a school contact: which sections, by when, and what you said that you could not fill in. What you wrote stands in the sections; what was written to you with it, on your page.',
  },
  guardianOf: {
    title: 'Whose parent or carer you are, to whoever quotes a child',
    about: 'As whom the team writes to you about the words of a child. The child is not named here.',
  },
  speakers: {
    title: 'Who you are, to whoever quotes you',
    about: 'As a person of a school whose words are quoted: what the team noted, and how you are named.',
  },
  quotes: {
    title: 'Words of yours that are quoted',
    about:
      'As they were captured, with where they come from. What stands in the text now stands in the sections.',
  },
  quoteSteps: {
    title: 'What was done with quotes',
    about:
      'Every step with your words: what you were shown, when, and what you said to it. Of the words of others, the steps that you took yourself, without those words.',
  },
  comments: {
    title: 'Threads: what you said and did',
    about:
      'Everything that you wrote and did in threads, earlier wordings included; and, without the words of others, where somebody named you or gave you a thread to see to.',
  },
  readThreads: { title: 'Threads that you have read', about: 'Up to which comment, and when.' },
  assigned: { title: 'Sections that you see to', about: 'Sections that are assigned to you now.' },
  statuses: {
    title: 'Sections of which you said how far they are',
    about: 'The last word on a section, where it is yours.',
  },
  wrote: {
    title: 'Where you wrote, and when',
    about:
      'By section and day. The words themselves stand in the sections, woven together with those of others.',
  },
  lostWords: {
    title: 'Words that lost their place',
    about:
      'Words hidden when edits met: those that you wrote; and, without the words of others, those that an edit of yours hid, or that you settled.',
  },
  made: { title: 'What you made, moved or put in the bin', about: 'As these things stand now.' },
  did: {
    title: 'The record: what you did',
    about: 'Each entry of the record of who did what, with the network that it came from.',
  },
  saidOfThem: {
    title: 'The record: what others did that concerns you',
    about: 'The same, of entries by others or by nobody who is known: who, and from where, is not told.',
  },
};
