import type { AuditEntry } from '../api/audit.ts';
import { longDate } from '../document/long-date.ts';
import { STAGE_NAMES } from '../permissions/access.ts';
import { ROLE_NAMES } from '../permissions/roles.ts';
import { ACCESS_WORDS } from '../permissions/sharing.ts';
import { type AuditDetails, type AuditGroup, type AuditKind, blocksOf } from './audit-record.ts';

/** By `<kind>/<id>`, as they are now. */
export type AuditNames = Readonly<Record<string, string>>;

/** As the page's filter says it. */
export const AUDIT_GROUP_NAMES: Readonly<Record<AuditGroup, string>> = {
  access: 'People and what they may do',
  'signing-in': 'Signing in and out',
  refusals: 'What was refused',
  downloads: 'Downloads',
  cases: 'Case studies',
  sections: 'Sections: how far, and who sees to them',
  information: 'Information asked of schools',
  quotes: 'Quotes and their speakers',
  threads: 'Comments',
  study: 'The study and its schools',
  programs: 'Access for programs',
};

/** A record as far as its sentence needs it. */
export type ToldEntry = Pick<
  AuditEntry,
  'kind' | 'personId' | 'way' | 'tokenId' | 'caseId' | 'object' | 'detail'
>;

/** @returns who did it, for the beginning of a sentence */
export function auditPerson(entry: ToldEntry, names: AuditNames): string {
  if (entry.personId !== null) return names[`person/${entry.personId}`] ?? 'Somebody who is no longer here';
  switch (entry.way) {
    case 'command-line':
      return 'Whoever runs the server';
    case 'server':
      return 'Casebook';
    default:
      return 'Somebody who was not signed in';
  }
}

/** @returns the record in one sentence, without its time and place */
export function auditSentence(entry: ToldEntry, names: AuditNames): string {
  const tell = SENTENCES[entry.kind as AuditKind] as ((told: Told) => string) | undefined;
  const who = auditPerson(entry, names);
  // A later version wrote it, in this version's data.
  if (!tell) return `${who} did something that this version has no words for (${entry.kind}).`;
  const named = (kind: string, otherwise: string) => {
    const name = names[`${kind}/${entry.object?.kind === kind ? entry.object.id : ''}`];
    return name === undefined ? otherwise : name;
  };
  const theCase = entry.caseId === null ? '' : names[`case/${entry.caseId}`];
  const told: Told = {
    person: named('person', 'somebody who is no longer here'),
    invited: named('invitation', 'somebody'),
    addressee: named('invitation', named('person', 'somebody')),
    school: quoted(named('school', ''), 'a school'),
    speaker: named('speaker', '') || 'a speaker',
    token: quoted(named('token', ''), 'a token'),
    passkey: named('passkey', '') === '' ? 'a passkey' : `the passkey “${named('passkey', '')}”`,
    section: quoted(names[`block/${entry.detail.block ?? entry.object?.id ?? ''}`] ?? '', 'a section'),
    sections: sectionsOf(entry.detail, names),
    theCase: quoted(theCase ?? '', 'a case study'),
    detail: entry.detail,
    inCase: theCase ? ` of “${theCase}”` : '',
    aboutCase: theCase ? ` about “${theCase}”` : '',
  };
  const own =
    entry.personId !== null && entry.object?.kind === 'person' && entry.object.id === entry.personId;
  return `${who} ${own ? tell({ ...told, person: 'themselves' }) : tell(told)}.`;
}

interface Told {
  readonly person: string;
  readonly invited: string;
  /** Of a letter: by their invitation, or as the person that they are. */
  readonly addressee: string;
  readonly school: string;
  readonly speaker: string;
  readonly token: string;
  readonly passkey: string;
  readonly section: string;
  /** Several, as far as their names are known. */
  readonly sections: string;
  readonly theCase: string;
  /** ` of “…”`, or empty. */
  readonly inCase: string;
  /** ` about “…”`, or empty. */
  readonly aboutCase: string;
  readonly detail: AuditEntry['detail'];
}

