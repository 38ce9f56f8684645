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
  'GET /api/quotes/:quoteId/certificate.html': {
    type: 'text/html',
    about: 'What was done with a quote, on one page with a code by which it can be checked.',
  },
  'GET /api/quotes/:quoteId/certificate.pdf': {
    type: 'application/pdf',
    about: 'The same as a tagged PDF.',
  },
  'GET /api/quotes/:quoteId/steps/:step/scan': {
    type: 'application/octet-stream',
    about: 'The scan of an answer on paper, by the number of its step in the record.',
  },
  'GET /api/studies/:studyId/audit.csv': {
    type: 'text/csv',
    about: 'The record of who did what, for a spreadsheet; with the filters of the record.',
  },
  'GET /api/account/export.json': {
    type: 'application/json',
    about: 'Everything that is held on oneself, for programs.',
  },
  'GET /api/account/export.html': {
    type: 'text/html',
    about: 'Everything that is held on oneself, to read.',
  },
  'GET /api/studies/:studyId/people/:personId/export.json': {
    type: 'application/json',
    about: 'Everything that a study holds on somebody, for programs.',
  },
  'GET /api/studies/:studyId/people/:personId/export.html': {
    type: 'text/html',
    about: 'Everything that a study holds on somebody, to read.',
  },
  'GET /api/studies/:studyId/speakers/:speakerId/export.json': {
    type: 'application/json',
    about: 'What a study holds on somebody whom it quotes, account or none, for programs.',
  },
  'GET /api/studies/:studyId/speakers/:speakerId/export.html': {
    type: 'text/html',
    about: 'What a study holds on somebody whom it quotes, account or none, to read.',
  },
  'GET /api/person-file/schema.json': {
    type: 'application/schema+json',
    about: 'What a file of everything held on one person is, as a JSON Schema.',
  },
  'GET /api/frameworks/schema.json': {
    type: 'application/schema+json',
    about: 'What a framework may be, as a JSON Schema.',
  },
  'GET /api/openapi.json': { type: 'application/json', about: 'This interface, as OpenAPI describes one.' },
} as const satisfies Readonly<Record<string, { readonly type: string; readonly about: string }>>;
export type FileRouteKey = keyof typeof FILE_ROUTES;
