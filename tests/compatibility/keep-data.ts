/**
 * Keeps the data of the present version for its successors to open:
 * `npx tsx tests/compatibility/keep-data.ts <version>`.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { prosemirrorJSONToYXmlFragment } from '@tiptap/y-tiptap';
import {
  CONTENT,
  FIELDS,
  optionKey,
  promptKey,
  rowKey,
  sourceKey,
  textKey,
  valueKey,
  yearKey,
} from '../../shared/document/block-parts.ts';
import { blockSchema } from '../../shared/document/schema.ts';
import { LiveClient } from '../collaboration/live-client.ts';
import { startServer } from '../support/server.ts';
import { plantTeam } from '../support/team.ts';

const version = process.argv[2];
if (!version || !/^[\w.-]+$/.test(version)) throw new Error('say which version');
const folder = join(import.meta.dirname, version);
if (existsSync(folder)) throw new Error('this version is kept already, and never again');

/** Every node, mark and list that a text may hold. */
const TEXT = {
  type: 'doc',
  content: [
    { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'How it began' }] },
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'Two of them ' },
        { type: 'text', text: 'asked', marks: [{ type: 'bold' }] },
        { type: 'text', text: ', and ' },
        { type: 'text', text: 'the head', marks: [{ type: 'italic' }] },
        { type: 'text', text: ' said yes. ' },
        {
          type: 'text',
          text: 'Their card',
          marks: [{ type: 'link', attrs: { href: 'https://example.org/card' } }],
        },
        { type: 'hardBreak' },
        { type: 'text', text: 'is blue 🙂.' },
      ],
    },
    list('bulletList', 'listItem'),
    list('orderedList', 'listItem'),
    {
      type: 'taskList',
      content: [{ type: 'taskItem', attrs: { checked: true }, content: [paragraph('Ask the deputy')] }],
    },
    { type: 'blockquote', content: [paragraph('I send for her.')] },
    { type: 'horizontalRule' },
    {
      type: 'table',
      content: [
        { type: 'tableRow', content: [{ type: 'tableHeader', content: [paragraph('Week')] }] },
        { type: 'tableRow', content: [{ type: 'tableCell', content: [paragraph('One')] }] },
      ],
    },
  ],
};

function paragraph(text: string) {
  return { type: 'paragraph', content: [{ type: 'text', text }] };
}

function list(type: string, item: string) {
  return { type, content: [{ type: item, content: [paragraph('A card')] }] };
}

const server = await startServer();
const team = await plantTeam(server);
const token = await team.token();
const blockOf = (sectionId: string): string => {
  const block = team.case.blocks.find((each) => each.sectionId === sectionId);
  if (!block) throw new Error(`no section ${sectionId}`);
  return block.blockId;
};

async function write(sectionId: string, change: (client: LiveClient) => void): Promise<void> {
  const client = new LiveClient(server, blockOf(sectionId), token);
  await client.synced();
  client.doc.transact(() => change(client));
  // What a second reader has is on disk.
  const reader = new LiveClient(server, blockOf(sectionId), token);
  const written = JSON.stringify([client.doc.getXmlFragment(CONTENT), client.doc.getMap(FIELDS)]);
  await reader.until((doc) => JSON.stringify([doc.getXmlFragment(CONTENT), doc.getMap(FIELDS)]) === written);
  reader.end();
  client.end();
}

await write('2.4', ({ doc }) => {
  prosemirrorJSONToYXmlFragment(blockSchema(), TEXT, doc.getXmlFragment(CONTENT));
  doc.getMap(FIELDS).set(promptKey('span'), 'answered');
});
await write('4-facts', ({ doc }) => {
  const fields = doc.getMap(FIELDS);
  const roll = { fieldId: 'roll' };
  fields.set(valueKey(roll), '318');
  fields.set(yearKey(roll), '2025/26');
  fields.set(sourceKey(roll), 'School census');
});
await write('profile', ({ doc }) => {
  doc.getMap(FIELDS).set(optionKey({ fieldId: 'career-stages' }, 'trainee'), true);
});
await write('3', ({ doc }) => {
  doc.getMap(FIELDS).set(rowKey('collaborators', 'row1'), 'a0');
  const row = { groupId: 'collaborators', rowId: 'row1' };
  doc.getText(textKey({ row, fieldId: 'role' })).insert(0, 'Deputy head');
});
const params = { caseId: team.case.id };
await team.calls.call('PUT /api/blocks/:blockId/status', { status: 'ready' }, { blockId: blockOf('2.4') });
const text = await team.calls.call('GET /api/cases/:caseId/text', undefined, params);
const detail = await team.calls.call('GET /api/cases/:caseId', undefined, params);
await server.stop();

await mkdir(folder);
await writeFile(
  join(folder, 'casebook.db.gz'),
  gzipSync(await readFile(join(server.dataDir, 'casebook.db')), { level: 9 }),
);
await writeFile(
  join(folder, 'answers.json'),
  `${JSON.stringify({ token, caseId: team.case.id, detail, text }, null, 2)}\n`,
);
await server.close();
