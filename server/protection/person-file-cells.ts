import { ROLE_NAMES } from '../../shared/permissions/roles.ts';
import { ACCESS_WORDS } from '../../shared/permissions/sharing.ts';
import type { PersonFilePart } from '../../shared/protection/person-file.ts';

/** What a row of the file holds in one column. */
export type Cell = string | number | boolean | null;

type Words = Readonly<Record<string, string>>;

/** The words of the product for what the file for programs has as its own, by part and column. */
const CELL_WORDS: Partial<Record<PersonFilePart, Readonly<Record<string, Words>>>> = {
  tokens: { reach: { reads: 'Reads', writes: 'Reads and writes' } },
  studies: { role: ROLE_NAMES },
  invitations: {
    kind: {
      owner: 'Invitation to lead',
      member: 'Invitation to the team',
      contact: 'Invitation of a school contact',
      'contact-page': 'Link to the page of a school contact',
      demo: 'Link into the example study',
      'sign-in': 'Link to sign in',
    },
    role: ROLE_NAMES,
  },
  writtenLetters: {
    kind: {
      invitation: 'Invitation',
      'information-request': 'Questions about the school',
      quotes: 'Their own quotes',
    },
    state: {
      waiting: 'Waits to be sent',
      sending: 'Is being sent',
      sent: 'Sent',
      'by-hand': 'To be passed on by hand',
      'called-back': 'Called back before it went',
      dropped: 'Not sent: no longer needed',
      failed: 'Could not be sent',
    },
  },
  sheets: { how: { invitation: 'Beside an invitation', page: 'On the page “What we hold and why”' } },
  sharing: { level: ACCESS_WORDS },
  statuses: { status: { drafting: 'Drafting', ready: 'Ready for review', agreed: 'Agreed' } },
  lostWords: {
    part: {
      wrote: 'Wrote these words',
      hid: 'Hid words of somebody else by an edit',
      settled: 'Settled words of somebody else',
    },
  },
  comments: {
    part: { did: 'By themselves', named: 'By somebody else' },
    kind: {
      opened: 'Opened the thread',
      replied: 'Answered',
      edited: 'Put it in other words',
      resolved: 'Resolved it',
      reopened: 'Opened it again',
      assigned: 'Said who sees to it',
      linked: 'Linked it',
      unlinked: 'Took a link out',
      placed: 'Put it at other words',
    },
    audience: { team: 'The team', school: 'The team and the school' },
  },
  did: {
    way: {
      page: 'On the page',
      token: 'By a program',
      'command-line': 'On the command line',
      server: 'By Casebook itself',
    },
  },
};

/** Columns whose name alone does not say what stands in them. */
const COLUMN_WORDS: Words = {
  act: 'What was done',
  askedAt: 'Asked',
  audience: 'Read by',
  at: 'When',
  concerning: 'About the words',
  couldNot: 'Could not fill in',
  how: 'Where',
  kind: 'What',
  label: 'Browser',
  level: 'May do',
  notApplicable: 'Why it does not apply',
  part: 'What was done',
  reach: 'May do',
  said: 'What happened',
  way: 'How',
};

/** @returns the column's heading: `lastUsedAt` as people write it */
export function columnWords(column: string): string {
  const known = COLUMN_WORDS[column];
  if (known !== undefined) return known;
  const words = column.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`).replace(/ at$/, '');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @returns what stands in a cell, as it is said on pages */
export function cellWords(part: PersonFilePart, column: string, value: Cell): Cell {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (part === 'sharing' && column === 'level' && value === null) return 'As usual';
  return CELL_WORDS[part]?.[column]?.[String(value)] ?? value;
}

/** @returns whether the page leaves a column to the file for programs, as it says nothing to whoever reads */
export function leftToPrograms(part: PersonFilePart, column: string): boolean {
  // What an entry of the record says, it says in a sentence.
  if (column === 'kind') return part === 'did' || part === 'saidOfThem';
  return /^id$|Id$|^about$|^number$/.test(column);
}
