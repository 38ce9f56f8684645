/** Two studies with several cases, one person for every part and way in, and what each may open. */

import { findSection } from '../../shared/framework/framework.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';
import {
  type Access,
  type Asker,
  blockFacts,
  decideBlockAccess,
  includesAccess,
  opensDocument,
  type Stage,
} from '../../shared/permissions/access.ts';
import { ROLES, type Role } from '../../shared/permissions/roles.ts';
import type { ComposedService } from '../support/composed.ts';
import { newId } from '../support/team.ts';

export const PARTS = [...ROLES, 'former', 'stranger'] as const;
export type Part = (typeof PARTS)[number];
export const WAYS = [
  'page',
  'token',
  'reading token',
  'token of another study',
  'token that ran out',
  'token that was taken back',
  'page that signed out',
] as const;
export type Way = (typeof WAYS)[number];

/** What the grid says for a part, beside what it brings by itself. */
const GRID: readonly (readonly [part: Part, sectionId: string, level: Access])[] = [
  ['editor', '2.4', 'none'],
  ['editor', '2.5', 'read'],
  ['fieldworker', '2.4', 'read'],
  ['fieldworker', '2.5', 'none'],
  ['viewer', '2.4', 'none'],
  ['viewer', '2.5', 'comment'],
  ['viewer', '2.6', 'suggest'],
  ['contact', '2.4', 'read'],
  ['contact', '4-facts', 'none'],
];

export interface TrialBlock {
  readonly kind: 'block';
  readonly id: string;
  readonly caseId: string;
  readonly studyId: string;
  readonly sectionId: string;
  readonly schoolId: string | null;
  readonly stage: Stage;
  readonly deleted: boolean;
}
export interface TrialCase {
  readonly kind: 'case';
  readonly id: string;
  readonly studyId: string;
}
/** Of nothing. */
export interface NoPlace {
  readonly kind: 'block' | 'case';
  readonly id: 'nowhere';
}
export type TrialRoom = TrialBlock | TrialCase | NoPlace;