const WAYS_IN: Partial<Readonly<Record<string, string>>> = {
  code: 'a code',
  link: 'a link',
  passkey: 'a passkey',
  oidc: 'another service',
} satisfies Record<AuditDetails['signed-in']['by'], string>;

const SENTENCES: { readonly [K in AuditKind]: (told: Told) => string } = {
  'signed-in': ({ detail }) =>
    `signed in by ${WAYS_IN[of<'signed-in'>(detail).by] ?? 'a way of a later version'}`,
  'signed-out': () => 'signed out',
  'device-ended': () => 'signed a device out from afar',
  'earlier-ways-ended': ({ detail }) => {
    const { devices, tokens } = of<'earlier-ways-ended'>(detail);
    return `showed that the address is theirs, which signed out ${count(devices, 'other device')} and ended ${count(tokens, 'token')}`;
  },
  'code-refused': ({ person, detail }) => `typed a code for ${person} that does not work${times(detail)}`,
  'passkey-added': ({ passkey }) => `added ${passkey}, by which they can sign in`,
  'passkey-removed': () => 'took away one of their passkeys',
  'oidc-bound': () => 'came in through another service for the first time, which signs them in from now on',
  'oidc-removed': () => 'removed their account at another service, which signs them in no more',
  'passkey-refused': ({ person, detail }) =>
    `was refused: signing in with a passkey of ${person} that did not stand the check${times(detail)}`,
  'sign-in-link-made': ({ person }) => `made a link by which ${person} can sign in`,

  'person-renamed': () => 'changed their own name',
  'telephone-changed': () => 'changed their own telephone number',

  'token-made': ({ token, detail }) => {
    const { reach, within, until } = of<'token-made'>(detail);
    const may = reach === 'reads' ? 'read' : 'read and write';
    const where = within === 'study' ? 'in this study alone' : 'wherever they may themselves';
    const ends = until === 0 ? '' : ', until a day that they chose';
    return `made the token ${token}, by which a program may ${may} ${where}${ends}`;
  },
  'token-ended': ({ token }) => `took back the token ${token}`,

  invited: ({ invited, inCase, detail }) => `invited ${invited} as ${role(detail.role)}${inCase}`,
  'invitation-withdrawn': ({ invited }) => `took back the invitation of ${invited}`,
  'invitation-taken-up': ({ inCase, detail }) =>
    `took up their invitation as ${role(detail.role)}${inCase}${besideSheet(detail.sheet)}`,
  'invitation-locked': ({ invited }) =>
    `guessed at the code of the link for ${invited}, which does not work any more`,
  'letter-queued': ({ addressee, aboutCase, detail }) => {
    const { letter, goes, again } = of<'letter-queued'>(detail);
    const how = goes === 'by-mail' ? 'to go by mail' : 'to be passed on by hand';
    return `wrote ${letterWords(letter)} to ${addressee}${aboutCase}, ${how}${again === 'yes' ? ', with a new link' : ''}`;
  },
  'letter-called-back': ({ addressee, detail }) =>
    `called back ${letterWords(detail.letter)} to ${addressee} before it went`,
  'letter-sent': ({ addressee, aboutCase, detail }) =>
    `sent ${letterWords(detail.letter)} to ${addressee}${aboutCase}`,
  'letter-dropped': ({ addressee, detail }) =>
    `called off ${letterWords(detail.letter)} to ${addressee}, as it was no longer needed`,
  'letter-failed': ({ addressee, detail }) =>
    `could not send ${letterWords(detail.letter)} to ${addressee}, and gave it up`,
  'role-changed': ({ person, detail }) => `made ${person} ${role(detail.to)}; before: ${role(detail.from)}`,
  'sharing-set': ({ person, section, sections, inCase, detail }) =>
    `set what ${person} may do with ${detail.sections === 1 ? section : sections}${inCase}${levels(detail.to)}`,
  'person-removed': ({ person, detail }) => `removed ${person} (${role(detail.role)}) from the study`,
  'account-erased': ({ person }) =>
    person === 'themselves' ? 'deleted their account' : `deleted the account of ${person}`,
  'former-named': ({ person, detail }) =>
    of<'former-named'>(detail).as === 'own-name'
      ? `set that ${person}, who has left, is called by their own name again`
      : `set what ${person}, who has left, is called in the study`,
  'contact-removed': ({ person, theCase }) =>
    `took a school out of ${theCase}, and with it what ${person} had there as its contact`,

  'study-made': () => 'made the study',
  'study-changed': ({ detail }) => `changed the study: ${parts(detail.parts)}`,
  'study-deleted': () => 'put the study into the bin',
  'study-restored': () => 'took the study out of the bin',
  'passkeys-required': () => 'asked all members of the study for a passkey',
  'passkeys-not-required': () => 'stopped asking members of the study for a passkey',
  'link-codes-required': () => 'had links of school contacts need a code as well',
  'link-codes-not-required': () => 'had links of school contacts open without a code',
  'school-added': ({ school }) => `added ${school}`,
  'school-changed': ({ school, detail }) => `changed ${school}: ${parts(detail.parts)}`,
  'school-deleted': ({ school }) => `put ${school} into the bin`,
  'school-restored': ({ school }) => `took ${school} out of the bin`,

  'case-made': ({ theCase }) => `made ${theCase}`,
  'version-kept': ({ theCase }) => `kept a version of ${theCase}`,
  'case-changed': ({ theCase, detail }) => `changed ${theCase}: ${parts(detail.parts)}`,
  'stage-moved': ({ theCase, detail }) =>
    `moved ${theCase} to ${stage(detail.to)}; before: ${stage(detail.from)}`,
  'case-deleted': ({ theCase }) => `put ${theCase} into the bin`,
  'case-restored': ({ theCase }) => `took ${theCase} out of the bin`,

  'section-status': ({ section, inCase, detail }) =>
    detail.from === detail.to
      ? `agreed ${section}${inCase} again, as it reads now`
      : `said of ${section}${inCase} that it is ${status(detail.to)}; before: ${status(detail.from)}`,
  'section-applies': ({ section, inCase, detail }) => {
    const said = detail.to === 'yes' ? 'applies after all' : 'does not apply';
    return `said that ${section}${inCase} ${said}${detail.from === detail.to ? ', for another reason' : ''}`;
  },
  'section-assigned': ({ person, section, inCase }) => `asked ${person} to see to ${section}${inCase}`,
  'section-unassigned': ({ person, section, inCase }) =>
    `no longer asks ${person} to see to ${section}${inCase}`,
  'section-due': ({ section, inCase, detail }) => {
    const { from, to } = of<'section-due'>(detail);
    const before = from === 'none' ? '' : `; before: ${longDate(from)}`;
    return to === 'none'
      ? `took back the day on which ${section}${inCase} is due${before}`
      : `set ${longDate(to)} as the day on which ${section}${inCase} is due${before}`;
  },
  'lost-words-settled': ({ section, inCase, detail }) =>
    of<'lost-words-settled'>(detail).how === 'put-back'
      ? `put words back that merging had hidden in ${section}${inCase}`
      : `let words go that merging had hidden in ${section}${inCase}`,

  'information-asked': ({ addressee, inCase, detail }) => {
    const { sections, until } = of<'information-asked'>(detail);
    return `asked ${addressee} for information before the visit${inCase}: ${count(sections, 'section')}, by ${longDate(until)}`;
  },
  'information-reminded': ({ addressee, inCase }) =>
    `reminded ${addressee} of the information that is asked of them${inCase}`,
  'information-moved': ({ addressee, inCase, detail }) => {
    const { from, to } = of<'information-moved'>(detail);
    return `set ${longDate(to)} as the day by which ${addressee} is asked for information${inCase}; before: ${longDate(from)}`;
  },
  'information-finished': ({ inCase, detail }) =>
    of<'information-finished'>(detail).said === 'finished'
      ? `said that they have filled in what they can${inCase}`
      : `said that they go on filling in what is asked of them${inCase}`,
  'information-closed': ({ addressee, inCase }) =>
    `closed what was asked of ${addressee}${inCase}: it is to be read by them now`,
  'information-withdrawn': ({ addressee, inCase }) => `took back what was asked of ${addressee}${inCase}`,

  'speaker-added': ({ speaker }) => `added ${speaker}, to quote them`,
  'speaker-changed': ({ speaker }) => `changed what is known of ${speaker}`,
  'speaker-not-them': ({ speaker }) => `said that they are not ${speaker}`,
  'quote-captured': ({ inCase }) => `captured a quote${inCase}`,
  'quote-source-changed': ({ inCase }) =>
    `changed what is noted of where the words of a quote come from${inCase}`,
  'quotes-asked': ({ speaker, inCase, detail }) =>
    `asked ${speaker} about ${count(of<'quotes-asked'>(detail).quotes, 'quote')}${inCase}`,
  'guardian-asked': ({ speaker, inCase, detail }) =>
    `asked a parent or carer of ${speaker} about ${count(of<'guardian-asked'>(detail).quotes, 'quote')}${inCase}`,
  'quote-assented': ({ speaker, inCase }) =>
    `said that ${speaker} was asked about a quote${inCase}, and agrees`,
  'guardian-not-them': ({ speaker }) => `said that they are no parent or carer of ${speaker}`,
  'quote-recalled': ({ speaker, inCase }) => `took back a question to ${speaker} about a quote${inCase}`,
  'quote-answered': ({ speaker, inCase, detail }) => {
    const { said, way } = of<'quote-answered'>(detail);
    const what = ANSWERS[said] ?? 'answered about';
    return way === 'page'
      ? `${what} a quote${inCase}`
      : `wrote down that ${speaker} ${what} a quote${inCase}, ${way === 'phone' ? 'by phone' : 'on paper'}`;
  },
  'quote-corrected': ({ speaker, inCase, detail }) =>
    of<'quote-corrected'>(detail).decided === 'accepted'
      ? `took up how ${speaker} corrected a quote${inCase}`
      : `did not take up how ${speaker} corrected a quote${inCase}`,
  'quote-found-fair': ({ inCase }) => `said why a quote${inCase} is still fair in what stands around it now`,
  'quote-consented': ({ speaker, inCase }) =>
    `said where the words of ${speaker} may be published, of a quote${inCase}`,
  'words-erased': ({ inCase, detail }) =>
    of<'words-erased'>(detail).of === 'speaker'
      ? `erased for good who a speaker is, and what they had said in ${count(of<'words-erased'>(detail).quotes, 'quote')}`
      : `erased for good the words of a quote${inCase}`,
  'quote-withdrawn': ({ speaker, inCase }) => `took back the words of ${speaker} in a quote${inCase}`,

  'thread-opened': ({ section, inCase, detail }) =>
    of<'thread-opened'>(detail).audience === 'school'
      ? `opened a thread on ${section}${inCase} that the school reads`
      : `opened a thread of the team on ${section}${inCase}`,
  'thread-resolved': ({ section, inCase }) => `resolved a thread on ${section}${inCase}`,
  'thread-reopened': ({ section, inCase }) => `opened a resolved thread on ${section}${inCase} again`,

  'quote-certified': ({ inCase }) => `opened the certificate of a quote${inCase}`,
  'quote-scan-downloaded': ({ inCase }) => `downloaded the scan of an answer about a quote${inCase}`,

  exported: ({ theCase, detail }) => {
    switch (of<'exported'>(detail).format) {
      case 'html':
        return `opened ${theCase} as a page to print or to keep`;
      case 'docx':
        return `downloaded ${theCase} as a Word file`;
      case 'csv':
        return 'downloaded this record';
      default:
        return 'downloaded something';
    }
  },

  'person-exported': ({ person, detail }) => {
    const { format, reach } = of<'person-exported'>(detail);
    const did = format === 'html' ? 'read' : 'downloaded';
    return `${did} everything that ${reach === 'own' ? 'Casebook' : 'this study'} holds on ${person}`;
  },
  'sheet-written': ({ detail }) =>
    `wrote version ${of<'sheet-written'>(detail).version} of the information sheet`,
  'sheet-shown': ({ detail }) =>
    `was shown version ${of<'sheet-shown'>(detail).version} of the information sheet`,

  refused: ({ detail, section, theCase, inCase }) => {
    const { method, route, known } = of<'refused'>(detail);
    const outside = known === 'stranger' ? ', without being part of this study' : '';
    const what = onSocket(`${method} ${route}`, { section, theCase, inCase });
    return `was refused${outside}: ${what ?? attempt(method, route) + inCase}${times(detail)}`;
  },
  'write-refused': ({ section, inCase, detail }) =>
    `was refused: writing in ${section}${inCase} that they may not write in${times(detail)}`,

  'owner-made': ({ person }) => `made ${person} the owner of this service`,
  'person-added': ({ person }) => `added ${person}`,
  'framework-published': ({ detail }) =>
    `published version ${of<'framework-published'>(detail).version} of a framework`,
};

