import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeSyncStep1 } from 'y-protocols/sync';
import * as Y from 'yjs';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import { MANY_ROOMS_SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX } from '../../shared/protocol/control.ts';
import { readServerControl, writeControl, writeFrame } from '../../shared/protocol/frames.ts';
import { RawLine } from '../permissions/raw-line.ts';
import { type ComposedService, composeService } from '../support/composed.ts';
import { syncMessage } from '../support/wire.ts';
import { onSection, onWords } from './threads-on-trial.ts';

let service: ComposedService;
beforeAll(async () => {
  service = await composeService();
});
afterAll(() => service.close());

it('[REVIEW-4] [THREAD-1] the mark reaches the open room, and the socket of a school has nothing of the team', async () => {
  const lead = await service.person('Lena Lead');
  const { studyId, schoolId, case: theCase } = await service.study(lead);
  const calls = await service.program(lead);
  const blockId = theCase.blocks.find((block) => block.sectionId === '2.4')?.blockId ?? '';
  await service.writing.edit(blockId, lead, (doc) => {
    const paragraph = new Y.XmlElement('paragraph');
    doc.getXmlFragment(CONTENT).push([paragraph]);
    paragraph.push([new Y.XmlText('Every teacher is seen teaching twice a year.')]);
  });
  const critic = await service.person('Carl Critic');
  await service.join(studyId, critic, 'viewer');
  const eve = await service.person('Eve Contact');
  const { records } = service.parts;
  await service.join(studyId, eve, 'contact');
  const place = { case_id: theCase.id, user_id: eve, school_id: schoolId, since: 1 };
  await records.read.insertInto('case_contacts').values(place).execute();
  for (const person_id of [critic, eve]) {
    const row = { block_id: blockId, person_id, level: 'comment', set_by: lead, set_at: 1 };
    await records.read.insertInto('block_grants').values(row).execute();
  }
  const line = async (personId: string) => {
    const { token } = await service.program(personId);
    const protocols = [MANY_ROOMS_SUBPROTOCOL, `${TOKEN_SUBPROTOCOL_PREFIX}${token}`];
    return RawLine.open(`${service.url.replace('http', 'ws')}/collab`, protocols);
  };
  const at = { school: await line(eve), team: await line(critic) };
  const everywhere = [`threads/${theCase.id}`, `own-threads/${eve}`, `person/${eve}`, `case/${theCase.id}`];
  for (const topic of everywhere) at.school.say(writeControl({ t: 'follow', topic }));
  at.school.say(writeControl({ t: 'open', channel: 1, room: `block/${blockId}`, schema: SCHEMA_VERSION }));
  at.team.say(writeControl({ t: 'open', channel: 1, room: `block/${blockId}`, schema: SCHEMA_VERSION }));
  const empty = new Y.Doc();
  at.team.say(
    writeFrame(
      1,
      syncMessage((encoder) => writeSyncStep1(encoder, empty)),
    ),
  );
  const heard = (one: RawLine) => Buffer.concat(one.heard).toString('latin1');
  await at.school.until(() => heard(at.school).includes('denied'));
  await at.team.until(() => heard(at.team).includes('opened'));

  const act = async (personId: string, thread: string, what: object) =>
    (await service.program(personId)).call(
      'POST /api/blocks/:blockId/threads',
      { act: { id: `of-${thread}`, thread, ...what } } as never,
      { blockId },
    );
  await act(critic, 'secret-thread', onWords('secret-anchor', 'twice a year', 'team', 'secret words'));
  await at.team.until(() => heard(at.team).includes('secret-anchor'));
  await act(lead, 'shared-thread', onSection('school', 'What of this?'));
  await at.school.until(() => heard(at.school).includes('changed'));
  const changed = at.school.heard
    .map((frame) => readServerControl(frame.subarray(1)))
    .flatMap((told) => (told.t === 'changed' ? [told.topic] : []));
  expect(changed).toEqual([`own-threads/${eve}`]);
  for (const word of ['secret', critic, 'Critic']) expect(heard(at.school)).not.toContain(word);
  const own = await (await service.program(eve)).call('GET /api/contact/threads');
  expect(own.threads.map(({ id }) => id)).toEqual(['shared-thread']);
  expect(
    (await calls.call('GET /api/cases/:caseId/threads', undefined, { caseId: theCase.id })).threads,
  ).toHaveLength(2);
  at.school.close();
  at.team.close();
});
