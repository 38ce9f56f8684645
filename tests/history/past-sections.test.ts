import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import { Compaction } from '../../server/collaboration/compaction.ts';
import { historyRoutes } from '../../server/history/history-routes.ts';
import { momentsOf } from '../../server/history/timeline.ts';
import { MOST_VERSIONS, Versions } from '../../server/history/versions.ts';
import { Refusal } from '../../server/http/refusal.ts';
import type { CaseVersion, HistoryMoment } from '../../shared/api/history.ts';
import { linesOf } from '../../shared/history/comparison.ts';
import { createWorld, paragraph, setUpStudy, type World } from '../studies/world.ts';

describe('the history of a section', () => {
  let world: World;
  let blockId: string;
  let caseId: string;
  let compaction: Compaction;
  let versions: Versions;

  beforeEach(async () => {
    world = await createWorld();
    const made = await setUpStudy(world, 'n');
    blockId = made.block('1');
    caseId = made.caseId;
    compaction = new Compaction(world.parts);
    versions = new Versions(world.parts, (id) => compaction.seal(id));
  });
  afterEach(async () => {
    await versions.stop();
    await compaction.stop();
    await world.close();
  });

  const ask = <K extends 'GET /api/blocks/:blockId/history' | 'GET /api/blocks/:blockId/history/:seq'>(
    key: K,
    params: Record<string, string>,
    personId = world.people.ada,
    query: object = {},
  ) => {
    const handler = historyRoutes(world.parts, versions)[key];
    if (!handler) throw new Error(`no handler for ${key}`);
    const by = { personId, credentialId: 'test', via: 'session' as const };
    return handler({ by, params: { blockId, ...params }, query, body: {} } as never);
  };
  const timeline = async (query: object = {}) =>
    (await ask('GET /api/blocks/:blockId/history', {}, world.people.ada, query)) as unknown as {
      moments: HistoryMoment[];
      more: boolean;
      people: { id: string; name: string }[];
      versions: CaseVersion[];
    };
  const past = async (seq: number, personId?: string) => {
    const reply = await ask('GET /api/blocks/:blockId/history/:seq', { seq: String(seq) }, personId);
    return {
      reply,
      lines: linesOf(reply.text).map(({ runs }) =>
        runs.map(({ text, marks }) => `${text}/${String(marks[0]?.attrs?.by ?? '')}`).join(' '),
      ),
    };
  };
  const refused = (work: Promise<unknown>) =>
    work.then(
      () => 'ok',
      (error) => (error instanceof Refusal ? error.code : Promise.reject(error)),
    );
  /** As a room keeps it: with the client that it was written by. */
  const write = async (who: 'ada' | 'cleo', change: (doc: Y.Doc) => void) => {
    const { blocks, clock } = world.parts;
    const block = await readBlock(blocks, blockId);
    if (!block) throw new Error('no such block');
    const before = Y.encodeStateVector(block.doc);
    block.doc.transact(() => change(block.doc));
    const client = block.doc.clientID;
    const to = Y.getState(block.doc.store, client);
    await blocks.append([
      {
        ...{ blockId, lineage: block.lineage, authorId: world.people[who], onBehalfOf: null },
        ...{ serverTime: clock.now(), deviceTime: null },
        clients: to > 0 ? [{ client, from: 0, to }] : [],
        bytes: Y.encodeStateAsUpdate(block.doc, before),
      },
    ]);
  };
  const later = (minutes: number) => world.parts.clock.advance(minutes * 60_000);

  it('[HISTORY-1] tells who wrote when and roughly how much, newest first, and each moment can be had', async () => {
    const { ada, cleo } = world.people;
    await write('cleo', paragraph('Cleo began.'));
    await write('ada', paragraph('Ada went on.'));
    later(45);
    await write('cleo', (doc) => doc.getXmlFragment('content').delete(1, 1));
    const { moments, people, more } = await timeline();
    expect(moments.map(({ seq, people: some }) => [seq, some.map(({ id }) => id)])).toEqual([
      [3, [cleo]],
      [2, [ada, cleo].sort((one, other) => amount(moments, other) - amount(moments, one))],
    ]);
    expect(more).toBe(false);
    expect(people.map(({ name }) => name).sort()).toEqual(['Ada Lead', 'Cleo Fieldworker']);
    expect((await past(2)).lines).toEqual([`Cleo began./${cleo}`, `Ada went on./${ada}`]);
    expect((await past(3)).lines).toEqual([`Cleo began./${cleo}`]);
    expect((await past(0)).lines).toEqual([]);
  });

  it('[HISTORY-1] is the same once its windows are closed', async () => {
    const { cleo } = world.people;
    await write('cleo', paragraph('First.'));
    later(45);
    await write('cleo', paragraph('Second.'));
    later(45);
    await compaction.seal(blockId);
    await write('ada', paragraph('Third.'));
    const { moments } = await timeline();
    expect(moments.map(({ seq }) => seq)).toEqual([3, 2, 1]);
    expect((await past(1)).lines).toEqual([`First./${cleo}`]);
    expect((await past(2)).lines).toEqual([`First./${cleo}`, `Second./${cleo}`]);
    const older = await timeline({ before: 2 });
    expect(older.moments.map(({ seq }) => seq)).toEqual([1]);
  });

  it('[HISTORY-1] keeps versions that are named, and those of stages, to be had again whatever follows', async () => {
    const { ada, cleo } = world.people;
    await write('cleo', paragraph('Before the visit.'));
    const version = { id: 'v1', kind: 'named', name: 'Before the visit', made_by: cleo, stage_at: null };
    await versions.keep(caseId, version);
    await versions.keep(caseId, version);
    expect(await refused(versions.keep(caseId, { ...version, name: 'Another' }))).toBe('conflict');
    later(1);
    await write('cleo', paragraph('After it.'));
    await world.call('PATCH /api/cases/:caseId', ada, { caseId }, { stage: 'editing' });
    await versions.stop();
    later(1);
    await write('ada', paragraph('Since.'));
    const { versions: kept } = await timeline();
    expect(kept.map(({ name, kind, by, seq }) => [name, kind, by, seq])).toEqual([
      ['editing', 'stage', ada, 2],
      ['Before the visit', 'named', cleo, 1],
    ]);
    expect((await past(1)).lines).toEqual([`Before the visit./${cleo}`]);
    expect((await past(2)).lines.length).toBe(2);
  });

  it('[HISTORY-1] keeps so many that are named and no more, and tells of each in the record', async () => {
    const { ada } = world.people;
    const named = (id: string) => ({ id, kind: 'named', name: id, made_by: ada, stage_at: null });
    const actor = { personId: ada, way: 'page', tokenId: null, from: '' } as const;
    await versions.keep(caseId, named('first'), actor);
    const told = world.parts.records.read
      .selectFrom('audit')
      .select('kind')
      .where('kind', '=', 'version-kept');
    expect(await told.execute()).toHaveLength(1);
    const rows = Array.from({ length: MOST_VERSIONS - 1 }, (_, at) => ({
      ...named(`v${at}`),
      ...{ case_id: caseId, made_at: at },
    }));
    await world.parts.records.read.insertInto('case_versions').values(rows).execute();
    expect(await refused(versions.keep(caseId, named('one too many'), actor))).toBe('conflict');
    expect(await refused(versions.keep(caseId, named('first'), actor)), 'it is there').toBe('ok');
  });

  it('[HISTORY-1] keeps a version of one case while another is under way', async () => {
    const { ada } = world.people;
    const other = await setUpStudy(world, 'o');
    const named = (id: string) => ({ id, kind: 'named', name: id, made_by: ada, stage_at: null });
    let goOn = () => {};
    const gate = new Promise<null>((resolve) => {
      goOn = () => resolve(null);
    });
    const slow = new Versions(world.parts, async (id) => (id === blockId ? gate : null));
    const waits = slow.keep(caseId, named('slow'));
    await slow.keep(other.caseId, named('quick'));
    goOn();
    await waits;
    await slow.stop();
  });

  it('[ACCESS-1] is for whoever of the team may read the section, and for nobody else', async () => {
    await write('cleo', paragraph('Read by some.'));
    const { dan, stranger, eve } = world.people;
    expect(await refused(past(1, dan))).toBe('ok');
    expect(await refused(past(1, stranger))).toBe('not-found');
    await world.joinAsContact(caseId, 'n-school', eve);
    expect(await refused(past(1, eve))).toBe('not-found');
    expect(await refused(ask('GET /api/blocks/:blockId/history', {}, eve))).toBe('not-found');
    await world.parts.records.read
      .insertInto('block_grants')
      .values({ block_id: blockId, person_id: dan, level: 'none', set_by: null, set_at: 0 })
      .execute();
    expect(await refused(past(1, dan))).toBe('not-found');
  });

  it('[INPUT-1] refuses moments that never were', async () => {
    await write('cleo', paragraph('Once.'));
    for (const seq of ['2', '999999999999', '-1', '1e3', 'x', '0x1']) {
      const answer = await refused(ask('GET /api/blocks/:blockId/history/:seq', { seq }));
      expect(['gone', 'not-found']).toContain(answer);
    }
  });

  it('[HISTORY-1] divides what is not folded yet where nobody wrote for a while', () => {
    const row = (seq: number, minute: number, personId: string | null = 'a') => ({
      ...{ seq, personId, written: 5, window: null },
      from: minute * 60_000,
      to: minute * 60_000,
    });
    const moments = momentsOf([row(1, 0), row(2, 5, 'b'), row(3, 20), row(4, 20, null), row(5, 12)]);
    expect(moments.map(({ seq, people }) => [seq, people.map(({ id, written }) => [id, written])])).toEqual([
      [
        2,
        [
          ['a', 5],
          ['b', 5],
        ],
      ],
      [
        5,
        [
          ['a', 10],
          [null, 5],
        ],
      ],
    ]);
    const long = Array.from({ length: 30 }, (_, at) => row(at + 1, at * 5));
    expect(momentsOf(long).length).toBe(3);
  });
});

function amount(moments: readonly HistoryMoment[], id: string): number {
  return moments.flatMap(({ people }) => people).find((one) => one.id === id)?.written ?? 0;
}
