/** What the tabs of one person tell each other, at once and without the network. */
import type { Change } from './waiting-changes.ts';

export type TabMessage =
  /** Somebody typed in another tab: this one has the words too, should that one close now. */
  | { readonly kind: 'change'; readonly blockId: string; readonly lineage: string; readonly change: Change }
  | { readonly kind: 'acknowledged'; readonly blockId: string; readonly ids: readonly string[] }
  | { readonly kind: 'kept' };

export class Tabs {
  onMessage: (message: TabMessage) => void = () => {};
  readonly #channel: BroadcastChannel | null;

  /** @param channel null where the browser has none: every tab is then on its own */
  constructor(channel: BroadcastChannel | null) {
    this.#channel = channel;
    if (channel) channel.onmessage = (event: MessageEvent<TabMessage>) => this.onMessage(event.data);
  }

  post(message: TabMessage): void {
    this.#channel?.postMessage(message);
  }

  close(): void {
    this.#channel?.close();
  }
}
