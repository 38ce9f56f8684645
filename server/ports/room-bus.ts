/** What one part of the service, or one server of several, tells the others at once. */
export type BusMessage =
  /** Records behind a topic (`shared/protocol/control.ts`) changed; pages fetch them again. */
  | { readonly t: 'changed'; readonly topic: string }
  /** What a person (null: anybody) may do in a case (null: anywhere) has to be decided anew (ACCESS-4). */
  | { readonly t: 'access-changed'; readonly personId: string | null; readonly caseId: string | null }
  /** A session or token ended; its sockets close. */
  | { readonly t: 'signed-out'; readonly credentialId: string };

export interface RoomBus {
  /** Reaches every subscriber of this process before it returns, and other servers soon after. */
  publish(message: BusMessage): void;
  /** @returns how to stop listening */
  subscribe(listener: (message: BusMessage) => void): () => void;
}
