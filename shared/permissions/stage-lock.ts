import { STAGE_NAMES, type Stage } from './access.ts';

/**
 * Why nothing can be changed, in one or two sentences: `Approved by Helen Voss on 3 May:
 * “Read by both schools.” Nothing in it can be changed.`
 * @param lock.on the day, as it is to be read
 */
export function lockWords(lock: {
  readonly stage: Stage;
  readonly by: string | null;
  readonly on: string | null;
  readonly why: string;
}): string {
  const by = lock.by === null ? '' : ` by ${lock.by}`;
  const on = lock.on === null ? '' : ` on ${lock.on}`;
  const why = lock.why === '' ? '.' : `: “${lock.why}”${/[.!?…]$/.test(lock.why) ? '' : '.'}`;
  const said = by === '' && on === '' ? `This case is ${STAGE_NAMES[lock.stage].toLowerCase()}` : '';
  return `${said || `${STAGE_NAMES[lock.stage]}${by}${on}`}${why} Nothing in it can be changed.`;
}
