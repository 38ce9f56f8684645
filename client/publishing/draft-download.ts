import type { Problem } from '../../shared/api/problem.ts';

export type DraftFormat = 'html' | 'docx';

/** Where the server makes a draft of a case. */
export function draftAddress(caseId: string, format: DraftFormat): string {
  return `/api/cases/${encodeURIComponent(caseId)}/export.${format}`;
}

/**
 * Fetches a draft and hands it to the browser as a download; so that a refusal is
 * words on this page, not a page of its own.
 * @returns what went wrong, in plain words; null when it is there
 */
export async function downloadDraft(caseId: string, format: DraftFormat): Promise<string | null> {
  let response: Response;
  try {
    response = await fetch(draftAddress(caseId, format), { credentials: 'same-origin' });
  } catch {
    return 'The draft could not be made: Casebook can’t be reached. Try again when you are connected.';
  }
  if (!response.ok) return refusalOf(response);
  let blob: Blob;
  try {
    blob = await response.blob();
  } catch {
    return 'The draft did not arrive whole. Try again.';
  }
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = nameInDisposition(response.headers.get('content-disposition')) || `Draft.${format}`;
  link.click();
  // The browser has taken the file by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 0);
  return null;
}

async function refusalOf(response: Response): Promise<string> {
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
    const problem = (await response.json()) as Problem;
    return `The draft could not be made. ${problem.detail}`;
  }
  return `The draft could not be made: the server answered ${response.status}.`;
}

/** @param header `Content-Disposition` as our server writes it; @returns the file's name, empty where it names none */
export function nameInDisposition(header: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return '';
  try {
    return decodeURIComponent(encoded);
  } catch {
    return '';
  }
}
