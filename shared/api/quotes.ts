/** Quotes as the team has them; the routes themselves stand in `contract.ts`. */
import { z } from 'zod';
import { MOST_WORDING } from '../document/wording-form.ts';
import type { QuoteRefusal } from '../quotes/acts.ts';
import { BOARD_WORDS, type BoardWord } from '../quotes/board-words.ts';
import { AGES, CHANNELS } from '../quotes/consent.ts';
import { NAMINGS } from '../quotes/naming.ts';
import type { PublicationBlock } from '../quotes/publication.ts';
import type { QuoteEvent } from '../quotes/quote-event.ts';
import { ADDRESS_KINDS, HOW_SAID } from '../quotes/source.ts';
import type { Standing } from '../quotes/standing.ts';
import { MOST_TURNS } from '../quotes/turns.ts';
import { letterPlan } from './information.ts';
import { letterWords, linkDays } from './letters.ts';
import { evidence } from './quote-scans.ts';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'not an id');
const time = z.number().int();
const day = z.iso.date('choose a day');
/** One line of a person's. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^\P{Cc}*$/u, 'is one line');
/** Words of a speaker; longer ones are told of as such, not cut. */
const spoken = z.string().max(4 * MOST_WORDING);
const email = z.union([
  z.literal(''),
  z.string().trim().toLowerCase().max(254).pipe(z.email('not an e-mail address')),
]);

/** Somebody at a school whose words are quoted. */
export const speaker = z.object({
  id,
  schoolId: id,
  name: z.string(),
  /** In words, such as `Deputy head`. */
  role: z.string(),
  /** Empty where there is none. */
  email: z.string(),
  telephone: z.string(),
  address: z.enum(ADDRESS_KINDS),
  age: z.enum(AGES),
  /** How they are named beside their words (NAME-1): what they chose, and until then what the team proposes. */
  naming: z.enum(NAMINGS),
  /** The same as it holds now: of a child, no more than a parent or carer agreed to. */
  namedAs: z.enum(NAMINGS),
  /** Whether they chose it themselves. */
  chosen: z.boolean(),
  /** Nobody else at the school has this role: to name it tells who it is. */
  onlyOne: z.boolean(),
  /** They have been at their page. */
  isIn: z.boolean(),
});
export type Speaker = z.infer<typeof speaker>;

const aboutSpeaker = {
  name: line(120).min(1, 'needs a name'),
  role: line(120),
  email,
  telephone: line(40),
  address: z.enum(ADDRESS_KINDS),
  age: z.enum(AGES),
  naming: z.enum(NAMINGS),
};

export const newSpeaker = z.object({
  id,
  schoolId: id,
  ...aboutSpeaker,
  role: aboutSpeaker.role.default(''),
  email: aboutSpeaker.email.default(''),
  telephone: aboutSpeaker.telephone.default(''),
  address: aboutSpeaker.address.default('personal'),
  naming: aboutSpeaker.naming.default('role-only'),
});

/** What is left out stays; `naming` is theirs alone once they chose it. */
export const speakerChange = z.object(aboutSpeaker).partial();

/** One question to one speaker about one use. */
export const quoteAsk = z.object({
  id,
  use: id,
  speakerId: id,
  way: z.enum(['link', 'phone', 'paper']),
  /** What they were shown; null once it was erased. */
  wording: z.string().nullable(),
  sentAt: time,
  /** When the letter goes that asks it, while it waits; null once it has gone, or where none goes out. */
  goesAt: time.nullable(),
  openedAt: time.nullable(),
  lapsesAt: time,
  over: z.enum(['lapsed', 'recalled', 'replaced']).nullable(),
  answer: z
    .object({
      kind: z.enum(['confirmed', 'correction-proposed', 'disputed', 'declined']),
      /** Of a correction: the words as they should be. */
      wording: z.string().nullable(),
      decided: z.enum(['accepted', 'returned']).nullable(),
      /** The letter had reached somebody else. */
      stranger: z.boolean().optional(),
    })
    .nullable(),
});
export type QuoteAsk = z.infer<typeof quoteAsk>;

const boardWords = Object.keys(BOARD_WORDS) as [BoardWord, ...BoardWord[]];

