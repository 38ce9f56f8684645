import type { RouteReply } from '../../shared/api/contract.ts';

/**
 * @param studyId of the study that a page stands for; absent where it does not know
 * @returns how many studies still ask for a passkey at this page, the one alone where it is known; none
 *   once a passkey was shown in this session
 */
export function asking(
  { passkeys, askedBy }: Pick<RouteReply<'GET /api/passkeys'>, 'passkeys' | 'askedBy'>,
  studyId: string | undefined,
): number {
  if (passkeys.some(({ current }) => current)) return 0;
  return askedBy.filter(({ id }) => studyId === undefined || id === studyId).length;
}
