import express from 'express';
import { describeInterface } from '../../shared/api/openapi.ts';
import type { Parts } from '../parts.ts';

/** `GET /api/openapi.json`: the interface, for programs and for the page that tells of it; open to all. */
export function interfaceFiles(parts: Pick<Parts, 'settings'>): express.Router {
  const router = express.Router();
  // Made when it is first asked for: a start has better to do.
  let description: string | null = null;
  router.get('/api/openapi.json', (_request, response) => {
    description ??= JSON.stringify(describeInterface(parts.settings.publicUrl));
    response.set('Cache-Control', 'no-cache').type('application/json').send(description);
  });
  return router;
}