/** One place where the quote stands, in sections that the asker may read. */
export const quoteUse = z.object({
  use: id,
  blockId: id,
  wording: z.string(),
  /** Other quotes that some of these words stand in as well. */
  overlaps: z.array(id),
  context: z.object({ before: z.string(), between: z.array(z.string()), after: z.string() }),
  standings: z.array(z.object({ speakerId: id, standing: z.custom<Standing>() })),
});

/** One quote, as boards and cards have it. */
export const quote = z.object({
  id,
  caseId: id,
  /** Where it was captured. */
  blockId: id,
  /** In the order in which they were named; of an exchange, all who speak in it. */
  speakerIds: z.array(id),
  how: z.enum(HOW_SAID),
  saidOn: z.string().nullable(),
  /** Where it is to be found, such as a place in a recording. */
  source: z.string(),
  /** As it was said, letter for letter; empty where only the wording is known. */
  original: z.string(),
  /** BCP 47, of the original; empty for the language of the case. */
  language: z.string(),
  /** The wording is a translation of the original. */
  translated: z.boolean(),
  capturedBy: z.string(),
  capturedAt: time,
  /** As it was captured; what stands in the text now is in `uses`. */
  captured: z.string(),
  word: z.enum(boardWords),
  /** None where the marks have not arrived yet, or its words were deleted. */
  uses: z.array(quoteUse),
  asks: z.array(quoteAsk),
  /** What keeps it from being printed. */
  blocks: z.array(z.custom<PublicationBlock>()),
  setAside: z.boolean(),
  /** Questions to parents and carers. */
  guardianAsks: z.array(
    z.object({
      id,
      speakerId: id,
      sentAt: time,
      goesAt: time.nullable(),
      openedAt: time.nullable(),
      lapsesAt: time,
      isOpen: z.boolean(),
    }),
  ),
  /** Speakers for whom a parent or carer has agreed. */
  guardianAgreed: z.array(id),
  /** Steps so far. */
  seq: z.number().int(),
});
export type QuoteView = z.infer<typeof quote>;

/** The quotes of a case. */
export const caseQuotes = z.object({
  caseId: id,
  studyId: id,
  title: z.string(),
  studyTitle: z.string(),
  /** Capture, check, send and decide. */
  mayQuote: z.boolean(),
  /** Say why words are still fair in what stands around them now. */
  mayFindFair: z.boolean(),
  schools: z.array(z.object({ id, name: z.string() })),
  /** Of these schools. */
  speakers: z.array(speaker),
  /** In the order of capture. */
  quotes: z.array(quote),
});
export type CaseQuotes = z.infer<typeof caseQuotes>;

/** The quotes of all cases of a study. */
export const studyQuotes = z.object({
  studyId: id,
  title: z.string(),
  cases: z.array(z.object({ id, title: z.string() })),
  schools: z.array(z.object({ id, name: z.string() })),
  speakers: z.array(speaker),
  quotes: z.array(quote),
});
export type StudyQuotes = z.infer<typeof studyQuotes>;

/** Questions whose letter waits, with when it goes. */
const waitingAsks = z.array(z.object({ ask: id, goesAt: time }));

/** What was said to the quotes of a case, so that a page computes from its own text how each stands. */
export const quoteRecords = z.object({
  schools: z.array(z.object({ id, name: z.string() })),
  speakers: z.array(speaker),
  quotes: z.array(
    z.object({ id, blockId: id, captured: z.string(), events: z.array(z.custom<QuoteEvent>()) }),
  ),
  waitingAsks,
});
export type QuoteRecords = z.infer<typeof quoteRecords>;

/** One quote with all its steps. */
export const wholeQuote = z.object({
  quote,
  studyId: id,
  studyTitle: z.string(),
  caseTitle: z.string(),
  /** The asker may change what is noted of where its words come from. */
  mayChange: z.boolean(),
  speakers: z.array(speaker),
  steps: z.array(
    z.object({
      seq: z.number().int(),
      /** Of whoever did it; empty for the server. */
      by: z.string(),
      event: z.custom<QuoteEvent>(),
      hash: z.string(),
    }),
  ),
  /** By which a certificate of it can be checked, as it stands now. */
  code: z.string(),
  /** The first step that is not as it was written, or whose words are not; null while the record holds. */
  broken: z.number().int().nullable(),
  /** When its words were erased for good; null while they are there. */
  erasedAt: time.nullable(),
  /** Its words were taken back, and the asker may erase them for good. */
  mayErase: z.boolean(),
});
export type WholeQuote = z.infer<typeof wholeQuote>;

