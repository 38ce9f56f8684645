import type { LetterDesk } from '../../server/letters/letter-desk.ts';
import type { Mail } from '../../server/ports/mailer.ts';
import type { RouteBody, RouteReply } from '../../shared/api/contract.ts';
import { createWorld, setUpStudy, type World } from '../studies/world.ts';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

type Invited = RouteReply<'POST /api/studies/:studyId/invitations'>;

/** A study of Ada's where mail goes out, with letters to Derek of its one school; it is Tuesday, 9:00. */
export interface LettersOnTrial {
  readonly world: World;
  readonly studyId: string;
  readonly caseId: string;
  readonly schoolId: string;
  invite(body?: Partial<RouteBody<'POST /api/studies/:studyId/invitations'>>): Promise<Invited>;
  /** Sends the invitation again. */
  again(id: string, invitationId?: string): ReturnType<World['outcome']>;
  callBack(letterId: string): ReturnType<World['outcome']>;
  /** Moves the clock on, and waits until what fell due is handed over. */
  advance(ms: number): Promise<void>;
  invitation(id?: string): Promise<Invited['invitation']>;
  /** The records of letters, oldest first, without who made them. */
  told(): Promise<readonly string[]>;
  readonly mails: readonly Mail[];
}

export async function openLetters(settings: { smtpUrl?: string | null } = {}): Promise<LettersOnTrial> {
  const world = await createWorld({ smtpUrl: 'smtp://mail.example', ...settings });
  const { studyId, caseId, schoolId } = await setUpStudy(world, 'one');
  const { ada } = world.people;
  const list = 'GET /api/studies/:studyId/invitations';
  return {
    world,
    studyId,
    caseId,
    schoolId,
    invite: (body = {}) =>
      world.call(
        'POST /api/studies/:studyId/invitations',
        ada,
        { studyId },
        {
          id: 'inv-1',
          email: 'derek@school.example',
          name: 'Derek Onslow',
          role: 'contact',
          caseId,
          schoolId,
          letter: { subject: 'About your school', text: 'Hello Derek,\n\n[link]\n\nAda' },
          ...body,
        },
      ),
    again: (id, invitationId = 'inv-1') =>
      world.outcome(
        'POST /api/invitations/:invitationId/letters',
        ada,
        { invitationId },
        {
          id,
          subject: 'Once more',
          text: 'Hello again\n[link]',
        },
      ),
    callBack: (letterId) => world.outcome('POST /api/letters/:letterId/call-back', ada, { letterId }),
    advance: (ms) => advanceDesk(world, world.letters, ms),
    async invitation(id = 'inv-1') {
      const { invitations } = await world.call(list, ada, { studyId });
      const found = invitations.find((one) => one.id === id);
      if (!found) throw new Error(`no invitation ${id}`);
      return found;
    },
    async told() {
      const { entries } = await world.call('GET /api/studies/:studyId/audit', ada, { studyId });
      return entries
        .filter(({ kind }) => kind.startsWith('letter-') || kind.startsWith('invit'))
        .map(({ kind, way }) => (way === 'server' ? `${kind} by the server` : kind))
        .reverse();
    },
    get mails() {
      return world.parts.mailer.sent.filter(({ kind }) => kind !== 'sign-in');
    },
  };
}

/** Moves the clock on in steps of the desk's own, so that each look finds what fell due until then. */
export async function advanceDesk(
  world: World,
  desk: Pick<LetterDesk, 'settled'>,
  ms: number,
): Promise<void> {
  for (let left = ms; left > 0; left -= MINUTE) {
    world.parts.clock.advance(Math.min(left, MINUTE));
    await desk.settled();
  }
}

/** @returns the token of the link that stands in a mail */
export function tokenIn(mail: Mail | undefined): string {
  const token = /\/enter#([A-Za-z0-9_-]{43})\n/.exec(mail?.text ?? '')?.[1];
  if (!token) throw new Error('no link in this mail');
  return token;
}
