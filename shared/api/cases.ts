/** Cases and their sections, as the HTTP interface tells them. */

import { z } from 'zod';
import { REFERENCE_KINDS } from '../document/reference-key.ts';
import { ACCESS_LEVELS, STAGES } from '../permissions/access.ts';
import { STUDY_ACTS } from '../permissions/study-acts.ts';
import { informationRequest } from './information.ts';
import { person } from './people.ts';
import { id, isoDate, role, time } from './scalars.ts';
import { school } from './schools.ts';

export const SECTION_STATUSES = ['empty', 'drafting', 'ready', 'agreed'] as const;
export type SectionStatus = (typeof SECTION_STATUSES)[number];

/** What the database and the text together say of one block. */
export const blockState = z.object({
  blockId: id,
  sectionId: z.string(),
  schoolId: id.nullable(),
  access: z.enum(ACCESS_LEVELS),
  reason: z.string().nullable(),
  /** `empty` is computed from the text; the rest is what somebody said. */
  status: z.enum(SECTION_STATUSES),
  /** Somebody agreed, and the text changed since. */
  agreementStale: z.boolean(),
  agreedBy: id.nullable(),
  agreedAt: time.nullable(),
  /** Who took an agreement back, and when, while nothing was said since. */
  setBack: z.object({ by: id.nullable(), at: time }).nullable(),
  /** *Does not apply, because …* */
  notApplicable: z.string().nullable(),
  assigneeId: id.nullable(),
  dueOn: isoDate.nullable(),
  words: z.number().int(),
  /** Fields filled in, of those that the section has (a group counts once). */
  filled: z.number().int(),
  fields: z.number().int(),
  /** Prompts by id: `answered` or `ask`. */
  prompts: z.record(z.string(), z.enum(['answered', 'ask'])),
  changedAt: time.nullable(),
  /** Of the last saved change of its text; another one after every change. */
  seq: z.number().int(),
  /** The most that anybody at a school may do with it. */
  schoolAccess: z.enum(ACCESS_LEVELS),
});
export type BlockState = z.infer<typeof blockState>;

export const caseSummary = z.object({
  id,
  studyId: id,
  title: z.string(),
  subtitle: z.string(),
  stage: z.enum(STAGES),
  authority: z.boolean(),
  schoolIds: z.array(id),
  /** Blocks agreed or not applicable, of all. */
  done: z.number().int(),
  started: z.number().int(),
  total: z.number().int(),
  words: z.number().int(),
  toAsk: z.number().int(),
  lostWords: z.number().int(),
  assigneeIds: z.array(id),
  changedAt: time,
});
export type CaseSummary = z.infer<typeof caseSummary>;

/** Somebody, or a school, that texts of a case may refer to (NAME-1). */
export const nameInText = z.object({
  kind: z.enum(REFERENCE_KINDS),
  id,
  /** As it is drawn in the text. */
  words: z.string(),
  /** For whoever may choose by it: the name itself, and the role. */
  who: z.string(),
});

export const caseDetail = caseSummary.extend({
  study: z.object({ id, title: z.string(), frameworkId: z.string(), frameworkVersion: z.number() }),
  myRole: role,
  acts: z.array(z.enum(STUDY_ACTS)),
  schools: z.array(school),
  people: z.array(person),
  names: z.array(nameInText),
  /** Those that the asker may read. */
  blocks: z.array(blockState),
  /** Blocks of the case that the asker may not read: a device lets go of its copies. */
  closedBlockIds: z.array(id),
  deletedAt: time.nullable(),
  /** What schools are asked for and have not been told is enough; none for those who may not see sharing. */
  asked: z.array(informationRequest),
  /** Who moved it to its stage, when and why; null where that was never noted. */
  stageSet: z.object({ by: id.nullable(), at: time, why: z.string() }).nullable(),
});
export type CaseDetail = z.infer<typeof caseDetail>;

/** The last saved text of each block that the asker may read, made by the server. */
export const caseText = z.object({
  blocks: z.array(
    z.object({
      blockId: id,
      /** Safe HTML of the running text. */
      html: z.string(),
      /** Values of the fields as they stand, flat: the keys of `shared/document/block-parts.ts`. */
      values: z.record(z.string(), z.union([z.string(), z.boolean()])),
      seq: z.number().int(),
    }),
  ),
});
export type CaseText = z.infer<typeof caseText>;

export const lostWords = z.object({
  id,
  blockId: id,
  words: z.string(),
  before: z.string(),
  after: z.string(),
  authorId: id.nullable(),
  /** Whose edit hid them; null where nobody's did, or it is not known. */
  causedById: id.nullable(),
  cause: z.enum(['changed-kind', 'removed', 'not-held']),
  at: time,
});
export type LostWords = z.infer<typeof lostWords>;
