/**
 * The least that a server can do: what comes in goes out to everybody else in
 * the room, unread and unkept. A joiner's question is answered with nothing,
 * since nobody else would. Environment: PORT.
 */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const SYNC = 0;
const STEP_1 = 0;
/** SyncStep2 with an update that holds nothing. */
const NOTHING = Uint8Array.of(SYNC, 1, 2, 0, 0);

const rooms = new Map();
const sockets = new WebSocketServer({ noServer: true });
const server = createServer();
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (one) => {
    const name = request.url;
    const room = rooms.get(name) ?? new Set();
    rooms.set(name, room.add(one));
    one.on('message', (bytes) => {
      if (bytes[0] === SYNC && bytes[1] === STEP_1) one.send(NOTHING);
      else for (const other of room) if (other !== one) other.send(bytes);
    });
    one.on('error', () => one.terminate());
    one.on('close', () => {
      room.delete(one);
      if (room.size === 0) rooms.delete(name);
    });
  });
});
server.listen(Number(process.env.PORT), '127.0.0.1');
