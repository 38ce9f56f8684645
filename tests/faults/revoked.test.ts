import { afterAll, beforeAll, expect, test } from 'vitest';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import { newId } from '../support/team.ts';
import { addCase, aims, type FieldServer, startFieldServer } from './support/field-server.ts';
import { RoomsClient } from './support/rooms-client.ts';

/** Milliseconds from the lead's click to the last room's end, while others type. */
const CLOSED_WITHIN = 1_000;
const OTHER_CASES = 4;

let field: FieldServer;
beforeAll(async () => {
  field = await startFieldServer();
});
afterAll(() => field.server.close());

test(`[ACCESS-4] row 30: what is taken away is closed within ${CLOSED_WITHIN / 1_000} s, and nothing else is`, async () => {
  const { server, team, ann, ben, blockIds } = field;
  const others = (
    await Promise.all(Array.from({ length: OTHER_CASES }, (_, at) => addCase(team, `Other ${at}`)))
  ).flat();
  const page = await RoomsClient.connect(server, ann.token);
  const rooms = [...blockIds, ...others];
  for (const [at, blockId] of rooms.entries()) page.open(at + 1, blockId);
  await page.until(() => rooms.every((_, at) => page.isSynced(at + 1)));

  const writer = await RoomsClient.connect(server, ben.token);
  const text = writer.open(1, blockIds[0] as string);
  await writer.until(() => writer.isSynced(1));
  const typing = setInterval(() => aims(text).insert(0, 'on and on '), 5);
  const closed = () => page.controls.filter(({ t }) => t === 'closed').length;
  try {
    const from = performance.now();
    const steps = blockIds.map((blockId) => ({
      blockId,
      personId: ann.personId,
      from: null,
      to: 'none' as const,
    }));
    await team.calls.call(
      'POST /api/cases/:caseId/sharing',
      { id: newId(), steps },
      { caseId: team.case.id },
    );
    await page.until(() => closed() === blockIds.length);
    expect(performance.now() - from).toBeLessThan(CLOSED_WITHIN);
    // Anything that is sent from here on would have come before the answer to this.
    page.control({ t: 'open', channel: rooms.length + 1, room: 'block/nowhere', schema: SCHEMA_VERSION });
    await page.until(() => page.controls.some(({ t }) => t === 'denied'));
    expect(closed()).toBe(blockIds.length);

    const out = performance.now();
    await team.calls.call('DELETE /api/studies/:studyId/members/:personId', undefined, {
      studyId: team.studyId,
      personId: ann.personId,
    });
    await page.until(() => closed() === rooms.length);
    expect(performance.now() - out).toBeLessThan(CLOSED_WITHIN);
  } finally {
    clearInterval(typing);
    page.close();
    writer.close();
  }
});
