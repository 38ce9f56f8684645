import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetSpeaker } from '../../server/protection/quote-rows.ts';
import { checkScans } from '../../server/quotes/scan-check.ts';
import { ScanKeeping } from '../../server/quotes/scan-keeping.ts';
import { forgetScans } from '../../server/quotes/step-scans.ts';
import { createTestParts, type TestParts } from '../support/parts.ts';
import { plantQuote, plantScan } from '../support/quote-row.ts';
import { WHOLE_SCANS } from '../support/scans.ts';

let parts: TestParts;
let scans: ScanKeeping;
beforeEach(async () => {
  parts = await createTestParts();
  scans = new ScanKeeping(parts);
});
afterEach(async () => {
  await scans.stop();
  await parts.close();
});

const DAY = 86_400_000;
const JPEG = WHOLE_SCANS['image/jpeg'];
const PLACE = { studyId: 's', caseId: 'c', personId: 'p' };

const look = async () => {
  scans.wake();
  await scans.settled();
};

async function plant(id: string): Promise<void> {
  const place = { id, studyId: 's', caseId: 'c', blockId: 'b', schoolId: 'h' };
  await plantQuote(parts, place);
  await plantScan(parts, place);
}

describe('scans that are kept', () => {
  it('[SCAN-1] [ERASE-1] one that no answer names goes after a day, and not before', async () => {
    await scans.keep({ id: 'one', ...PLACE }, JPEG);
    parts.clock.advance(DAY - 1);
    await look();
    expect(await parts.files.list()).toHaveLength(1);
    parts.clock.advance(2);
    await look();
    expect(await parts.files.list()).toEqual([]);
    expect(await parts.records.read.selectFrom('evidence_files').selectAll().execute()).toEqual([]);
  });

  it('[SCAN-1] [ERASE-1] erased with the words of its step; the same content of another step stays', async () => {
    await plant('q1');
    await plant('q2');
    await scans.keep({ id: 'unnamed', ...PLACE }, WHOLE_SCANS['image/png']);
    const forget = (quote_id: string) =>
      parts.records.transaction((records) =>
        forgetScans(records, [
          { quote_id, seq: 1 },
          { quote_id, seq: 2 },
        ]),
      );
    await forget('q1');
    await look();
    expect(await parts.files.list()).toHaveLength(2);
    expect(await checkScans(parts)).toEqual({ scans: 1, faults: [] });
    await forget('q2');
    await look();
    expect(await parts.files.list()).toEqual([sha256(WHOLE_SCANS['image/png'])]);
    const words = await parts.records.read.selectFrom('quote_words').select('text').execute();
    expect(JSON.stringify(words)).not.toContain('sheet.jpg');
  });

  it('[ERASE-1] [PRIVACY-5] goes with the speaker whose answer it is, and with it who answers for them', async () => {
    await plant('q1');
    await plant('q2');
    const { read } = parts.records;
    const about = { study_id: 's', name: 'Una', email: 'una@home.example', made_by: 'm', made_at: 1 };
    const guardians = [
      { ...about, speaker_id: 'speaker-q1', person_id: null },
      { ...about, speaker_id: 'speaker-q2', person_id: 'una' },
    ];
    await read.insertInto('guardians').values(guardians).execute();
    await read.updateTable('speakers').set({ person_id: 'sam' }).where('id', '=', 'speaker-q1').execute();
    await forgetSpeaker(read, null, 'sam');
    await look();
    expect(await checkScans(parts), 'that of the other speaker stays').toEqual({ scans: 1, faults: [] });
    const left = await read.selectFrom('quote_words').select(['quote_id', 'part']).execute();
    expect(left.filter(({ part }) => part === 'scan')).toEqual([{ quote_id: 'q2', part: 'scan' }]);
    const asked = await read.selectFrom('guardians').select('speaker_id').execute();
    expect(asked).toEqual([{ speaker_id: 'speaker-q2' }]);
    await forgetSpeaker(read, null, 'una');
    expect(await read.selectFrom('guardians').select('speaker_id').execute()).toEqual([]);
  });

  it('[ERASE-1] what comes in again while it is let go is there afterwards', async () => {
    await scans.keep({ id: 'one', ...PLACE }, JPEG);
    parts.clock.advance(DAY + 1);
    scans.wake();
    await scans.keep({ id: 'two', ...PLACE }, JPEG);
    await scans.settled();
    expect(await parts.files.list()).toEqual([sha256(JPEG)]);
    const rows = await parts.records.read.selectFrom('evidence_files').select('id').execute();
    expect(rows).toEqual([{ id: 'two' }]);
  });

  it('[INPUT-1] a full disk is told as such, and keeps nothing', async () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const files = { ...parts.files, put: () => Promise.reject(full) };
    const kept = new ScanKeeping({ ...parts, files }).keep({ id: 'one', ...PLACE }, JPEG);
    await expect(kept).rejects.toMatchObject({ code: 'unavailable' });
    expect(await parts.records.read.selectFrom('evidence_files').selectAll().execute()).toEqual([]);
  });

  it('[SAVE-1] content that a killed process left without a record goes at the next start', async () => {
    await parts.files.put(JPEG);
    await plant('q1');
    await parts.files.put(WHOLE_SCANS['image/heic']);
    await look();
    expect(await parts.files.list()).toEqual([sha256(JPEG)]);
  });

  it('[QUOTE-6] checking names a scan that is missing', async () => {
    await plant('q1');
    await parts.files.remove(sha256(JPEG));
    expect(await checkScans(parts)).toEqual({
      scans: 1,
      faults: ['quote q1: the scan of step 2 is missing'],
    });
  });
});

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
