import { describe, expect, it } from 'vitest';
import { WINDOW_BYTES, WINDOW_MS, WINDOW_ROWS } from '../../server/collaboration/bounds.ts';
import { changesetsOf, rowsByAuthor, rowsOfNextWindow } from '../../server/collaboration/history-windows.ts';
import type { LogRow } from '../../server/ports/block-store.ts';

const row = (seq: number, serverTime: number, more: Partial<LogRow> = {}): LogRow => ({
  blockId: 'b1',
  lineage: 'lineage-1',
  authorId: 'ann',
  onBehalfOf: null,
  serverTime,
  deviceTime: null,
  clients: [],
  bytes: new Uint8Array(10),
  seq,
  ...more,
});
const rowsAt = (...times: readonly number[]) => times.map((time, index) => row(index + 1, time));
const situation = (now: number, coveredSeq = 1_000_000, askedSeq = 0) => ({ now, coveredSeq, askedSeq });

describe('a window of history', () => {
  it('stays open while it is young, and is none without rows', () => {
    expect(rowsOfNextWindow([], situation(0))).toBe(0);
    expect(rowsOfNextWindow(rowsAt(0, 5), situation(WINDOW_MS - 1))).toBe(0);
  });

  it('closes with its last row when its time is over', () => {
    expect(rowsOfNextWindow(rowsAt(0, 5), situation(WINDOW_MS))).toBe(2);
    expect(rowsOfNextWindow(rowsAt(0, 5, WINDOW_MS, WINDOW_MS + 1), situation(WINDOW_MS + 1))).toBe(2);
  });

  it('closes when a clock was set back or forward by a day', () => {
    const day = 24 * 3_600_000;
    expect(rowsOfNextWindow(rowsAt(day, day + 1, 0), situation(1))).toBe(2);
    expect(rowsOfNextWindow(rowsAt(day), situation(0))).toBe(1);
    expect(rowsOfNextWindow(rowsAt(0, day), situation(day))).toBe(1);
  });

  it('closes when it holds enough', () => {
    const many = Array.from({ length: WINDOW_ROWS + 1 }, (_, index) => row(index + 1, 0));
    expect(rowsOfNextWindow(many, situation(0))).toBe(WINDOW_ROWS);
    const big = [1, 2, 3].map((seq) => row(seq, 0, { bytes: new Uint8Array(WINDOW_BYTES / 2) }));
    expect(rowsOfNextWindow(big, situation(0))).toBe(2);
  });

  it('closes where a version is named', () => {
    expect(rowsOfNextWindow(rowsAt(0, 1, 2), situation(2, 3, 2))).toBe(2);
    expect(rowsOfNextWindow(rowsAt(0, 1, 2), situation(2, 3, 3))).toBe(3);
  });

  it('[SAVE-1] closes only with rows that a snapshot holds', () => {
    expect(rowsOfNextWindow(rowsAt(0, 5), situation(WINDOW_MS, 1))).toBe(0);
    expect(rowsOfNextWindow(rowsAt(0, 5, WINDOW_MS), situation(WINDOW_MS, 2))).toBe(2);
  });

  it('tells what each person wrote in it, and when', () => {
    const rows = [
      row(4, 50, { clients: [{ client: 9, from: 0, to: 2 }] }),
      row(5, 40, { authorId: null, onBehalfOf: 'ann', clients: [{ client: 3, from: 0, to: 1 }] }),
      row(6, 60, { clients: [{ client: 9, from: 2, to: 5 }] }),
      row(7, 70, { clients: [{ client: 9, from: 8, to: 9 }] }),
    ];
    const groups = rowsByAuthor(rows);
    const bytes = (value: number) => Uint8Array.of(value);
    const gathered = [
      [
        { from: [0, 2], bytes: bytes(1) },
        { from: [1], bytes: bytes(2) },
      ],
      [{ from: [0], bytes: bytes(3) }],
    ];
    const told = changesetsOf(2, groups, gathered);
    expect(told.map(({ ordinal, authorId, onBehalfOf }) => [ordinal, authorId, onBehalfOf])).toEqual([
      [1, 'ann', null],
      [2, null, 'ann'],
      [3, 'ann', null],
    ]);
    expect(told[0]).toMatchObject({
      blockId: 'b1',
      lineage: 'lineage-1',
      window: 2,
      firstSeq: 4,
      lastSeq: 7,
      fromTime: 50,
      toTime: 70,
      rows: 2,
      clients: [
        { client: 9, from: 0, to: 2 },
        { client: 9, from: 8, to: 9 },
      ],
      bytes: bytes(1),
    });
    expect(told[2]).toMatchObject({ firstSeq: 6, lastSeq: 6, rows: 1 });
  });
});
