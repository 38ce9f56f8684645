/** Who may do what with which section, as the HTTP interface tells it. */

import { z } from 'zod';
import { ACCESS_LEVELS, STAGES } from '../permissions/access.ts';
import { blockState, caseText } from './cases.ts';
import { contactCase } from './contact.ts';
import { person } from './people.ts';
import { id, role, time } from './scalars.ts';
import { school } from './schools.ts';

/** Somebody who takes part in a case, as its sharing page shows them. */
export const sharingPerson = person.omit({ email: true }).extend({
  role,
  /** Of a contact: the schools of this case that they speak for. */
  schoolIds: z.array(id),
});
export type SharingPerson = z.infer<typeof sharingPerson>;

/** A section as the sharing page shows it, with what decides about it (`BlockFacts`). */
export const sharingSection = z.object({
  blockId: id,
  sectionId: z.string(),
  number: z.string().nullable(),
  title: z.string(),
  schoolId: id.nullable(),
  audience: z.enum(['print', 'shareable', 'team']),
  perSchool: z.boolean(),
  teamFields: z.boolean(),
  /** Whether somebody said so: a school's page leaves it out then. */
  notApplicable: z.boolean(),
  /** Null where the asker may not read it. */
  holds: z.object({ words: z.number().int(), filled: z.number().int() }).nullable(),
  /** Quotes in it that are not confirmed, and whose they are: whoever fills it in sees them. Absent for none, or where the asker may not read it. */
  unconfirmed: z.object({ quotes: z.number().int(), speakers: z.array(z.string()) }).optional(),
});
export type SharingSection = z.infer<typeof sharingSection>;

/** One cell of the grid made another; null: what the person has anyway. */
export const sharingStep = z.object({
  blockId: id,
  personId: id,
  from: z.enum(ACCESS_LEVELS).nullable(),
  to: z.enum(ACCESS_LEVELS).nullable(),
});
export type SharingStep = z.infer<typeof sharingStep>;

/** Who may do what with which section of a case. */
export const sharing = z.object({
  caseId: id,
  studyId: id,
  studyTitle: z.string(),
  title: z.string(),
  stage: z.enum(STAGES),
  deleted: z.boolean(),
  mayChange: z.boolean(),
  schools: z.array(school),
  people: z.array(sharingPerson),
  sections: z.array(sharingSection),
  /** What was ever set, with who set it; a level of null was set back. */
  cells: z.array(
    z.object({
      blockId: id,
      personId: id,
      level: z.enum(ACCESS_LEVELS).nullable(),
      by: id.nullable(),
      at: time,
    }),
  ),
  /** The last changes, newest first. */
  changes: z.array(z.object({ id, by: id, at: time, steps: z.array(sharingStep) })),
  /** What people at the schools are asked to fill in and have not been thanked for. */
  asked: z.array(z.object({ personId: id, blockIds: z.array(id) })),
  /** Names of those who made or met a change and take part no more. */
  others: z.array(z.object({ id, name: z.string() })),
});
export type Sharing = z.infer<typeof sharing>;

/** The case through somebody else's eyes. */
export const viewAs = z.object({
  person: sharingPerson,
  caseId: id,
  studyId: id,
  studyTitle: z.string(),
  title: z.string(),
  subtitle: z.string(),
  stage: z.enum(STAGES),
  frameworkId: z.string(),
  frameworkVersion: z.number().int(),
  schools: z.array(school),
  /** Of somebody of the team; a contact's stand in `asked`. */
  blocks: z.array(blockState),
  /** Of each block that both may read, its text as the person gets it. */
  text: caseText.shape.blocks,
  /** Sections that the person reads and the asker may not: they are left out. */
  leftOut: z.number().int(),
  /** Of a contact: what their page says. */
  asked: z.array(contactCase),
});
export type ViewAs = z.infer<typeof viewAs>;
