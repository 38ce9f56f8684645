import type { StudyAct } from '../permissions/study-acts.ts';
import type { RouteKey } from './contract.ts';

/** Routes that answer with a file and not with JSON. */
export const FILE_ROUTES = {
  'GET /api/cases/:caseId/export.html': {
    type: 'text/html',
    about: 'A draft of the case, to read or print.',
  },
  'GET /api/cases/:caseId/export.docx': {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    about: 'A draft of the case, as a Word file.',
  },
  'GET /api/studies/:studyId/audit.csv': {
    type: 'text/csv',
    about: 'The record of who did what, for a spreadsheet; with the filters of the record.',
  },
  'GET /api/frameworks/schema.json': {
    type: 'application/schema+json',
    about: 'What a framework may be, as a JSON Schema.',
  },
  'GET /api/openapi.json': { type: 'application/json', about: 'This interface, as OpenAPI describes one.' },
} as const satisfies Readonly<Record<string, { readonly type: string; readonly about: string }>>;
export type FileRouteKey = keyof typeof FILE_ROUTES;

/**
 * Who may call a route: `anyone`; whoever is `signed-in`, for what is their own or
 * everybody's; whoever is signed in at a `page`, so that a token that leaked cannot
 * make itself at home; else what one has to be allowed to do in the study.
 */
export type RouteAccess = 'anyone' | 'signed-in' | 'page' | StudyAct;

/**
 * One rule for every route (ACCESS-1). Where a body decides what is needed, as of a
 * section's status, the least of it stands here, and the route asks for more.
 */
export const ROUTE_ACCESS: Readonly<Record<RouteKey | FileRouteKey, RouteAccess>> = {
  'GET /api/session': 'anyone',
  'POST /api/session/request': 'anyone',
  'POST /api/session/code': 'anyone',
  'DELETE /api/session': 'anyone',
  'PATCH /api/session/person': 'page',
  'POST /api/links/inspect': 'anyone',
  'POST /api/links/code': 'anyone',
  'POST /api/links/redeem': 'anyone',

  'GET /api/tokens': 'page',
  'POST /api/tokens': 'page',
  'DELETE /api/tokens/:tokenId': 'page',
  'GET /api/devices': 'page',
  'DELETE /api/devices/:deviceId': 'page',
  'DELETE /api/devices': 'page',

  'GET /api/frameworks': 'signed-in',
  'POST /api/frameworks': 'signed-in',
  'GET /api/frameworks/:frameworkId/:version': 'signed-in',
  'GET /api/frameworks/schema.json': 'anyone',
  'GET /api/openapi.json': 'anyone',

  'GET /api/studies': 'signed-in',
  'POST /api/studies': 'signed-in',
  'GET /api/studies/:studyId': 'see-study',
  'PATCH /api/studies/:studyId': 'change-study',
  'DELETE /api/studies/:studyId': 'delete-study',
  'GET /api/bin': 'signed-in',
  'GET /api/studies/:studyId/bin': 'restore-from-bin',
  'POST /api/bin/:kind/:itemId/restore': 'restore-from-bin',
  'POST /api/studies/:studyId/schools': 'manage-schools',
  'PATCH /api/schools/:schoolId': 'manage-schools',
  'DELETE /api/schools/:schoolId': 'manage-schools',
  'GET /api/studies/:studyId/invitations': 'manage-people',
  'POST /api/studies/:studyId/invitations': 'manage-people',
  'DELETE /api/invitations/:invitationId': 'manage-people',
  'PATCH /api/studies/:studyId/members/:personId': 'manage-people',
  'DELETE /api/studies/:studyId/members/:personId': 'manage-people',
  'GET /api/studies/:studyId/outbox': 'see-outbox',
  'GET /api/studies/:studyId/audit': 'see-audit',
  'GET /api/studies/:studyId/audit.csv': 'see-audit',

  'POST /api/studies/:studyId/cases': 'create-case',
  'GET /api/cases/:caseId': 'see-study',
  'PATCH /api/cases/:caseId': 'change-case',
  'DELETE /api/cases/:caseId': 'delete-case',
  // A school contact reads the text of what is theirs: each block is decided by itself.
  'GET /api/cases/:caseId/text': 'signed-in',
  'GET /api/cases/:caseId/framework': 'see-study',
  'GET /api/cases/:caseId/export.html': 'export-case',
  'GET /api/cases/:caseId/export.docx': 'export-case',
  'PUT /api/blocks/:blockId/status': 'set-section-status',
  'GET /api/cases/:caseId/lost-words': 'see-lost-words',
  'POST /api/lost-words/:lostId/settle': 'see-lost-words',
  'GET /api/contact': 'signed-in',
};
