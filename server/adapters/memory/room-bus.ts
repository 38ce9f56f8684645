import type { BusMessage, RoomBus } from '../../ports/room-bus.ts';

/**
 * The bus of a single server. A listener that throws does not keep the message
 * from the others.
 * @param onError told of what listeners threw
 */
export function memoryRoomBus(onError: (cause: unknown) => void): RoomBus {
  const listeners = new Set<(message: BusMessage) => void>();
  return {
    publish(message) {
      for (const listener of [...listeners]) {
        try {
          listener(message);
        } catch (cause) {
          onError(cause);
        }
      }
    },
    subscribe(listener) {
      const own = (message: BusMessage): void => listener(message);
      listeners.add(own);
      return () => listeners.delete(own);
    },
  };
}
