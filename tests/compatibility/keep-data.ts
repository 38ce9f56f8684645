/**
 * Keeps the data of the present version for its successors to open:
 * `npx tsx tests/compatibility/keep-data.ts <version>`.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { prosemirrorJSONToYXmlFragment } from '@tiptap/y-tiptap';
import SqliteConnection from 'better-sqlite3';
import * as Y from 'yjs';
import type { RouteBody } from '../../shared/api/contract.ts';
import { anchorKey } from '../../shared/document/anchor-key.ts';
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
import { quoteKey } from '../../shared/document/quote-key.ts';
import { blockSchema } from '../../shared/document/schema.ts';
import { suggestionAttributes, suggestionKey } from '../../shared/document/suggestion-key.ts';
import { digitsOf, letterTo } from '../browser/shell/letters.ts';
import { joinTeam, LiveClient } from '../collaboration/live-client.ts';
import { RoomsClient } from '../faults/support/rooms-client.ts';
import { sheetOf } from '../protection/sheets-on-trial.ts';
import { Authenticator } from '../support/authenticator.ts';
import { startServer } from '../support/server.ts';
import { newId, plantTeam } from '../support/team.ts';
import { PageCalls } from '../support/web.ts';

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
        { type: 'reference', attrs: { kind: 'school', id: 'nobody-knows' } },
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

/** Half a day ago by the server's clock, so that windows of history are over by the time it is set right. */
const HALF_A_DAY = 12 * 60 * 60 * 1_000;
const CLOCK = pathToFileURL(join(import.meta.dirname, '../faults/support/moved-clock.mjs')).href;
const dataDir = await mkdtemp(join(tmpdir(), 'casebook-kept-'));
let server = await startServer({
  dataDir,
  env: { NODE_OPTIONS: `--import=${CLOCK}`, CLOCK_MOVED_BY: String(-HALF_A_DAY) },
});
const team = await plantTeam(server);
const inStudy = { studyId: team.studyId };
const inCase = { caseId: team.case.id };
const blockOf = (sectionId: string): string => {
  const block = team.case.blocks.find((each) => each.sectionId === sectionId);
  if (!block) throw new Error(`no section ${sectionId}`);
  return block.blockId;
};

async function write(token: string, sectionId: string, change: (client: LiveClient) => void): Promise<void> {
  const client = new LiveClient(server, blockOf(sectionId), token);
  await client.synced();
  change(client);
  // What a second reader has is on disk.
  const reader = new LiveClient(server, blockOf(sectionId), token);
  const stateOf = (doc: LiveClient['doc']) =>
    JSON.stringify([doc.getXmlFragment(CONTENT), doc.getMap(FIELDS), doc.getText('field/aims')]);
  const written = stateOf(client.doc);
  await reader.until((doc) => stateOf(doc) === written);
  reader.end();
  client.end();
}

/** A row of the log for every letter: none is typed before the last is on disk. */
async function type(token: string, words: string): Promise<void> {
  const client = await RoomsClient.connect(server, token);
  const aims = client.open(1, blockOf('2.4')).getText('field/aims');
  await client.until(() => client.isSynced(1));
  for (const letter of words) {
    aims.insert(aims.length, letter);
    await client.until(() => client.isSaved(1));
  }
  client.close();
}

const early = await team.token();
const ann = await joinTeam(server, team, 'Ann Abara', 'fieldworker');
await write(early, '2.4', ({ doc }) =>
  doc.transact(() => {
    prosemirrorJSONToYXmlFragment(blockSchema(), TEXT, doc.getXmlFragment(CONTENT));
    doc.getMap(FIELDS).set(promptKey('span'), 'answered');
  }),
);
await type(early, 'They meet on Tuesdays. '.repeat(5));
await type(ann.token, 'The deputy keeps the plan. '.repeat(5));
await write(early, '4-facts', ({ doc }) => {
  const fields = doc.getMap(FIELDS);
  const roll = { fieldId: 'roll' };
  fields.set(valueKey(roll), '318');
  fields.set(yearKey(roll), '2025/26');
  fields.set(sourceKey(roll), 'School census');
});
await write(early, 'profile', ({ doc }) => {
  doc.getMap(FIELDS).set(optionKey({ fieldId: 'career-stages' }, 'trainee'), true);
});
await write(early, '3', ({ doc }) =>
  doc.transact(() => {
    doc.getMap(FIELDS).set(rowKey('collaborators', 'row1'), 'a0');
    const row = { groupId: 'collaborators', rowId: 'row1' };
    doc.getText(textKey({ row, fieldId: 'role' })).insert(0, 'Deputy head');
  }),
);
await team.calls.call('PUT /api/blocks/:blockId/status', { status: 'ready' }, { blockId: blockOf('2.4') });
await server.stop();

