import type { Problem } from '../../shared/api/problem.ts';
import { draftAddress } from './draft-download.ts';

/** A draft as the server wrote it, taken apart to stand in a page of ours. */
export interface DraftPage {
  readonly title: string;
  readonly style: string;
  readonly body: HTMLElement;
}

/**
 * Fetches the draft that is also exported, so that paper and file are the same.
 * @throws Error with words for people, when there is none
 */
export async function fetchDraftPage(caseId: string, signal: AbortSignal): Promise<DraftPage> {
  const response = await fetch(draftAddress(caseId, 'html'), { credentials: 'same-origin', signal }).catch(
    (cause: unknown) => {
      if (signal.aborted) throw cause;
      throw new Error(
        'The draft could not be made: Casebook can’t be reached. Try again when you are connected.',
      );
    },
  );
  if (!response.ok) {
    const problem = response.headers.get('content-type')?.startsWith('application/problem+json')
      ? ((await response.json()) as Problem).detail
      : `The server answered ${response.status}.`;
    throw new Error(`The draft could not be made. ${problem}`);
  }
  return readDraftPage(await response.text());
}

/** Takes a written draft apart. What DOMParser reads is inert; only our writer's own tags are in it. */
export function readDraftPage(html: string): DraftPage {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const style = [...page.querySelectorAll('style')].map((element) => element.textContent).join('\n');
  for (const element of page.querySelectorAll('script, style, link, iframe, object, embed')) element.remove();
  return { title: page.title, style, body: page.body };
}