/** What the server wrote for that kind. */
function of<K extends AuditKind>(detail: AuditEntry['detail']): AuditDetails[K] {
  return detail as unknown as AuditDetails[K];
}

const ANSWERS: Partial<Readonly<Record<string, string>>> = {
  confirmed: 'confirmed',
  'correction-proposed': 'corrected',
  disputed: 'said that they did not say',
  declined: 'does not want to be quoted with',
};

function letterWords(kind: string | number | undefined): string {
  if (kind === 'quotes') return 'a letter about their quotes';
  return kind === 'invitation' ? 'the letter of invitation' : 'a letter';
}

function quoted(name: string, otherwise: string): string {
  return name === '' ? otherwise : `“${name}”`;
}

/** Beyond these they are counted: the sharing page has them all. */
const NAMED_AT_MOST = 6;

/** Such as `“2.4 Observing”, “2.5 Feedback” and 3 more sections`; earlier versions noted their number alone. */
function sectionsOf(detail: AuditEntry['detail'], names: AuditNames): string {
  const all = Number(detail.sections ?? 0);
  const named = blocksOf(detail).flatMap((id) => names[`block/${id}`] ?? []);
  const several = [...new Set(named)].slice(0, NAMED_AT_MOST).map((name) => `“${name}”`);
  // Of several schools the sections of one name are several.
  const counted = named.filter((name) => several.includes(`“${name}”`)).length;
  if (several.length === 0) return `${all} sections`;
  const more = all - counted;
  if (more > 0) return `${several.join(', ')} and ${more} more ${more === 1 ? 'section' : 'sections'}`;
  return several.join(', ').replace(/, (?=“[^“]*$)/, ' and ');
}

