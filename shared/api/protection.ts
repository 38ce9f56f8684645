/** What people are told of what is held on them, as the HTTP interface tells it. */

import { z } from 'zod';
import { SHEET_PART_IDS, SHEET_PART_LIMIT } from '../protection/information-sheet.ts';
import { id, role, time } from './scalars.ts';

export const sheetParts = z.record(z.enum(SHEET_PART_IDS), z.string().trim().max(SHEET_PART_LIMIT));

/** One version of what people at schools are told of what is held on them. */
export const informationSheet = z.object({ version: z.number().int(), writtenAt: time, parts: sheetParts });
export type InformationSheet = z.infer<typeof informationSheet>;

/** The same for the team; empty: whoever wrote it is no longer known. */
export const writtenSheet = informationSheet.extend({ writtenBy: z.string() });
export type WrittenSheet = z.infer<typeof writtenSheet>;

/** That a version was shown: beside the button of an invitation, or on the person's own page. */
export const sheetShown = z.object({
  version: z.number().int(),
  at: time,
  how: z.enum(['invitation', 'page']),
});
export type SheetShown = z.infer<typeof sheetShown>;

/** What a school contact is told by one study. */
export const contactSheet = z.object({
  studyId: id,
  studyTitle: z.string(),
  /** False for whoever is no longer asked: they have what they were shown. */
  asked: z.boolean(),
  sheet: informationSheet,
  /** They have not been shown this version yet. */
  news: z.boolean(),
  /** Parts that differ from the version that they were shown last. */
  changed: z.array(z.enum(SHEET_PART_IDS)),
  /** Newest first. */
  shown: z.array(sheetShown),
  /** Versions before this one that they were shown, newest first. */
  earlier: z.array(informationSheet),
});
export type ContactSheet = z.infer<typeof contactSheet>;

/** Somebody on whom a study holds something. */
export const heldPerson = z.object({
  id,
  name: z.string(),
  /** Null for whoever is no longer in the study. */
  role: role.nullable(),
  /** What the study calls them since they left; null for their own name. */
  called: z.string().nullable(),
  /** Of whoever is no longer in it, what tells them from others who are not, and not who they are. */
  was: z.object({ role: role.nullable(), schools: z.array(z.string()), leftAt: time.nullable() }).nullable(),
  /** The version of the information sheet that they were shown last. */
  shown: sheetShown.nullable(),
});
export type HeldPerson = z.infer<typeof heldPerson>;