server = await startServer({ dataDir });
/** The same browser at the server as it is now. */
const backIn = ({ cookies }: PageCalls): PageCalls => {
  const page = new PageCalls(server.url, server.url);
  for (const [name, value] of cookies) page.cookies.set(name, value);
  return page;
};
const calls = backIn(team.calls);
await type(ann.token, 'On Fridays they look back. '.repeat(3));

// What people at the school are told, in two versions, and who was shown which.
const sheet = (after: number, held: string) =>
  calls.call('POST /api/studies/:studyId/sheets', { id: newId(), after, parts: sheetOf(held) }, inStudy);
await sheet(0, 'Notes of our talks.');
const letIn = async (name: string) => {
  const contact = new PageCalls(server.url, server.url);
  const invited = await calls.call(
    'POST /api/studies/:studyId/invitations',
    {
      id: newId(),
      email: `${name.toLowerCase().replace(' ', '.')}@marlow-bridge.example`,
      name,
      role: 'contact',
      caseId: team.case.id,
      schoolId: team.schoolId,
    },
    inStudy,
  );
  const token = new URL(invited.link).hash.slice(1);
  const { person } = await contact.call('POST /api/links/redeem', { token, sheet: 1 });
  return { personId: person.id, contact };
};
const head = await letIn('Petra Lind');
const gone = await letIn('Orla Finch');
await sheet(1, 'Notes and pictures.');
await head.contact.call('POST /api/contact/sheets/shown', { studyId: team.studyId, version: 2 });

// Who may do what with which section: given, taken away, and left as it was.
const share = (steps: { sectionId: string; personId: string; to: 'read' | 'none' | null }[]) =>
  calls.call(
    'POST /api/cases/:caseId/sharing',
    {
      id: newId(),
      steps: steps.map(({ sectionId, ...step }) => ({ ...step, blockId: blockOf(sectionId), from: null })),
    },
    inCase,
  );
await share([
  { sectionId: '2.4', personId: head.personId, to: 'read' },
  { sectionId: '3', personId: ann.personId, to: 'none' },
]);
await share([{ sectionId: '2.4', personId: gone.personId, to: 'read' }]);
const former = { ...inStudy, personId: gone.personId };
await calls.call('DELETE /api/studies/:studyId/members/:personId', undefined, former);
await calls.call('PUT /api/studies/:studyId/former/:personId', { name: 'A former clerk' }, former);
// Somebody was refused.
await backIn(ann.calls).refused('GET /api/studies/:studyId/audit', undefined, inStudy);
await calls.call(
  'PATCH /api/cases/:caseId',
  { stage: 'visit', stageWhy: 'The head agreed by telephone.' },
  inCase,
);

await calls.call('POST /api/cases/:caseId/versions', { id: newId(), name: 'After the visit' }, inCase);

// What the school is asked for, by a day and a letter.
const school = { caseId: team.case.id, schoolId: team.schoolId };
const TWO_WEEKS = 14 * 24 * 60 * 60 * 1_000;
await calls.call(
  'POST /api/cases/:caseId/information',
  {
    ...{ id: newId(), schoolId: school.schoolId, personId: head.personId, note: 'Last year’s are fine.' },
    sections: [{ sectionId: '4-facts' }],
    dueOn: new Date(Date.now() + TWO_WEEKS).toISOString().slice(0, 10),
    letter: { subject: 'A few facts', text: 'Dear Petra Lind, please look here: [link]', anyHour: false },
  },
  inCase,
);

