/** What the tabs of one person tell each other, without the network. */
import type { Clock } from './clock.ts';
import type { Change } from './waiting-changes.ts';

export type TabMessage =
  /** Somebody typed in another tab: this one has the words too, should that one close now. */
  | { readonly kind: 'change'; readonly blockId: string; readonly lineage: string; readonly change: Change }
  | { readonly kind: 'acknowledged'; readonly blockId: string; readonly ids: readonly string[] }
  | { readonly kind: 'kept' };

export class Tabs {
  onMessage: (message: TabMessage) => void = () => {};
  readonly #channel: BroadcastChannel | null;
  readonly #clock: Pick<Clock, 'afterPaint'>;
  #unsaid: TabMessage[] = [];

  /** @param channel null where the browser has none: every tab is then on its own */
  constructor(channel: BroadcastChannel | null, clock: Pick<Clock, 'afterPaint'>) {
    this.#channel = channel;
    this.#clock = clock;
    if (channel) channel.onmessage = (event: MessageEvent<TabMessage>) => this.onMessage(event.data);
  }

  /** In order, once what was typed is on the screen: telling takes longer than typing. */
  post(message: TabMessage): void {
    if (!this.#channel) return;
    this.#unsaid.push(message);
    if (this.#unsaid.length === 1) this.#clock.afterPaint(() => this.#say());
  }

  close(): void {
    this.#say();
    this.#channel?.close();
  }

  #say(): void {
    const unsaid = this.#unsaid;
    this.#unsaid = [];
    for (const message of unsaid) this.#channel?.postMessage(message);
  }
}
