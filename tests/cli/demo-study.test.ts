import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPerson } from '../../server/accounts/people.ts';
import { checkBlocks } from '../../server/cli/check.ts';
import { type Calls, callsOf } from '../../server/cli/demo/calls.ts';
import { type DemoPeople, fillDemoStudy } from '../../server/cli/demo/content.ts';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import { compose, type Service } from '../../server/compose.ts';
import { silentLog } from '../../server/log.ts';
import { readSettings } from '../../server/settings.ts';
import type { CaseDetail } from '../../shared/api/cases.ts';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { fieldValues, readText } from '../../shared/document/reading.ts';
import { plainText } from '../../shared/document/words.ts';

let folder: string;
let service: Service;
let people: DemoPeople;
let study: StudyDetail;
let larkfield: CaseDetail;
let lead: Calls;
let app: RequestListener = () => {};
const server = createServer((request, response) => app(request, response));

async function person(name: string, isHost = false) {
  const email = `${name.toLowerCase()}@demo.example`;
  return createPerson(service.parts.records.read, service.parts, { name, email, isHost });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casebook-demo-test-'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  service = await compose(readSettings({ PORT: String(port), DATA_DIR: folder }), silentLog(), null);
  app = service.app;
  people = {
    owner: await person('Lead', true),
    fieldworkers: [await person('Ada'), await person('Bo')],
    editor: await person('Edda'),
    contact: await person('Cy'),
  };
  await fillDemoStudy(service.parts, service.writing, people);
  lead = await callsOf(service.parts, people.owner.id);
  const { studies } = await lead.call('GET /api/studies', {});
  study = await lead.call('GET /api/studies/:studyId', { params: { studyId: studies[0]?.id as string } });
  larkfield = await lead.call('GET /api/cases/:caseId', { params: { caseId: caseAt('drafting').id } });
}, 60_000);

afterAll(async () => {
  await service?.stop();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

function caseAt(stage: string) {
  const found = study.caseList.find((candidate) => candidate.stage === stage);
  if (!found) throw new Error(`no case is ${stage}`);
  return found;
}

function blockOf(detail: CaseDetail, sectionId: string) {
  const block = detail.blocks.find((candidate) => candidate.sectionId === sectionId);
  if (!block) throw new Error(`no block for ${sectionId}`);
  return block;
}

describe('the study of the demo, on a real server', () => {
  it('stands there with its six cases and five people', () => {
    expect(study.title).toBe('Coaching in practice, 2026');
    expect(study.caseList).toHaveLength(6);
    expect(study.members.map(({ role }) => role).sort()).toEqual(
      ['contact', 'editor', 'fieldworker', 'fieldworker', 'owner'].sort(),
    );
    expect(study.schools).toHaveLength(11);
    expect(study.dueOn).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('runs from nearly nothing to all agreed', () => {
    const share = (stage: string) => caseAt(stage).done / caseAt(stage).total;
    expect(share('approved')).toBe(1);
    expect(share('drafting')).toBeGreaterThan(0.2);
    expect(share('scoping')).toBe(0);
    expect(caseAt('scoping').started).toBe(2);
    expect(caseAt('drafting').words).toBeGreaterThan(5_000);
    expect(caseAt('editing').authority).toBe(true);
    expect(caseAt('with-school').schoolIds).toHaveLength(4);
  });

  it('shows every state that a section can be in', () => {
    const states = new Set(larkfield.blocks.map(({ status }) => status));
    expect([...states].sort()).toEqual(['agreed', 'drafting', 'empty', 'ready']);
    expect(larkfield.blocks.filter(({ agreementStale }) => agreementStale)).toHaveLength(1);
    expect(blockOf(larkfield, '2.2').agreementStale).toBe(true);
    expect(blockOf(larkfield, '13').notApplicable).toContain('filmed');
    expect(larkfield.blocks.some(({ dueOn }) => dueOn !== null)).toBe(true);
    expect(larkfield.assigneeIds.length).toBeGreaterThan(2);
    expect(larkfield.toAsk).toBeGreaterThan(5);
  });

  it('puts words that lost their place into the tray of one section', async () => {
    const { lostWords } = await lead.call('GET /api/cases/:caseId/lost-words', {
      params: { caseId: larkfield.id },
    });
    expect(lostWords).toHaveLength(2);
    const { blockId } = blockOf(larkfield, '2.3');
    const block = await readBlock(service.parts.blocks, blockId);
    const text = block ? plainText(readText(block.doc)) : '';
    for (const hidden of lostWords) {
      expect(hidden.blockId).toBe(blockId);
      expect(hidden.authorId).not.toBe(hidden.causedById);
      // the place is still there, and the words are not
      expect(text).toContain(hidden.before);
      expect(text).not.toContain(hidden.words.trim());
    }
  });

  it('asks the contact about their own school alone', async () => {
    const contact = await callsOf(service.parts, people.contact.id);
    const { cases } = await contact.call('GET /api/contact', {});
    expect(cases.map(({ schoolName }) => schoolName)).toEqual(['Larkfield Primary']);
    expect(cases[0]?.blocks.map(({ section }) => section.id)).toEqual(['4-facts', '12']);
    await contact.end();
  });

  it('[SAVE-1] has every turn in the log, by whoever wrote it', async () => {
    // its stage closed a window of each section's history
    const authorsOf = async (blockId: string) => {
      const past = await service.parts.blocks.historyOf(blockId);
      return [...(past?.changesets ?? []), ...(past?.rows ?? [])].map(({ authorId }) => authorId);
    };
    const all = await Promise.all(larkfield.blocks.map(({ blockId }) => authorsOf(blockId)));
    expect(new Set(all.flat())).toEqual(
      new Set([...people.fieldworkers.map(({ id }) => id), people.editor.id, people.contact.id]),
    );
    expect(new Set(await authorsOf(blockOf(larkfield, '2.5').blockId)).size).toBe(3);
  });

  it('leaves a folder without faults', async () => {
    const { faults, blocks } = await checkBlocks(service.parts.blocks);
    expect(faults).toEqual([]);
    expect(blocks).toBeGreaterThan(130);
  });

  it('holds the figures of a school with their year and source', async () => {
    const block = await readBlock(service.parts.blocks, blockOf(larkfield, '4-facts').blockId);
    expect(block && fieldValues(block.doc)).toMatchObject({
      'value/roll': '318',
      'year/roll': '2025/26',
      'source/roll': 'School census, autumn',
    });
  });
});
