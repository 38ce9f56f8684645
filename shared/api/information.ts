/** Information before the visit, as the HTTP interface tells it; the routes themselves stand in `contract.ts`. */
import { z } from 'zod';
import { COULD_NOT_LIMIT, NOTE_LIMIT, REQUEST_STATES } from '../information/request.ts';
import { ACCESS_LEVELS } from '../permissions/access.ts';
import { letter, letterWords, linkDays } from './letters.ts';
import { isoDate as day, id, time } from './scalars.ts';

/** How far one section is that was asked for. */
export const sectionAnswer = z.object({
  /** Fields that hold something, of those that the section has; a group counts once. */
  filled: z.number().int(),
  fields: z.number().int(),
  /** Required fields that hold nothing yet, as the page calls them. */
  missing: z.array(z.string()),
  /** Words of the running text. */
  words: z.number().int(),
});

export const requestedSection = z.object({
  blockId: id,
  sectionId: z.string(),
  title: z.string(),
  /** Whether the person asked can write in it now. */
  fillsIn: z.boolean(),
  answer: sectionAnswer,
  changedAt: time.nullable(),
});
export type RequestedSection = z.infer<typeof requestedSection>;

/** What somebody at a school was asked for, as the team sees it. */
export const informationRequest = z.object({
  id,
  caseId: id,
  schoolId: id,
  state: z.enum(REQUEST_STATES),
  /** `id` is null while the invitation has not been taken up. */
  person: z.object({ id: id.nullable(), name: z.string() }),
  /** Without those that the asker may not read. */
  sections: z.array(requestedSection),
  dueOn: day,
  visitOn: day.nullable(),
  note: z.string(),
  askedBy: z.string(),
  askedAt: time,
  /** When they said that they are finished, and what they could not fill in. */
  finished: z.object({ at: time, couldNot: z.string() }).nullable(),
  /** The last letter about it. */
  letter: letter.pick({ id: true, state: true, dueAt: true, waitsFor: true }).nullable(),
  /** Whether an invitation was made for it, which then ends when it is withdrawn. */
  ownInvitation: z.boolean(),
  /** Whether that invitation was taken back: no letter brings it any more. */
  takenBack: z.boolean(),
  remindedAt: time.nullable(),
  reminders: z.number().int(),
  /** When the request was closed or withdrawn. */
  endedAt: time.nullable(),
});
export type InformationRequest = z.infer<typeof informationRequest>;

/** What schools of all cases of a study are asked for. */
export const studyInformation = z.object({
  /** Newest first; without those that are closed or withdrawn. */
  requests: z.array(informationRequest),
  /** Schools that were ever asked for something, by case; withdrawn requests do not count. */
  asked: z.array(z.object({ caseId: id, schoolId: id })),
});

export const caseInformation = z.object({
  /** Newest first; those that are over as well. */
  requests: z.array(informationRequest),
});

/** The same as the person sees it who was asked. */
export const ownRequest = z.object({
  id,
  blockIds: z.array(id),
  dueOn: day,
  visitOn: day.nullable(),
  note: z.string(),
  askedBy: z.string(),
  askedAt: time,
  finished: z.object({ at: time, couldNot: z.string() }).nullable(),
  /** The team has what it needs: what was asked for can be read, and changed no more. */
  closed: z.boolean(),
  /** Who else at the school is asked for the same sections and fills them in, by name (ACCESS-5). */
  alsoAsked: z.array(z.object({ blockId: id, names: z.array(z.string()) })),
});
export type OwnRequest = z.infer<typeof ownRequest>;

const note = z.string().trim().max(NOTE_LIMIT);

/** Whom to ask, for what, and by when. */
export const newRequest = z.object({
  id,
  schoolId: id,
  /** Somebody who speaks for the school already; null: whom `invite` names. */
  personId: id.nullable().default(null),
  invite: z
    .object({
      name: z.string().trim().min(1, 'needs a name').max(120),
      email: z.string().trim().toLowerCase().max(254).pipe(z.email('not an e-mail address')),
    })
    .nullable()
    .default(null),
  /** `from`: what was set for the person when the asker looked; null where nothing was. */
  sections: z
    .array(z.object({ sectionId: z.string().max(64), from: z.enum(ACCESS_LEVELS).nullable().default(null) }))
    .min(1, 'choose what to ask for')
    .max(40),
  dueOn: day,
  visitOn: day.nullable().default(null),
  note: note.default(''),
  letter: letterWords,
  days: linkDays,
});

/** To whom a letter that asks would go; `email` of somebody new, empty while it is not known. */
export const askedWhen = z.object({
  schoolId: id,
  personId: id.nullable().default(null),
  email: z.string().trim().toLowerCase().max(254).default(''),
  anyHour: z.boolean().default(false),
});

/** When a letter that is sent now goes, so that no day before it is asked for. */
export const letterPlan = z.object({
  /** Null where no mail goes out from here: it is passed on by hand. */
  dueAt: time.nullable(),
  /** The same day by the clock of the study's schools. */
  dueDay: day.nullable(),
  waitsFor: letter.shape.waitsFor,
});
export type LetterPlan = z.infer<typeof letterPlan>;

/** Another letter about a request; `id` is the letter's. */
export const reminder = z.object({ id, letter: letterWords, days: linkDays });

export const couldNot = z.string().trim().max(COULD_NOT_LIMIT);

/** `link` is told once, and only where no mail goes out: it is passed on by hand. */
export const requestMade = z.object({ request: informationRequest, link: z.string() });
export type RequestMade = z.infer<typeof requestMade>;