function times(detail: AuditEntry['detail']): string {
  const often = Number(detail.times ?? 1);
  return often > 1 ? `, ${often} times` : '';
}

function count(of: number, what: string): string {
  return `${of === 0 ? 'no' : of} ${what}${of === 1 ? '' : 's'}`;
}

function role(value: string | number | undefined): string {
  const names: Readonly<Record<string, string>> = ROLE_NAMES;
  return (names[String(value)] ?? 'member').toLowerCase();
}

function besideSheet(version: string | number | undefined): string {
  return version === undefined ? '' : `, with version ${version} of the information sheet beside it`;
}

/** Earlier versions did not note them. */
function levels(value: string | number | undefined): string {
  if (value === undefined) return '';
  const names: Readonly<Record<string, string>> = { ...ACCESS_WORDS, usual: 'as usual for their part' };
  const told = String(value).split(',');
  return ` (now: ${told.map((level) => (names[level] ?? level).toLowerCase()).join(', ')})`;
}

function stage(value: string | number | undefined): string {
  const names: Readonly<Record<string, string>> = STAGE_NAMES;
  return `“${names[String(value)] ?? value}”`;
}

const STATUS_WORDS: Readonly<Record<string, string>> = {
  drafting: 'being drafted',
  ready: 'ready for review',
  agreed: 'agreed',
};

