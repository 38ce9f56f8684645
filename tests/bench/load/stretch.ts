import type { ServerProcess } from '../servers/server-process.ts';
import type { Sent } from './audience.ts';
import { Latencies, type Quantiles } from './latencies.ts';

/** The part of a load that is measured: what was delivered meanwhile, how late, and what it cost. */
export class Stretch {
  readonly #latencies = new Latencies();
  #open = false;

  /** To be called for every reader that was brought something. */
  readonly delivered = (brought: readonly Sent[]): void => {
    if (!this.#open) return;
    const now = performance.now();
    for (const { at } of brought) this.#latencies.add(now - at);
  };

  get isOpen(): boolean {
    return this.#open;
  }

  /** Lets the load run for a while, then measures. */
  async measure(
    process: ServerProcess,
    times: { readonly warmUpMs: number; readonly lastsMs: number },
  ): Promise<Quantiles & { readonly cpuUsPerDelivery: number }> {
    await pause(times.warmUpMs);
    const before = process.cpuMs();
    this.#open = true;
    await pause(times.lastsMs);
    const used = process.cpuMs() - before;
    this.#open = false;
    return { cpuUsPerDelivery: (used * 1_000) / this.#latencies.count, ...this.#latencies.quantiles() };
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
