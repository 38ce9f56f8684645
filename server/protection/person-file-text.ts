import { setImmediate } from 'node:timers/promises';
import { escapeHtml } from '../../shared/document/html.ts';
import {
  PERSON_FILE_FORMAT,
  PERSON_FILE_PART_IDS,
  PERSON_FILE_PARTS,
  type PersonFileHead,
  type PersonFilePart,
} from '../../shared/protection/person-file.ts';
import { OWN_FILE_WORDS, PERSON_FILE_WORDS } from '../../shared/protection/person-file-words.ts';
import { type Cell, cellWords, columnWords, leftToPrograms } from './person-file-cells.ts';
import type { PersonReach } from './person-reach.ts';
import { PERSON_ROWS } from './person-rows.ts';

type Row = Readonly<Record<string, Cell>>;

const ROWS_PER_TURN = 200;

/** @returns the rows of one part, however it is read; each as its schema has it, and nothing beside */
async function* rowsOf(part: PersonFilePart, reach: PersonReach): AsyncGenerator<Row> {
  const shape = PERSON_FILE_PARTS[part];
  let rows = 0;
  for await (const row of await PERSON_ROWS[part](reach)) {
    yield shape.parse(row) as Row;
    rows += 1;
    // Others have their turn, however fast the reader takes what it is given.
    if (rows % ROWS_PER_TURN === 0) await setImmediate();
  }
}

/** The file for programs, a bit at a time: one row on each line. */
export async function* personJson(head: PersonFileHead, reach: PersonReach): AsyncGenerator<string> {
  yield `{\n"format": ${JSON.stringify(PERSON_FILE_FORMAT)},\n`;
  yield `"about": ${JSON.stringify(head.about)},\n"account": ${JSON.stringify(head.account)}`;
  yield* partsJson(PERSON_FILE_PART_IDS, reach);
}

async function* partsJson(parts: readonly PersonFilePart[], reach: PersonReach): AsyncGenerator<string> {
  for (const part of parts) {
    yield `,\n"${part}": [`;
    let before = '\n';
    for await (const row of rowsOf(part, reach)) {
      yield `${before}${JSON.stringify(row)}`;
      before = ',\n';
    }
    yield before === '\n' ? ']' : '\n]';
  }
  yield '\n}\n';
}

/** What is held on somebody as whom a study quotes. */
const SPEAKER_FILE_PARTS = [
  'speakers',
  'quotes',
  'quoteSteps',
  'invitations',
  'letters',
  'writtenLetters',
] as const satisfies readonly PersonFilePart[];

export interface SpeakerFileHead {
  readonly about: PersonFileHead['about'];
  readonly name: string;
}

/** As `personJson`, of somebody whom a study quotes: they may have no account. */
export async function* speakerJson({ about }: SpeakerFileHead, reach: PersonReach): AsyncGenerator<string> {
  yield `{\n"format": "casebook.speaker.1",\n"about": ${JSON.stringify(about)}`;
  yield* partsJson(SPEAKER_FILE_PARTS, reach);
}

/** As `personHtml`, of somebody whom a study quotes. */
export async function* speakerHtml(head: SpeakerFileHead, reach: PersonReach): AsyncGenerator<string> {
  const { about, name } = head;
  const wordsOf = (part: PersonFilePart) => PERSON_FILE_WORDS[part];
  yield pageHead(name);
  yield `<p>Everything that the study “${escapeHtml(about.study ?? '')}” in Casebook holds on them as somebody whom it quotes, at ${escapeHtml(about.service)}, as of ${time(about.madeAt)}. Times are UTC. Other people stand in it without their names.</p>
<nav aria-label="What this page tells">
<ul>
${contents(SPEAKER_FILE_PARTS, wordsOf)}
</ul>
</nav>
`;
  yield* partsHtml(SPEAKER_FILE_PARTS, wordsOf, reach);
}

/** The same to be read: one page without any script, fetching nothing (INPUT-2). */
export async function* personHtml(head: PersonFileHead, reach: PersonReach): AsyncGenerator<string> {
  const { about, account } = head;
  const own = about.reach === 'own';
  const wordsOf = (part: PersonFilePart) => (own && OWN_FILE_WORDS[part]) || PERSON_FILE_WORDS[part];
  const where = own ? 'Casebook' : `the study “${escapeHtml(about.study ?? '')}” in Casebook`;
  yield pageHead(account.name);
  yield `<p>Everything that ${where} holds on ${own ? 'you' : 'them'} at ${escapeHtml(about.service)}, as of ${time(about.madeAt)}. Times are UTC. Other people stand in it without their names. The words that ${own ? 'you' : 'they'} wrote in sections stand there, woven together with those of others; here is where and when.</p>
<nav aria-label="What this page tells">
<ul>
<li><a href="#account">Account</a></li>
${contents(PERSON_FILE_PART_IDS, wordsOf)}
</ul>
</nav>
<h2 id="account">Account</h2>
<dl>${pairs({
    Name: account.name,
    'E-mail address': account.email,
    Telephone: account.telephone,
    [own ? 'Address shown to be yours' : 'Address shown to be theirs']: account.addressProven
      ? 'yes'
      : 'not yet',
    'Colour of the badge': account.colour,
    'May make studies': account.makesStudies ? 'yes' : 'no',
    'Known since': account.since,
    'Last changed': account.changedAt,
  })}</dl>
`;
  yield* partsHtml(PERSON_FILE_PART_IDS, wordsOf, reach);
}

