import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { findMisshapen } from '../../shared/document/shape.ts';
import { cell, element, paragraph, putDeep, row, words } from '../document/foreign.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { plantTeam, type Team } from '../support/team.ts';
import { joinTeam, LiveClient, type Member } from './live-client.ts';
import { Paper } from './paper.ts';

describe('raw Yjs by a stock client, on a real server', () => {
  let server: RunningServer;
  let team: Team;
  let ann: Member;
  let ben: Member;
  const open = new Set<LiveClient>();

  beforeAll(async () => {
    server = await startServer();
    team = await plantTeam(server);
    ann = await joinTeam(server, team, 'Ann Abara', 'fieldworker');
    ben = await joinTeam(server, team, 'Ben Bewley', 'editor');
  });
  afterEach(() => {
    for (const client of open) client.end();
    open.clear();
  });
  afterAll(() => server.close());

  const live = async (blockId: string, member: Member) => {
    const client = new LiveClient(server, blockId, member.token);
    open.add(client);
    await client.synced();
    return client;
  };
  const block = (at: number) => team.case.blocks[at]?.blockId as string;
  const content = (client: LiveClient) => client.doc.getXmlFragment('content');
  const mended = (doc: Y.Doc) => findMisshapen(doc).length === 0;
  const tray = async (blockId: string) => {
    const { lostWords } = await team.calls.call('GET /api/cases/:caseId/lost-words', undefined, {
      caseId: team.case.id,
    });
    return lostWords.filter((lost) => lost.blockId === blockId);
  };
  const html = async (blockId: string) => {
    const { blocks } = await team.calls.call('GET /api/cases/:caseId/text', undefined, {
      caseId: team.case.id,
    });
    return blocks.find((one) => one.blockId === blockId)?.html;
  };

  test('[SAVE-5] what no editor can hold is taken out for everybody, and the words in it come to the tray', async () => {
    const honest = await live(block(0), ann);
    const paper = new Paper(honest.doc);
    paper.write('Pairs plan a lesson together');
    const hostile = await live(block(0), ben);
    await hostile.until((doc) => new Paper(doc).text.includes('together'));
    content(hostile).insert(0, [element('video', [paragraph('said in a film')]), words('lone')]);
    await honest.until((doc) => doc.getXmlFragment('content').toString().includes('film'));
    await Promise.all([honest.until(mended), hostile.until(mended)]);
    expect(paper.text).toContain('Pairs plan a lesson together');
    expect(content(honest).toString()).toBe(content(hostile).toString());
    expect(await html(block(0))).toBe('<p>Pairs plan a lesson together</p>');
    expect(
      (await tray(block(0))).map(({ words: said, authorId, cause }) => [said, authorId, cause]).sort(),
    ).toEqual([
      ['lone', ben.personId, 'not-held'],
      ['said in a film', ben.personId, 'not-held'],
    ]);
  });

  test('[INPUT-1] all of it at once, with those who write in it going on', async () => {
    const honest = await live(block(1), ann);
    const paper = new Paper(honest.doc);
    paper.write('Here is a line');
    const hostile = await live(block(1), ben);
    await hostile.until((doc) => new Paper(doc).text.includes('line'));
    hostile.doc.transact(() => {
      putDeep(content(hostile), 120, () => 'blockquote', 'deep down');
      content(hostile).insert(0, [
        element('table', [row(cell('wide', { colspan: 1e9, rowspan: 1e9 })), row(cell('a'), cell('b'))]),
        element('paragraph', [words('run me', { link: { href: 'javascript:alert(1)' }, blink: {} })]),
      ]);
      hostile.doc.getMap('fields').set('value/x', { no: 'text' });
      hostile.doc.getText('field/aims').insert(0, 'plain', { bold: true });
    });
    paper.write('and another');
    await honest.until((doc) => doc.getText('field/aims').length > 0 && mended(doc));
    expect(paper.text).toContain('and another');
    const drawn = await html(block(1));
    expect(drawn).toContain('<p>run me</p>');
    expect(drawn).toContain('<p>wide</p>');
    expect(drawn).not.toMatch(/javascript|colspan="1000/);
    expect(honest.doc.getText('field/aims').toDelta()).toEqual([{ insert: 'plain' }]);
    expect((await tray(block(1))).map((lost) => lost.words).sort()).toEqual(['deep down']);
  });

  test('[SAVE-4] a server that ended before it looked looks when the block is opened again', async () => {
    const hostile = await live(block(2), ben);
    content(hostile).insert(0, [element('video', 'said at the end')]);
    const reader = await live(block(2), ann);
    await reader.until((doc) => doc.getXmlFragment('content').toString().includes('said at the end'));
    await server.kill9();
    for (const client of open) client.end();
    open.clear();
    await server.restart();
    const later = await live(block(2), ann);
    await later.until(mended);
    expect((await tray(block(2))).map((lost) => lost.words)).toEqual(['said at the end']);
  });
});
