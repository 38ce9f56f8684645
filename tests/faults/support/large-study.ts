import { join } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import { studyChain } from '../../../shared/audit/audit-record.ts';

export interface LargeStudy {
  readonly studyId: string;
  readonly cases: number;
  readonly blocksPerCase: number;
  readonly logRowsPerBlock: number;
  readonly auditEntries: number;
}

/**
 * Fills a study that is there, beside a service that runs: every other edit and entry of the
 * record is the person's, and each section has something of theirs. The record's seals are
 * not real ones: it is for reading, not for checking.
 */
export function fillStudy(dataDir: string, personId: string, study: LargeStudy): void {
  const { studyId, cases, blocksPerCase, logRowsPerBlock, auditEntries } = study;
  const db = new SqliteConnection(join(dataDir, 'casebook.db'));
  db.pragma('synchronous = off');
  db.pragma('foreign_keys = off');
  const into = (table: string, columns: string) =>
    db.prepare(
      `insert into ${table} (${columns}) values (${columns
        .split(',')
        .map(() => '?')
        .join(',')})`,
    );
  const addCase = into(
    'cases',
    'id,study_id,title,subtitle,stage,stage_by,stage_at,authority,created_at,created_by,changed_at',
  );
  const addBlock = into('blocks', 'id,case_id,section_id,school_id');
  const addGrant = into('block_grants', 'block_id,person_id,level,set_by,set_at');
  const addStatus = into('section_status', 'block_id,status,set_by,set_at,assignee_id');
  const addLost = into('lost_words', 'id,block_id,words,before_text,after_text,author_id,cause,at');
  const addRow = into('block_log', 'block_id,seq,lineage,author_id,server_time,clients,bytes,checksum');
  const addEntry = into(
    'audit',
    'chain,seq,at,kind,person_id,way,from_block,case_id,object_kind,object_id,detail,hash',
  );
  const bytes = Buffer.alloc(40);
  const fill = db.transaction(() => {
    let time = 1_700_000_000_000;
    for (let c = 0; c < cases; c += 1) {
      addCase.run(`large-${c}`, studyId, `Case ${c}`, '', 'visit', personId, time, 0, time, personId, time);
      for (let b = 0; b < blocksPerCase; b += 1) {
        const id = `large-${c}-${b}`;
        addBlock.run(id, `large-${c}`, '2.4', null);
        addGrant.run(id, personId, 'read', personId, time);
        addStatus.run(id, 'ready', personId, time, personId);
        addLost.run(
          `lost-${id}`,
          id,
          'Words that were hidden. '.repeat(8),
          '',
          '',
          personId,
          'removed',
          time,
        );
        for (let seq = 1; seq <= logRowsPerBlock; seq += 1) {
          time += 60_000;
          addRow.run(id, seq, 'l', seq % 2 === 0 ? personId : 'x', time, '[]', bytes, 0);
        }
      }
    }
    const chain = studyChain(studyId);
    const { last } = db
      .prepare('select coalesce(max(seq), 0) as last from audit where chain = ?')
      .get(chain) as { last: number };
    for (let at = 1; at <= auditEntries; at += 1) {
      const by = at % 2 === 0 ? personId : 'x';
      const caseId = `large-${at % cases}`;
      addEntry.run(
        chain,
        last + at,
        time + at,
        'section-status',
        by,
        'page',
        '10.0.0.0/24',
        caseId,
        'block',
        `${caseId}-${at % blocksPerCase}`,
        '{"from":"drafting","to":"ready"}',
        '0',
      );
    }
  });
  fill();
  db.close();
}
