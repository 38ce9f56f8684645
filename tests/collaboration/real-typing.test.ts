import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { SqliteBlockStore } from '../../server/adapters/sqlite/block-store.ts';
import { openDataFolder } from '../../server/adapters/sqlite/data-folder.ts';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { plantTeam, type Team } from '../support/team.ts';
import { inOneLine, loadTrace, type TypedStep, typeStep } from '../support/traces.ts';
import { HeldLine } from './held-line.ts';
import { joinTeam, LiveClient, type Member } from './live-client.ts';

/** The running text of the one paragraph that is typed in. */
function paragraph(doc: Y.Doc): Y.XmlText {
  const element = doc.getXmlFragment('content').get(0);
  return (element as Y.XmlElement).get(0) as Y.XmlText;
}

function textOf(doc: Y.Doc): string {
  const element = doc.getXmlFragment('content').get(0);
  return element instanceof Y.XmlElement ? String((element.get(0) as Y.XmlText).toString()) : '';
}

/** What was typed within a second, the delay of the recording: steps of one agent in a row, none of which the other has to hear before the rest. */
function inBursts(steps: readonly TypedStep[]): TypedStep[][] {
  const done = [0, 0];
  const heardAt = [new Set<number>(), new Set<number>()];
  for (const step of steps) heardAt[1 - step.agent]?.add(step.heard);
  const bursts: TypedStep[][] = [];
  for (const step of steps) {
    const burst = bursts.at(-1);
    const last = burst?.at(-1);
    const count = done[step.agent] as number;
    const waitedFor = heardAt[step.agent]?.has(count) ?? false;
    if (burst && last?.agent === step.agent && last.heard === step.heard && !waitedFor) burst.push(step);
    else bursts.push([step]);
    done[step.agent] = count + 1;
  }
  return bursts;
}

describe('real typing of two people at once', () => {
  let server: RunningServer;
  let team: Team;
  let people: Member[];

  beforeAll(async () => {
    server = await startServer();
    team = await plantTeam(server);
    people = [
      await joinTeam(server, team, 'Seph Sellars', 'fieldworker'),
      await joinTeam(server, team, 'Joan Jarrow', 'fieldworker'),
    ];
  });
  afterAll(() => server.close());

  const onDisk = async (blockId: string) => {
    const database = openDataFolder(server.dataDir);
    const read = await readBlock(new SqliteBlockStore(database), blockId);
    await database.close();
    return read ? textOf(read.doc) : null;
  };

  test('[SAVE-4] with its delays ends as it ended: with both, on disk, and after a restart', async () => {
    const blockId = team.case.blocks[0]?.blockId as string;
    const trace = loadTrace('friendsforever');
    const { steps: expected } = inOneLine(trace, trace.steps.length);
    const lines = [new HeldLine(), new HeldLine()];
    const clients = people.map(({ token }, agent) => {
      const doc = new Y.Doc();
      // Where both typed at one place, the first one's words came first: in Yjs those of the lower id.
      doc.clientID = agent + 1;
      const line = lines[agent] as HeldLine;
      line.follow(doc);
      return new LiveClient(server, blockId, token, { doc, socket: line.socket });
    });
    await Promise.all(clients.map((client) => client.synced()));
    const [first, second] = clients as [LiveClient, LiveClient];
    const begin = new Y.XmlElement('paragraph');
    begin.insert(0, [new Y.XmlText()]);
    first.doc.getXmlFragment('content').insert(0, [begin]);
    await lines[1]?.until((doc) => doc.getXmlFragment('content').length === 1);
    lines[1]?.deliver(1);

    // For each agent: up to which edit of the other's line a count of steps reaches.
    const reach = [[lines[0]?.count ?? 0], [lines[1]?.count ?? 0]];
    const typed = [0, 0];
    let at = 0;
    for (const burst of inBursts(trace.steps)) {
      const { agent, heard } = burst[0] as TypedStep;
      const other = 1 - agent;
      lines[agent]?.deliver(reach[agent]?.[heard] as number);
      const sender = (clients[agent] as LiveClient).doc;
      sender.transact(() => {
        for (const step of burst) typeStep(paragraph(sender), step.patches);
      });
      at += burst.length;
      const state = Y.getState(sender.store, sender.clientID);
      const { length } = expected[at - 1] as (typeof expected)[number];
      const line = lines[other] as HeldLine;
      await line.until(
        (doc) => Y.getState(doc.store, sender.clientID) === state && paragraph(doc).length === length,
      );
      typed[agent] = (typed[agent] as number) + burst.length;
      (reach[other] as number[])[typed[agent] as number] = line.count;
    }
    for (const line of lines) line.deliver(line.count);
    expect(textOf(first.doc)).toBe(trace.endContent);
    expect(textOf(second.doc)).toBe(trace.endContent);
    expect(await onDisk(blockId)).toBe(trace.endContent);
    for (const client of clients) client.end();
    await server.stop();
    await server.restart();
    expect(await onDisk(blockId)).toBe(trace.endContent);
    const later = new LiveClient(server, blockId, (people[0] as Member).token);
    await later.synced();
    expect(textOf(later.doc)).toBe(trace.endContent);
    later.end();
  }, 180_000);
});
