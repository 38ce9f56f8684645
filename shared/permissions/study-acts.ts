import type { Role } from './roles.ts';

/** Things done to a study or a case as a whole, outside the text of a block. */
export const STUDY_ACTS = [
  'see-study',
  'change-study',
  'delete-study',
  'manage-people',
  'see-people',
  'manage-schools',
  'create-case',
  'change-case',
  'move-stage',
  'delete-case',
  'restore-from-bin',
  'set-section-status',
  'agree-section',
  'assign-section',
  'export-case',
  'see-lost-words',
  'decide-suggestions',
  'keep-quotes',
  'find-fair',
  'see-outbox',
  'see-sharing',
  'change-sharing',
  'see-audit',
  'write-sheet',
  'export-person',
  'erase-words',
] as const;
export type StudyAct = (typeof STUDY_ACTS)[number];

const BY_ROLE: Readonly<Record<Role, readonly StudyAct[]>> = {
  owner: STUDY_ACTS,
  editor: [
    'see-study',
    'see-people',
    'manage-schools',
    'create-case',
    'change-case',
    'move-stage',
    'set-section-status',
    'agree-section',
    'assign-section',
    'export-case',
    'see-lost-words',
    'decide-suggestions',
    'keep-quotes',
    'find-fair',
    'see-sharing',
    'change-sharing',
  ],
  fieldworker: [
    'see-study',
    'see-people',
    'manage-schools',
    'create-case',
    'change-case',
    'set-section-status',
    'assign-section',
    'export-case',
    'see-lost-words',
    'decide-suggestions',
    'keep-quotes',
    'see-sharing',
  ],
  viewer: ['see-study', 'see-people', 'export-case'],
  contact: [],
};

/** @returns whether somebody with this role (null: not a member) may do it */
export function mayInStudy(role: Role | null, act: StudyAct): boolean {
  return role !== null && BY_ROLE[role].includes(act);
}