export interface Intruder {
  readonly part: Part;
  readonly way: Way;
  readonly personId: string;
  /** Subprotocols and headers that say who it is. */
  readonly protocols: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

export interface Trial {
  readonly lead: string;
  readonly studyId: string;
  readonly otherStudyId: string;
  /** The contacts speak for it. */
  readonly schoolId: string;
  /** The contacts are of this one. */
  readonly ownCase: TrialCase;
  readonly cases: readonly TrialCase[];
  readonly blocks: readonly TrialBlock[];
  readonly intruders: readonly Intruder[];
}

export async function plantTrial(service: ComposedService): Promise<Trial> {
  const lead = await service.person('Wanda Watcher');
  const calls = await service.program(lead);
  const mine = await service.study(lead);
  const other = await service.study(lead);
  const { studyId } = mine;
  const school = { id: newId(), name: 'Larkfield', place: '' };
  await calls.call('POST /api/studies/:studyId/schools', school, { studyId });
  const anotherCase = async (schoolIds: readonly string[]) =>
    calls.call(
      'POST /api/studies/:studyId/cases',
      { id: newId(), title: 'Another case', schoolIds: [...schoolIds] },
      { studyId },
    );
  const own = await anotherCase([mine.schoolId, school.id]);
  const second = await anotherCase([mine.schoolId]);
  const binned = await anotherCase([mine.schoolId]);
  const stages: Record<string, Stage> = { [second.id]: 'approved' };
  const details = [mine.case, own, second, binned, other.case];
  const blocks = details.flatMap((detail) =>
    detail.blocks.map(
      (block): TrialBlock => ({
        kind: 'block',
        id: block.blockId,
        caseId: detail.id,
        studyId: detail === other.case ? other.studyId : studyId,
        sectionId: block.sectionId,
        schoolId: block.schoolId,
        stage: stages[detail.id] ?? 'scoping',
        deleted: detail === binned,
      }),
    ),
  );
  const trial = {
    lead,
    studyId,
    otherStudyId: other.studyId,
    schoolId: mine.schoolId,
    ownCase: { kind: 'case', id: own.id, studyId },
    cases: details.map(
      ({ id }): TrialCase => ({
        kind: 'case',
        id,
        studyId: id === other.case.id ? other.studyId : studyId,
      }),
    ),
    blocks,
  } as const;
  const intruders: Intruder[] = [];
  for (const part of PARTS) {
    for (const way of WAYS) intruders.push(await letIn(service, trial, part, way));
  }
  return { ...trial, intruders };
}

/** Moves cases to where the trial says that they are, once there is something in them. */
export async function settleCases(service: ComposedService, trial: Trial): Promise<void> {
  const calls = await service.program(trial.lead);
  for (const { id } of trial.cases) {
    const block = trial.blocks.find(({ caseId }) => caseId === id);
    if (block?.stage === 'approved')
      await calls.call('PATCH /api/cases/:caseId', { stage: 'approved' }, { caseId: id });
    if (block?.deleted) await calls.call('DELETE /api/cases/:caseId', undefined, { caseId: id });
  }
}

async function letIn(
  service: ComposedService,
  trial: Omit<Trial, 'intruders'>,
  part: Part,
  way: Way,
): Promise<Intruder> {
  const personId = await service.person(`${part} ${way}`);
  const { studyId, ownCase, schoolId } = trial;
  const records = service.parts.records.read;
  if (part !== 'stranger') await service.join(studyId, personId, part === 'former' ? 'editor' : part);
  if (part === 'contact') {
    const place = { case_id: ownCase.id, user_id: personId, school_id: schoolId, since: 0 };
    await records.insertInto('case_contacts').values(place).execute();
  }
  for (const block of trial.blocks.filter(({ caseId }) => caseId === ownCase.id)) {
    const level = gridOf(part, block);
    if (level === null) continue;
    const set = { level, set_by: trial.lead, set_at: 0 };
    const cell = { block_id: block.id, person_id: personId, ...set };
    await records.insertInto('block_grants').values(cell).execute();
  }
  const credentials = await credentialsOf(service, trial.otherStudyId, personId, way);
  if (part === 'former') {
    const calls = await service.program(trial.lead);
    await calls.call('DELETE /api/studies/:studyId/members/:personId', undefined, { studyId, personId });
  }
  return { part, way, personId, ...credentials };
}

async function credentialsOf(
  service: ComposedService,
  otherStudyId: string,
  personId: string,
  way: Way,
): Promise<Pick<Intruder, 'protocols' | 'headers'>> {
  if (way.startsWith('page')) {
    const page = await service.signedIn(personId);
    const cookie = [...page.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (way === 'page that signed out') await page.call('DELETE /api/session');
    return { protocols: [], headers: { cookie, origin: service.parts.settings.publicUrl } };
  }
  const id = newId();
  const { token } = await service.program(personId, {
    id,
    ...(way === 'reading token' && { reach: 'reads' }),
    ...(way === 'token of another study' && { studyId: otherStudyId }),
    ...(way === 'token that ran out' && { days: -1 }),
  });
  if (way === 'token that was taken back') {
    const tokens = service.parts.records.read.updateTable('api_tokens');
    await tokens.set({ revoked_at: 1 }).where('id', '=', id).execute();
  }
  return { protocols: [`casebook.token.${token}`], headers: {} };
}

function gridOf(part: Part, block: TrialBlock): Access | null {
  return GRID.find(([of, sectionId]) => of === part && sectionId === block.sectionId)?.[2] ?? null;
}

/** @returns whether the way leads to nobody any more */
export function isOver(way: Way): boolean {
  return (
    way === 'token that ran out' || way === 'token that was taken back' || way === 'page that signed out'
  );
}

export type Outcome =
  | { readonly kind: 'open'; readonly access: Access }
  | { readonly kind: 'denied'; readonly reason: 'not-found' | 'no-access' };

const NOT_FOUND: Outcome = { kind: 'denied', reason: 'not-found' };

/** @returns what a living way in gets of a room, by the one decision about blocks (ACCESS-1) */
export function outcomeOf(trial: Trial, { part, way }: Intruder, room: TrialRoom): Outcome {
  if (room.id === 'nowhere') return NOT_FOUND;
  const { studyId } = room as TrialBlock | TrialCase;
  if (way === 'token of another study' && studyId !== trial.otherStudyId) return NOT_FOUND;
  const caseId = 'caseId' in room ? room.caseId : room.id;
  const asker = askerIn(trial, part, studyId, caseId);
  if (!('caseId' in room)) {
    return asker.role === null || asker.role === 'contact' ? NOT_FOUND : { kind: 'open', access: 'read' };
  }
  const section = findSection(mentoringAndCoaching, room.sectionId);
  if (!section) throw new Error(`no section ${room.sectionId}`);
  const granted = caseId === trial.ownCase.id ? gridOf(part, room) : null;
  const { access } = decideBlockAccess(asker, { ...blockFacts(section, room), ...room }, granted);
  if (asker.role === null) return NOT_FOUND;
  const held = way === 'reading token' && includesAccess(access, 'read') ? 'read' : access;
  return opensDocument(asker.role, held)
    ? { kind: 'open', access: held }
    : { kind: 'denied', reason: 'no-access' };
}

function askerIn(trial: Trial, part: Part, studyId: string, caseId: string): Asker {
  const nobody: Asker = { role: null, contactOf: [] };
  if (part === 'former' || part === 'stranger' || studyId !== trial.studyId) return nobody;
  if (part !== 'contact') return { role: part satisfies Role, contactOf: [] };
  if (caseId !== trial.ownCase.id) return nobody;
  return { role: 'contact', contactOf: [{ caseId, schoolId: trial.schoolId }] };
}
