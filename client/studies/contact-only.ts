import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import type { RouteReply } from '../../shared/api/contract.ts';
import { clearOtherStudies, forgetDevice } from '../sync/device-cache.ts';
import { isKept } from '../ui/kept-replies.ts';
import { useRoute } from '../ui/query.ts';
import { rememberPerson, useSession } from '../ui/session.tsx';

/**
 * The studies that one is in; kept on the device of a member of a team alone. Of
 * others, nothing is kept any more (DEVICE-1).
 */
export function useStudies() {
  const { person } = useSession();
  const list = useRoute(
    'GET /api/studies',
    {},
    { keep: (reply) => reply.studies.some((study) => study.myRole !== 'contact') },
  );
  const fresh = list.data && !isKept(list.data) ? list.data.studies.map(({ id }) => id).join(' ') : null;
  useEffect(() => {
    if (fresh !== null) void clearOtherStudies(person.id, fresh === '' ? [] : fresh.split(' '));
  }, [fresh, person.id]);
  return list;
}

/** @returns whether this person is or was asked as a school contact, and is nothing else; null while that is unknown */
export function useContactOnly(list: RouteReply<'GET /api/studies'> | undefined): boolean | null {
  const none = list !== undefined && !list.mayCreate && list.studies.every((one) => one.myRole === 'contact');
  const asked = useRoute('GET /api/contact', {}, { enabled: none });
  if (!list) return null;
  if (!none) return false;
  return asked.data ? asked.data.isContact : asked.error ? false : null;
}

/**
 * @returns goes to the page of a school contact; what the team's pages began to keep
 *   goes from the device, for a contact's keeps nothing (DEVICE-1)
 */
export function useWayToContact(): () => void {
  const { person } = useSession();
  const navigate = useNavigate();
  return useCallback(() => {
    rememberPerson(null);
    void navigate({ to: '/contact', replace: true }).then(() => forgetDevice(person.id));
  }, [navigate, person.id]);
}
