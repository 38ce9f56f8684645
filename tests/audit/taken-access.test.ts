import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { type RefusedInRoom, refusedRoom } from '../../server/audit/refused-rooms.ts';
import type { RouteReply } from '../../shared/api/contract.ts';
import { auditSentence } from '../../shared/audit/audit-sentence.ts';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import { writeSyncStep1 } from '../../shared/protocol/messages.ts';
import { setUpStudy } from '../studies/world.ts';
import { composeService } from '../support/composed.ts';
import type { PageCalls } from '../support/web.ts';
import { type AuditOnTrial, openAudit } from './audit-on-trial.ts';

type Reply = RouteReply<'GET /api/studies/:studyId/audit'>;
const asTold = ({ entries, names }: Reply) => entries.map((entry) => auditSentence(entry, names)).toSorted();

describe('an open page that asks again for what was taken away', () => {
  let trial: AuditOnTrial;
  let study: Awaited<ReturnType<typeof setUpStudy>>;
  beforeEach(async () => {
    trial = await openAudit();
    study = await setUpStudy(trial.world, 'one');
  });
  afterEach(() => trial.close());

  async function refusals(): Promise<string[]> {
    await trial.written();
    const path = `/api/studies/${study.studyId}/audit?about=refusals`;
    return asTold((await trial.as(trial.world.people.ada).send('GET', path)).body as Reply);
  }

  const remove = (personId: string) =>
    trial.as(trial.world.people.ada).call('DELETE /api/studies/:studyId/members/:personId', undefined, {
      studyId: study.studyId,
      personId,
    });

  const reads = (personId: string) =>
    trial.as(personId).refused('GET /api/cases/:caseId', undefined, { caseId: study.caseId });

  it('[AUDIT-2] whoever was removed is not called refused for a minute of reading, and is after it', async () => {
    const { dan } = trial.world.people;
    await remove(dan);
    await reads(dan);
    trial.world.parts.clock.advance(59_999);
    await reads(dan);
    expect(await refusals()).toEqual([]);
    trial.world.parts.clock.advance(1);
    await reads(dan);
    expect(await refusals()).toEqual([
      'Dan Viewer was refused, without being part of this study: reading a case study of “Case one”.',
    ]);
  });

  it('[AUDIT-2] writing, downloads and other people are recorded at once', async () => {
    const { dan, stranger } = trial.world.people;
    const { caseId } = study;
    await remove(dan);
    await trial.as(dan).refused('PATCH /api/cases/:caseId', { title: 'Mine' }, { caseId });
    await trial.as(dan).send('GET', `/api/cases/${caseId}/export.html`);
    await reads(stranger);
    const told = await refusals();
    expect(told).toHaveLength(3);
    expect(told.filter((sentence) => sentence.startsWith('Dan'))).toEqual([
      'Dan Viewer was refused, without being part of this study: changing a case study of “Case one”.',
      'Dan Viewer was refused, without being part of this study: downloading a draft of “Case one”.',
    ]);
  });

  it('[AUDIT-2] only a lesser role explains reading, and what was tried before it stays counted', async () => {
    const { ada, dan, ben } = trial.world.people;
    const { studyId } = study;
    const become = (personId: string, role: 'editor' | 'viewer') =>
      trial.as(ada).call('PATCH /api/studies/:studyId/members/:personId', { role }, { studyId, personId });
    const readsRecord = (personId: string) =>
      trial.as(personId).refused('GET /api/studies/:studyId/audit', undefined, { studyId });
    await become(dan, 'editor');
    for (let at = 0; at < 3; at += 1) await readsRecord(dan);
    await trial.written({ flush: false });
    trial.world.parts.clock.advance(1);
    await become(dan, 'viewer');
    await become(ben, 'viewer');
    await readsRecord(ben);
    expect(await refusals()).toEqual([
      'Dan Viewer was refused: reading this record, 2 times.',
      'Dan Viewer was refused: reading this record.',
    ]);
  });

  it('[AUDIT-2] a section that was taken away may be asked for again; another one, or writing in it, may not', async () => {
    const { ada, cleo } = trial.world.people;
    const { parts } = trial.world;
    const steps = [{ blockId: study.block('2.4'), personId: cleo, from: null, to: 'none' as const }];
    await trial.as(ada).call('POST /api/cases/:caseId/sharing', { id: 'n', steps }, { caseId: study.caseId });
    const tries = (section: string, act: RefusedInRoom['act']) => {
      const by = { personId: cleo, way: 'page', tokenId: null, from: '' } as const;
      const place = { kind: 'block', id: study.block(section) } as const;
      const refused = { place, by, act, access: 'none' };
      parts.refusals.note(refusedRoom(parts, refused));
    };
    tries('2.4', 'join');
    expect(await refusals()).toEqual([]);
    tries('2.4', 'write');
    tries('2.5', 'join');
    parts.clock.advance(60_000);
    tries('2.4', 'join');
    const told = await refusals();
    expect(told.map((sentence) => sentence.replace(/ “2\.(\d)[^”]*”/, ' 2.$1'))).toEqual([
      'Cleo Fieldworker was refused: opening 2.4 of “Case one”.',
      'Cleo Fieldworker was refused: opening 2.5 of “Case one”.',
      'Cleo Fieldworker was refused: writing in 2.4 of “Case one” that they may not write in.',
    ]);
  });
});

it('[AUDIT-2] [ACCESS-4] a room that has just closed to somebody may be asked for again', async () => {
  const service = await composeService();
  try {
    const lead = await service.person('Lena Lead');
    const { studyId, case: made } = await service.study(lead);
    const [ria, stranger] = [await service.person('Ria Reader'), await service.person('Stig Stranger')];
    await service.join(studyId, ria, 'viewer');
    const blockId = made.blocks[0]?.blockId as string;
    const open = (page: PageCalls) => {
      const cookie = [...page.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const protocols = ['y-websocket', `casebook.schema.${SCHEMA_VERSION}`];
      const url = `${service.url.replace('http', 'ws')}/collab/block/${blockId}`;
      const origin = service.parts.settings.publicUrl;
      const socket = new WebSocket(url, protocols, { headers: { cookie, origin } });
      socket.once('open', () => socket.send(writeSyncStep1(Y.encodeStateVector(new Y.Doc()))));
      const answered = new Promise((resolve) => socket.once('message', resolve));
      const closed = new Promise((resolve) =>
        socket.once('close', (_code, reason) => resolve(String(reason))),
      );
      return { answered, closed };
    };
    const page = await service.signedIn(ria);
    const held = open(page);
    await held.answered;
    const calls = await service.signedIn(lead);
    const { records, bus } = service.parts;
    await records.read.deleteFrom('members').where('user_id', '=', ria).execute();
    bus.publish({ t: 'access-changed', personId: ria, caseId: null });
    expect(await held.closed).toBe('access-changed');
    expect(await open(page).closed).toBe('not-found');
    await open(await service.signedIn(stranger)).closed;
    await service.parts.refusals.settled();
    const path = `/api/studies/${studyId}/audit?about=refusals`;
    expect(asTold((await calls.send('GET', path)).body as Reply)).toEqual([
      'Stig Stranger was refused, without being part of this study: opening “Profile” of “A case”.',
    ]);
  } finally {
    await service.close();
  }
});
