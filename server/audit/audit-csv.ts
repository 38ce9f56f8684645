import type { AuditChoice, AuditEntry } from '../../shared/api/audit.ts';
import { canonicalDetail, studyOfChain } from '../../shared/audit/audit-record.ts';
import { type AuditNames, auditPerson, auditSentence } from '../../shared/audit/audit-sentence.ts';
import { CSV_START, csvLine } from '../../shared/publishing/csv.ts';
import type { Records } from '../ports/record-store.ts';
import { namesOf } from './audit-names.ts';
import { readAudit } from './audit-reading.ts';

/** Records read at once: what waits in memory, and how long others wait for the database. */
const AT_ONCE = 500;

/** As people read it, and then all that a seal is made of: names change, and two people may have one. */
const HEAD = [
  ...['Number', 'Time (UTC)', 'Who', 'What', 'Case', 'Token', 'Kind', 'By way of', 'From'],
  ...['Person id', 'Token id', 'Case id', 'Object', 'Object id', 'Detail', 'Record', 'Seal'],
];

/**
 * The records of a chain as a table, newest first, a part at a time. An empty id
 * or object stands for none; an apostrophe stands before a sign that would begin
 * a formula.
 */
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
    yield entries.map((entry) => line(chain, entry, names)).join('');
    if (entries.length < AT_ONCE) return;
    next = (entries.at(-1) as AuditEntry).seq;
  }
}

function line(chain: string, entry: AuditEntry, names: AuditNames): string {
  return csvLine([
    entry.seq,
    new Date(entry.at).toISOString(),
    auditPerson(entry, names),
    auditSentence(entry, names),
    names[`case/${entry.caseId}`] ?? '',
    names[`token/${entry.tokenId}`] ?? '',
    entry.kind,
    entry.way,
    entry.from,
    entry.personId ?? '',
    entry.tokenId ?? '',
    entry.caseId ?? '',
    entry.object?.kind ?? '',
    entry.object?.id ?? '',
    canonicalDetail(entry.detail),
    chain,
    entry.hash,
  ]);
}
