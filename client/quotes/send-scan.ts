import type { Problem } from '../../shared/api/problem.ts';
import type { KeptScan } from '../../shared/api/quote-scans.ts';
import { ProblemError, UnreachableError } from '../ui/request.ts';

/**
 * Sends the scan of an answer, before the answer itself.
 * @param id made here: the same call again has no second effect
 * @throws ProblemError, UnreachableError; whatever `signal` was aborted with
 */
export async function sendScan(
  { caseId, id }: { readonly caseId: string; readonly id: string },
  file: Blob,
  signal: AbortSignal,
): Promise<KeptScan> {
  let response: Response;
  try {
    response = await fetch(`/api/cases/${encodeURIComponent(caseId)}/scans/${encodeURIComponent(id)}`, {
      method: 'PUT',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
      signal,
    });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new UnreachableError('The server does not answer.', { cause });
  }
  if (response.ok) return (await response.json()) as KeptScan;
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
    throw new ProblemError((await response.json()) as Problem);
  }
  throw new UnreachableError(`The server answered ${response.status}.`);
}