function status(value: string | number | undefined): string {
  return STATUS_WORDS[String(value)] ?? String(value);
}

const PART_NAMES: Readonly<Record<string, string>> = {
  title: 'title',
  subtitle: 'subtitle',
  description: 'description',
  dueOn: 'day it is due',
  name: 'name',
  place: 'place',
  schools: 'schools',
  schoolHours: 'when letters to schools go',
  quoteTerms: 'how long questions about quotes wait',
};

function parts(value: string | number | undefined): string {
  return String(value ?? '')
    .split(',')
    .map((part) => PART_NAMES[part] ?? part)
    .join(', ');
}

/** What somebody wanted, by the end of the route; the rest is told by its method. */
const ATTEMPTS: readonly (readonly [RegExp, string])[] = [
  [/ \/api\/studies\/:studyId\/audit/, 'reading this record'],
  [/ \/api\/studies\/:studyId\/outbox$/, 'reading the outbox'],
  [/\/people\/:personId\/export\.|\/held$/, 'reading what is held on somebody'],
  [/ \/api\/studies\/:studyId\/sheets$/, 'writing the information sheet'],
  [/\/bin(\/|$)/, 'looking into the bin, or taking out of it'],
  [/\/information(\/|$)/, 'asking a school for information, or seeing what was asked'],
  [/^GET .*\/(sharing|view-as)/, 'looking at who may do what'],
  [/\/sharing$/, 'changing who may do what'],
  [/^POST \/api\/tokens$/, 'asking for a token for this study'],
  [/\/school-hours$/, 'setting when letters go'],
  [/\/letters(\/|$)/, 'writing to school contacts, or reading letters to them'],
  [/(invitations|members|former)/, 'inviting, changing or removing people'],
  [/^POST \/api\/studies\/:studyId\/schools$|\/schools\/:schoolId$/, 'changing schools'],
  [/^POST \/api\/studies\/:studyId\/cases$/, 'making a case study'],
  [/\/passkeys$/, 'asking members for a passkey, or no longer'],
  [/\/export\./, 'downloading a draft'],
  [/\/status$/, 'saying how far a section is'],
  [/^POST .*\/threads(\/|$)/, 'commenting on a section'],
  [/\/thread/, 'reading threads'],
  [/^DELETE \/api\/studies\/:studyId$/, 'putting the study into the bin'],
  [/^PATCH \/api\/studies\/:studyId$/, 'changing the study'],
  [/^DELETE \/api\/cases\/:caseId$/, 'putting a case study into the bin'],
  [/^PATCH \/api\/cases\/:caseId$/, 'changing a case study'],
  [/^GET \/api\/cases\//, 'reading a case study'],
  [/^GET \/api\/studies\/:studyId$/, 'opening the study'],
];

/** @returns what a socket wanted, whole; null for what was asked over HTTP */
function onSocket(
  asked: string,
  { section, theCase, inCase }: Pick<Told, 'section' | 'theCase' | 'inCase'>,
): string | null {
  switch (asked) {
    case 'JOIN /collab/block':
      return `opening ${section}${inCase}`;
    case 'JOIN /collab/case':
      return `seeing who is in ${theCase}`;
    case 'FOLLOW /collab/case':
      return `being told what changes in ${theCase}`;
    case 'FOLLOW /collab/study':
      return 'being told what changes in this study';
    default:
      return null;
  }
}

function attempt(method: string, route: string): string {
  const asked = `${method} ${route}`;
  const known = ATTEMPTS.find(([pattern]) => pattern.test(asked))?.[1];
  return known ?? (method === 'GET' ? 'reading something' : 'changing something');
}