// Words of two people: confirmed and changed since, corrected and taken up, taken back, asked about and called off.
const speakerOf = async (name: string, role: string, email = '') => {
  const { id } = await calls.call(
    'POST /api/cases/:caseId/speakers',
    {
      ...{ id: newId(), schoolId: school.schoolId, name, role, email, age: 'sixteen-or-over' },
      address: email === '' ? 'none' : 'personal',
    },
    inCase,
  );
  return id;
};
const deputy = await speakerOf('Mona Reed', 'Deputy head');
const petra = await speakerOf('Petra Lind', 'Headteacher', 'petra.lind@marlow-bridge.example');
const findText = (node: Y.XmlFragment, words: string): Y.XmlText | null => {
  for (const child of node.toArray()) {
    const found =
      child instanceof Y.XmlText
        ? child.toString().includes(words) && child
        : child instanceof Y.XmlElement && findText(child, words);
    if (found) return found;
  }
  return null;
};
const capture = async (words: string, speakerId: string) => {
  const use = { quote: newId(), use: newId() };
  await write(ann.token, '2.4', ({ doc }) => {
    const fragment = doc.getXmlFragment(CONTENT);
    const said = new Y.XmlElement('paragraph');
    fragment.push([said]);
    said.push([new Y.XmlText(`“${words}”`)]);
    findText(fragment, words)?.format(1, words.length, { [quoteKey(use)]: use });
  });
  await calls.call(
    'POST /api/cases/:caseId/quotes',
    {
      ...{ id: use.quote, use: use.use, blockId: blockOf('2.4'), speakerIds: [speakerId] },
      ...{ how: 'interview', source: 'Notes, page 2', wording: words, checked: true },
    },
    inCase,
  );
  return use;
};
const evidence = { how: 'phone', note: 'A call after school' } as const;
const answer = async (
  { quote, use }: { quote: string; use: string },
  said: { kind: 'confirmed' } | { kind: 'correction-proposed'; wording: string },
  ask = newId(),
) => {
  const { quotes } = await calls.call('GET /api/cases/:caseId/quotes', undefined, inCase);
  const stands = quotes.find(({ id }) => id === quote)?.uses.find((one) => one.use === use);
  if (!stands) throw new Error('these words stand nowhere');
  const seen = { wording: stands.wording, context: stands.context };
  return calls.call(
    'POST /api/quotes/:quoteId/answers',
    { ask, use, speakerId: deputy, evidence, seen, ...said },
    { quoteId: quote },
  );
};
const changed = await capture('We look at one thing at a time', deputy);
await answer(changed, { kind: 'confirmed' });
await calls.call(
  'POST /api/quotes/:quoteId/consent',
  { speakerId: deputy, from: 'speaker', channels: ['print'], naming: 'role-only', evidence },
  { quoteId: changed.quote },
);
await write(ann.token, '2.4', ({ doc }) => {
  findText(doc.getXmlFragment(CONTENT), 'at a time')?.insert(9, 'only ');
});
const corrected = await capture('It was them who asked', deputy);
const asked = newId();
await answer(corrected, { kind: 'correction-proposed', wording: 'It was they who asked' }, asked);
await calls.call(
  'POST /api/quotes/:quoteId/asks/:askId/correction',
  { decided: 'accepted' },
  { quoteId: corrected.quote, askId: asked },
);
const takenBack = await capture('Nobody was told', deputy);
await answer(takenBack, { kind: 'confirmed' });
await calls.call(
  'POST /api/quotes/:quoteId/withdraw',
  { speakerId: deputy, from: 'speaker', evidence },
  { quoteId: takenBack.quote },
);
const calledOff = await capture('I only hold the door', petra);
const question = { id: newId(), quoteId: calledOff.quote, use: calledOff.use };
await calls.call(
  'POST /api/cases/:caseId/asks',
  { id: newId(), speakerId: petra, asks: [question], days: 14 },
  inCase,
);
await calls.call(
  'POST /api/quotes/:quoteId/asks/:askId/recall',
  {},
  {
    quoteId: calledOff.quote,
    askId: question.id,
  },
);

// What is said of the text and would be changed in it, whom it names, and what it was.
const anchor = newId();
await write(ann.token, '2.4', ({ doc }) => {
  const fragment = doc.getXmlFragment(CONTENT);
  findText(fragment, 'How it began')?.format(0, 3, { [anchorKey(anchor)]: { id: anchor } });
  const by = { id: newId(), author: ann.personId, at: Date.now() };
  const suggested = { ...by, name: 'insertion' } as const;
  const gone = { ...by, id: newId(), name: 'deletion', words: 'blue' } as const;
  const line = findText(fragment, 'is blue');
  line?.format('is '.length, 'blue'.length, { [suggestionKey(gone)]: suggestionAttributes(gone) });
  line?.insert('is blue'.length, ' green', { [suggestionKey(suggested)]: suggestionAttributes(suggested) });
  const named = new Y.XmlElement('paragraph');
  fragment.push([named]);
  const reference = new Y.XmlElement('reference');
  reference.setAttribute('kind', 'participant');
  reference.setAttribute('id', deputy);
  named.push([new Y.XmlText('It was told by '), reference, new Y.XmlText('.')]);
});
const inBlock = { blockId: blockOf('2.4') };
const thread = newId();
const act = (one: RouteBody<'POST /api/blocks/:blockId/threads'>['act']) =>
  calls.call('POST /api/blocks/:blockId/threads', { act: one }, inBlock);
