import type { AuditChoice, AuditEntry } from '../../shared/api/contract.ts';
import { studyOfChain } from '../../shared/audit/audit-record.ts';
import { type AuditNames, auditPerson, auditSentence } from '../../shared/audit/audit-sentence.ts';
import { CSV_START, csvLine } from '../../shared/publishing/csv.ts';
import type { Records } from '../ports/record-store.ts';
import { namesOf } from './audit-names.ts';
import { readAudit } from './audit-reading.ts';

/** Records read at once: what waits in memory, and how long others wait for the database. */
const AT_ONCE = 500;

const HEAD = ['Number', 'Time (UTC)', 'Who', 'What', 'Kind', 'By way of', 'From', 'Case', 'About', 'Hash'];

/** The records of a chain as a table, newest first, a part at a time. */
export async function* auditCsv(
  records: Records,
  chain: string,
  choice: AuditChoice,
  before: number,
): AsyncGenerator<string> {
  yield `${CSV_START}${csvLine(HEAD)}`;
  let next = before;
  for (;;) {
    const entries = await readAudit(records, { chain, choice, before: next, limit: AT_ONCE });
    if (entries.length === 0) return;
    const names = await namesOf(records, entries, studyOfChain(chain));
    yield entries.map((entry) => line(entry, names)).join('');
    if (entries.length < AT_ONCE) return;
    next = (entries.at(-1) as AuditEntry).seq;
  }
}

function line(entry: AuditEntry, names: AuditNames): string {
  return csvLine([
    entry.seq,
    new Date(entry.at).toISOString(),
    auditPerson(entry, names),
    auditSentence(entry, names),
    entry.kind,
    entry.tokenId === null ? entry.way : `token ${names[`token/${entry.tokenId}`] ?? entry.tokenId}`,
    entry.from,
    entry.caseId === null ? '' : (names[`case/${entry.caseId}`] ?? entry.caseId),
    entry.object ? `${entry.object.kind} ${entry.object.id}` : '',
    entry.hash,
  ]);
}
