/** Rows of the block store's tables, believed only where their checksums hold. */
import { crc32 } from 'node:zlib';
import { type ClientRange, DamagedBlockError, type LogRow, type Snapshot } from '../../ports/block-store.ts';
import type { Changeset } from '../../ports/changeset.ts';

export interface StoredRow {
  seq: number;
  lineage: string;
  author_id: string | null;
  on_behalf_of: string | null;
  server_time: number;
  device_time: number | null;
  clients: string;
  bytes: Uint8Array;
  checksum: number;
}

export interface StoredSnapshot {
  lineage: string;
  seq: number;
  bytes: Uint8Array;
  checksum: number;
  survey: Uint8Array | null;
  survey_checksum: number | null;
}

export interface StoredChangeset {
  window_number: number;
  ordinal: number;
  lineage: string;
  author_id: string | null;
  on_behalf_of: string | null;
  first_seq: number;
  last_seq: number;
  from_time: number;
  to_time: number;
  row_count: number;
  clients: string;
  bytes: Uint8Array;
  checksum: number;
}

/** @throws DamagedBlockError */
export function believedRow(blockId: string, lineage: string, row: StoredRow, expectedSeq: number): LogRow {
  if (row.seq !== expectedSeq) {
    throw new DamagedBlockError(blockId, `row ${expectedSeq} is missing, row ${row.seq} stands in its place`);
  }
  if (row.lineage !== lineage) {
    throw new DamagedBlockError(blockId, `row ${row.seq} is of another lineage`);
  }
  if (crc32(row.bytes) !== row.checksum) {
    throw new DamagedBlockError(blockId, `the checksum of row ${row.seq} does not hold`);
  }
  return {
    blockId,
    seq: row.seq,
    lineage: row.lineage,
    authorId: row.author_id,
    onBehalfOf: row.on_behalf_of,
    serverTime: row.server_time,
    deviceTime: row.device_time,
    clients: readClients(blockId, `row ${row.seq}`, row.clients),
    bytes: new Uint8Array(row.bytes),
  };
}

/** @throws DamagedBlockError */
export function believedSnapshot(blockId: string, lineage: string, kept: StoredSnapshot): Snapshot {
  if (kept.lineage !== lineage) throw new DamagedBlockError(blockId, 'the snapshot is of another lineage');
  if (crc32(kept.bytes) !== kept.checksum) {
    throw new DamagedBlockError(blockId, 'the checksum of the snapshot does not hold');
  }
  const snapshot = { seq: kept.seq, bytes: new Uint8Array(kept.bytes) };
  if (!kept.survey) return snapshot;
  const survey = new Uint8Array(kept.survey);
  // It can be found anew, and so is no reason to keep the text from anybody.
  if (surveyChecksum(lineage, { ...snapshot, survey }, kept.checksum) !== kept.survey_checksum)
    return snapshot;
  return { ...snapshot, survey };
}

/**
 * Binds a survey to the snapshot that it is of.
 * @param checksum of the snapshot's bytes
 * @returns null for none
 */
export function surveyChecksum(lineage: string, { seq, survey }: Snapshot, checksum: number): number | null {
  return survey ? crc32(survey, crc32(JSON.stringify([lineage, seq]), checksum)) : null;
}

/** @throws DamagedBlockError */
export function believedChangeset(blockId: string, lineage: string, kept: StoredChangeset): Changeset {
  const name = `changeset ${kept.ordinal} of window ${kept.window_number}`;
  if (kept.lineage !== lineage) throw new DamagedBlockError(blockId, `${name} is of another lineage`);
  const changeset: Changeset = {
    blockId,
    lineage: kept.lineage,
    window: kept.window_number,
    ordinal: kept.ordinal,
    authorId: kept.author_id,
    onBehalfOf: kept.on_behalf_of,
    firstSeq: kept.first_seq,
    lastSeq: kept.last_seq,
    fromTime: kept.from_time,
    toTime: kept.to_time,
    rows: kept.row_count,
    clients: readClients(blockId, name, kept.clients),
    bytes: new Uint8Array(kept.bytes),
  };
  if (changesetChecksum(changeset) !== kept.checksum) {
    throw new DamagedBlockError(blockId, `the checksum of ${name} does not hold`);
  }
  return changeset;
}

/** The rows that it was made of are gone, so who and when are covered as well as the bytes. */
export function changesetChecksum({ bytes, clients, ...told }: Changeset): number {
  const { blockId, lineage, window, ordinal, authorId, onBehalfOf } = told;
  const { firstSeq, lastSeq, fromTime, toTime, rows } = told;
  const facts = [blockId, lineage, window, ordinal, authorId, onBehalfOf];
  const extent = [firstSeq, lastSeq, fromTime, toTime, rows, writtenClients(clients)];
  return crc32(bytes, crc32(JSON.stringify([...facts, ...extent])));
}

export function writtenClients(clients: readonly ClientRange[]): string {
  return JSON.stringify(clients.map((range) => [range.client, range.from, range.to]));
}

/** @throws DamagedBlockError */
export function readClients(blockId: string, name: string, written: string): readonly ClientRange[] {
  try {
    const ranges = JSON.parse(written) as [number, number, number][];
    return ranges.map(([client, from, to]) => ({ client, from, to }));
  } catch {
    throw new DamagedBlockError(blockId, `the clients of ${name} cannot be read`);
  }
}