const selected = { quote: 'How', prefix: '', suffix: ' it began' };
await act({
  ...{ id: newId(), thread, kind: 'opened', audience: 'school', words: 'How long ago was this?' },
  ...{ target: { on: 'range', anchor, selected }, mentions: [] },
});
await act({ id: newId(), thread, kind: 'replied', words: 'In spring.', mentions: [ann.personId] });
await act({ id: newId(), thread, kind: 'resolved' });
await act({
  ...{ id: newId(), thread: newId(), kind: 'opened', audience: 'team', words: 'To be checked.' },
  ...{ target: { on: 'section' }, mentions: [] },
});

// Members are asked for a passkey, which the lead has, and so have the tokens made from here on.
const email = team.lead.email;
await calls.call('POST /api/session/request', { email });
const code = digitsOf(await letterTo(dataDir, email));
await calls.call('POST /api/session/code', { email, code });
const device = new Authenticator(server.url.replace('127.0.0.1', 'localhost'));
const made = device.make(await calls.call('POST /api/passkeys/begin', {}));
await calls.call('POST /api/passkeys', { id: newId(), name: 'A laptop', made });
await calls.call('PUT /api/studies/:studyId/passkeys', { required: true }, inStudy);
const tokenOf = async (name: string, more: object = {}) =>
  (await calls.call('POST /api/tokens', { id: newId(), name, ...more })).token;
const token = await tokenOf('everything');
const readsOnly = await tokenOf('figures', { reach: 'reads', ...inStudy, days: 3_650 });

const text = await calls.call('GET /api/cases/:caseId/text', undefined, inCase);
const detail = await calls.call('GET /api/cases/:caseId', undefined, inCase);
const also: Record<string, unknown> = {};
const answerOf = async (path: string): Promise<unknown> => {
  const { status, body } = await calls.send('GET', path);
  if (status !== 200) throw new Error(`${path}: ${JSON.stringify(body)}`);
  return body;
};
for (const path of [
  `/api/cases/${team.case.id}/sharing`,
  `/api/cases/${team.case.id}/view-as/${head.personId}`,
  `/api/studies/${team.studyId}`,
  `/api/studies/${team.studyId}/sheets`,
  `/api/studies/${team.studyId}/held`,
  `/api/studies/${team.studyId}/audit`,
  `/api/cases/${team.case.id}/quotes`,
  `/api/quotes/${changed.quote}`,
  `/api/cases/${team.case.id}/threads`,
  `/api/blocks/${blockOf('2.4')}/history`,
]) {
  also[path] = await answerOf(path);
}
// What these say depends on the day.
for (const path of [`/api/cases/${team.case.id}/information`, `/api/studies/${team.studyId}/letters`]) {
  await answerOf(path);
  also[path] = {};
}
await server.stop();

const file = join(dataDir, 'casebook.db');
const database = new SqliteConnection(file);
const rowsOf = (table: string) => database.prepare(`select count(*) from ${table}`).pluck().get() as number;
for (const table of [
  'block_changesets',
  'block_log',
  'block_grants',
  'audit',
  'former_people',
  'passkey_studies',
  'letters',
  'information_requests',
  'quote_steps',
  'quote_words',
  'quote_asks',
  'thread_events',
  'case_versions',
]) {
  if (rowsOf(table) === 0) throw new Error(`nothing is kept in ${table}`);
}
// One file holds it all.
database.pragma('wal_checkpoint(truncate)');
database.close();

await mkdir(folder);
await writeFile(join(folder, 'casebook.db.gz'), gzipSync(await readFile(file), { level: 9 }));
const answers = { token, readsOnly, caseId: team.case.id, blockId: blockOf('2.4'), detail, text, also };
await writeFile(join(folder, 'answers.json'), `${JSON.stringify(answers, null, 2)}\n`);
await rm(dataDir, { recursive: true });
