/** Studies and what lies in them, as the HTTP interface tells them. */

import { z } from 'zod';
import { STUDY_ACTS } from '../permissions/study-acts.ts';
import { caseSummary } from './cases.ts';
import { letter } from './letters.ts';
import { member } from './people.ts';
import { id, isoDate, role, time } from './scalars.ts';
import { school } from './schools.ts';

export const studySummary = z.object({
  id,
  title: z.string(),
  description: z.string(),
  dueOn: isoDate.nullable(),
  myRole: role,
  frameworkId: z.string(),
  frameworkVersion: z.number().int(),
  cases: z.number().int(),
  /** Its members come in by a passkey, or not at all (PASSKEY-2). */
  requiresPasskey: z.boolean(),
  /** The asker has still to show one: nothing but the title is told. */
  locked: z.boolean(),
});
export type StudySummary = z.infer<typeof studySummary>;

/** What the profile of a case says that it covers: ids of the framework's options. */
export const caseCoverage = z.object({
  caseId: id,
  careerStages: z.array(z.string()),
  contexts: z.record(z.string(), z.array(z.string())),
});

export const studyDetail = studySummary.extend({
  acts: z.array(z.enum(STUDY_ACTS)),
  caseList: z.array(caseSummary),
  coverage: z.array(caseCoverage),
  schools: z.array(school),
  members: z.array(member),
});
export type StudyDetail = z.infer<typeof studyDetail>;

export const invitation = z.object({
  id,
  email: z.string(),
  name: z.string(),
  role,
  caseId: id.nullable(),
  schoolId: id.nullable(),
  createdAt: time,
  expiresAt: time,
  state: z.enum(['open', 'used', 'revoked', 'expired']),
  /** Of a school contact: the letters that carry its link, newest first. */
  letters: z.array(letter),
});
export type Invitation = z.infer<typeof invitation>;

export const frameworkSummary = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  description: z.string(),
  sections: z.number().int(),
});
export type FrameworkSummary = z.infer<typeof frameworkSummary>;

export const binItem = z.object({
  kind: z.enum(['study', 'case', 'school']),
  id,
  title: z.string(),
  deletedAt: time,
  deletedBy: z.string(),
});
export type BinItem = z.infer<typeof binItem>;

export const outboxMail = z.object({
  id,
  to: z.string(),
  subject: z.string(),
  /** Empty for sign-in mails: their codes are for the person they are addressed to. */
  text: z.string(),
  file: z.string(),
  at: time,
});
export type OutboxMail = z.infer<typeof outboxMail>;
