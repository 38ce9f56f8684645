/** Names of the rooms of the wire (see PROTOCOL.md). */
export type Room =
  | { readonly kind: 'block'; readonly id: string }
  | { readonly kind: 'notes'; readonly id: string }
  | { readonly kind: 'case'; readonly id: string };

const ROOM = /^(block|notes|case)\/([A-Za-z0-9_-]{1,64})$/;

export function roomName(room: Room): string {
  return `${room.kind}/${room.id}`;
}

/** @returns null for what names no room */
export function parseRoomName(name: string): Room | null {
  const match = ROOM.exec(name);
  if (!match) return null;
  return { kind: match[1] as Room['kind'], id: match[2] as string };
}