/** Who changed words since they were agreed to, or asked about; newest first. */
export const wordingChanges = z.object({
  changes: z.array(
    z.object({
      use: id,
      /** Empty for the server. */
      by: z.string(),
      at: time,
    }),
  ),
});

/** Client-made ids: an outbox repeats it, before or after the mark itself arrives. */
export const newQuote = z.object({
  id,
  blockId: id,
  /** Of the mark. */
  use: id,
  speakerIds: z.array(id).min(1, 'needs somebody who said it').max(12),
  /** Of each line of an exchange, which of them says it, counted from 0; none: it is not said. */
  turns: z.array(z.number().int().min(0).max(11)).max(MOST_TURNS).default([]),
  how: z.enum(HOW_SAID),
  saidOn: day.nullable().default(null),
  source: line(300).default(''),
  wording: spoken,
  original: spoken.default(''),
  language: line(35).default(''),
  translated: z.boolean().default(false),
  /** Held against the notes or the recording just now. */
  checked: z.boolean().default(false),
});

/** What is left out stays. */
export const quoteChange = z
  .object({
    how: z.enum(HOW_SAID),
    saidOn: day.nullable(),
    source: line(300),
    original: spoken,
    language: line(35),
    translated: z.boolean(),
  })
  .partial();

export const consentWish = z.object({
  speakerId: id,
  from: z.enum(['speaker', 'guardian']),
  channels: z.array(z.enum(CHANNELS)).max(CHANNELS.length),
  until: time.nullable().default(null),
  naming: z.enum(NAMINGS),
  evidence,
});

/** Asks one speaker about any number of uses, by one letter. */
export const newAsks = z.object({
  /** Of the letter. */
  id,
  speakerId: id,
  /** Ids made by the client: an ask that is known is not sent again. */
  asks: z
    .array(z.object({ id, quoteId: id, use: id }))
    .min(1, 'needs a quote')
    .max(200),
  /** Null: Casebook's own words. */
  letter: letterWords.nullable().default(null),
  days: linkDays,
});

/** When a letter to a speaker goes that is sent now, and how long they can answer. */
export const askPlan = letterPlan.omit({ dueDay: true }).extend({ lapsesAt: time.nullable() });

/** `link` is told once, and only where no mail goes out: it is passed on by hand. */
export const asksMade = z.object({
  quotes: z.array(quote),
  refused: z.array(z.object({ ask: id, why: z.custom<QuoteRefusal>(), words: z.string() })),
  link: z.string(),
});

/** What stood before somebody's eyes who decided: of what stands there otherwise by now, nothing is decided. */
const seenWords = z.object({
  wording: spoken,
  context: z.object({ before: spoken, between: z.array(spoken).max(1_000), after: spoken }),
});
export type SeenWords = z.infer<typeof seenWords>;

/** What a speaker said by phone or on paper, to an ask that is open or to what stands in the text. */
export const recordedAnswer = z.object({
  /** Of the ask; one that is not known yet is made of what stands in the text now. */
  ask: id,
  use: id,
  speakerId: id,
  kind: z.enum(['confirmed', 'correction-proposed', 'disputed', 'declined']),
  wording: spoken.optional(),
  /** What was read to them; of an ask that is open, its words. An answer to what nobody says was read is none (QUOTE-1). */
  seen: seenWords,
  /** When the answer was given that the member knew of; null for none: of two at once, the second asks. */
  after: time.nullable().optional(),
  evidence,
});

export const correctionDecision = z.object({
  decided: z.enum(['accepted', 'returned']),
  /** As whoever decides read it: the speaker may have written another meanwhile. */
  wording: spoken.optional(),
});

export const fairness = z.object({
  use: id,
  speakerId: id,
  reason: z.string().trim().min(1, 'say why').max(500),
  seen: seenWords,
});

export const quoteChanged = z.object({
  quote,
  /** Of what changes the text: whether it could; else it is to be done by hand. */
  textChanged: z.boolean(),
});

/** What the code of a certificate says of it, and nothing of the quote. */
export const certificateCheck = z.object({
  /** When the last step was taken that it shows. */
  at: time,
  /** How many steps it shows, and how many were taken since. */
  steps: z.number().int(),
  since: z.number().int(),
});