type WordsOf = (part: PersonFilePart) => { readonly title: string; readonly about: string };

function pageHead(name: string): string {
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>What is held on ${escapeHtml(name)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>What is held on ${escapeHtml(name)}</h1>
`;
}

function contents(parts: readonly PersonFilePart[], wordsOf: WordsOf): string {
  return parts.map((part) => `<li><a href="#${part}">${escapeHtml(wordsOf(part).title)}</a></li>`).join('\n');
}

async function* partsHtml(
  parts: readonly PersonFilePart[],
  wordsOf: WordsOf,
  reach: PersonReach,
): AsyncGenerator<string> {
  for (const part of parts) {
    const { title, about: note } = wordsOf(part);
    yield `<h2 id="${part}">${escapeHtml(title)}</h2>\n<p class="note">${escapeHtml(note)}</p>\n`;
    let rows = 0;
    for await (const row of rowsOf(part, reach)) {
      const read = Object.entries(row).filter(([column]) => !leftToPrograms(part, column));
      if (rows === 0)
        yield tableHead(
          title,
          read.map(([column]) => column),
        );
      rows += 1;
      yield `<tr>${read.map(([column, value]) => cell(column, cellWords(part, column, value))).join('')}</tr>\n`;
    }
    yield rows === 0 ? '<p>Nothing.</p>\n' : '</tbody></table></div>\n';
  }
  yield '</main>\n</body>\n</html>\n';
}

function tableHead(title: string, columns: readonly string[]): string {
  const heads = columns.map((column) => `<th scope="col">${escapeHtml(columnWords(column))}</th>`).join('');
  return `<div class="table" role="region" aria-label="${escapeHtml(title)}" tabindex="0"><table><thead><tr>${heads}</tr></thead><tbody>\n`;
}

/** Its heading stands in it as well: on a phone the cells of a row stand below each other. */
function cell(column: string, value: Cell): string {
  const words = column === 'said' || column === 'words' ? ' class="words"' : '';
  return `<td${words} data-label="${escapeHtml(columnWords(column))}">${shown(value)}</td>`;
}

function pairs(values: Row): string {
  return Object.entries(values)
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${shown(value)}</dd>`)
    .join('');
}

function shown(value: Row[string] | undefined): string {
  if (value === null || value === undefined || value === '') return '–';
  const text = String(value);
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) ? time(text) : escapeHtml(text);
}

function time(iso: string): string {
  return `<time datetime="${escapeHtml(iso)}">${escapeHtml(iso.slice(0, 16).replace('T', ' '))}</time>`;
}

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #211f1b; background: #fbfaf7; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font: 600 1.75rem/1.25 Georgia, serif; overflow-wrap: anywhere; }
h2 { margin: 2.25rem 0 0.25rem; font: 600 1.125rem/1.4 Georgia, serif; }
nav ul { margin: 1.5rem 0 0; padding: 0; columns: 15rem; list-style: none; }
nav li { break-inside: avoid; }
nav a { display: inline-block; padding: 0.25rem 0; }
a { color: #1d5b57; text-underline-offset: 0.2em; }
.note { margin: 0 0 0.5rem; color: #5f594f; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }
dt { color: #5f594f; }
dd { margin: 0; overflow-wrap: anywhere; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.8125rem; }
th, td { padding: 0.375rem 0.75rem 0.375rem 0; border-top: 1px solid #e5e0d5; text-align: left; vertical-align: top; }
th { color: #5f594f; font-weight: 500; white-space: nowrap; }
td { min-width: 7rem; max-width: 24rem; overflow-wrap: break-word; }
td.words { min-width: 16rem; max-width: 30rem; }
time { white-space: nowrap; }
@media screen and (max-width: 60rem) {
thead { display: none; }
table, tbody, tr, td, td.words { display: block; min-width: 0; max-width: none; overflow-wrap: anywhere; }
tr { padding: 0.5rem 0; border-top: 1px solid #e5e0d5; }
td { padding: 0.125rem 0; border: 0; }
td::before { content: attr(data-label) ": "; color: #5f594f; }
}
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 0.5rem; } }
@media (prefers-color-scheme: dark) {
body { color: #ece8df; background: #171613; }
a { color: #86c7c1; }
.note, dt, th, td::before { color: #b0a99c; }
th, td, tr { border-color: #35322b; }
}
@media print { nav { display: none; } body { background: none; } .table { overflow: visible; } }
`;
