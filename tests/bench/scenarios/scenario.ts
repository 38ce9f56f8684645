import type { Quantiles } from '../load/latencies.ts';
import type { BenchedServer } from '../servers/benched-server.ts';

/** What one server was measured to do in one scenario; null where that was no part of it. */
export interface Figures {
  /** Microseconds of the server's CPU for each edit that reached one reader. */
  readonly cpuUsPerDelivery: number | null;
  /** From sending to each reader's having it, or to the acknowledgement. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  /** Resident memory, kB of 1,024 bytes. */
  readonly kbPerIdleRoom: number | null;
  readonly coldOpenMs: number | null;
  /** Microseconds of CPU for deciding once who may do what in a room. */
  readonly decisionUs: number | null;
  /** Of the server's CPU, from the first socket to the end of the load. */
  readonly decisionPercent: number | null;
  /** From the call that takes writing away to the end of the last room. */
  readonly revokedMs: number | null;
  /** Of 200 edits that a reader had seen. */
  readonly lostAfterKill: number | null;
}

const NOTHING: Figures = {
  cpuUsPerDelivery: null,
  p50Ms: null,
  p95Ms: null,
  p99Ms: null,
  kbPerIdleRoom: null,
  coldOpenMs: null,
  decisionUs: null,
  decisionPercent: null,
  revokedMs: null,
  lostAfterKill: null,
};

export function figures(...measured: readonly (Partial<Figures> | Quantiles)[]): Figures {
  return Object.assign({}, NOTHING, ...measured);
}

/** Names in the output; what each is stands beside its code, and in the table. */
export const SCENARIOS = [
  'one-block',
  'saved',
  'flood',
  'pairs',
  'idle-rooms',
  'further-rooms',
  'cold-open',
  'slow-link',
  'first-sync',
  'kill',
] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

export type Measured = Partial<Record<ScenarioName, Figures>>;

/** Measures one or several scenarios on a server that is running, and leaves it running. */
export type Scenario = (server: BenchedServer) => Promise<Measured>;
