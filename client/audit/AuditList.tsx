import type { AuditEntry } from '../../shared/api/audit.ts';
import type { RouteReply } from '../../shared/api/contract.ts';
import { AUDIT_GROUPS } from '../../shared/audit/audit-record.ts';
import { type AuditNames, auditSentence } from '../../shared/audit/audit-sentence.ts';
import { clockTimeOf, longDayOf } from '../ui/dates.ts';
import styles from './audit.module.css';

type Page = RouteReply<'GET /api/studies/:studyId/audit'>;

const REFUSALS: readonly string[] = AUDIT_GROUPS.refusals;

/** Records, newest first, under their days. */
export function AuditList({ pages }: { pages: readonly Page[] }) {
  const days = new Map<string, { entry: AuditEntry; names: AuditNames }[]>();
  for (const { entries, names } of pages) {
    for (const entry of entries) {
      const day = longDayOf(entry.at);
      days.set(day, [...(days.get(day) ?? []), { entry, names }]);
    }
  }
  return [...days].map(([day, told]) => (
    <section key={day} className={styles.day} aria-label={day}>
      <h2>{day}</h2>
      <ol className={styles.entries} reversed start={told[0]?.entry.seq}>
        {told.map(({ entry, names }) => (
          <Entry key={entry.seq} entry={entry} names={names} />
        ))}
      </ol>
    </section>
  ));
}

function Entry({ entry, names }: { entry: AuditEntry; names: AuditNames }) {
  return (
    <li className={REFUSALS.includes(entry.kind) ? styles.refusal : ''} value={entry.seq}>
      <time dateTime={new Date(entry.at).toISOString()}>{clockTimeOf(entry.at)}</time>
      <div>
        <p>{auditSentence(entry, names)}</p>
        <p className={styles.small}>{whereOf(entry, names)}</p>
      </div>
    </li>
  );
}

/** How it came, in words; a network says little to most, and something to whoever looks for somebody. */
function whereOf(entry: AuditEntry, names: AuditNames): string {
  const { from, way, tokenId } = entry;
  const network =
    from === ''
      ? ''
      : from.startsWith('127.') || from === '::1/128'
        ? 'From the machine that Casebook runs on'
        : `From the network ${from}`;
  const token = names[`token/${tokenId}`];
  const by =
    way === 'token'
      ? `by a program with ${token === undefined ? 'a token' : `the token “${token}”`}`
      : way === 'command-line'
        ? 'on the command line'
        : '';
  const told = [network, by].filter((part) => part !== '').join(', ');
  return told.charAt(0).toUpperCase() + told.slice(1);
}
