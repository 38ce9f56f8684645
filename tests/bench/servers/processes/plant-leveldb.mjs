/**
 * Fills a LevelDB as y-websocket's server keeps it. Arguments: its folder, how
 * many rooms, the base64 of the update that each holds. Prints nothing.
 */
import { LeveldbPersistence } from 'y-leveldb';

const [folder = '', rooms = '0', text = ''] = process.argv.slice(2);
const store = new LeveldbPersistence(folder);
const update = new Uint8Array(Buffer.from(text, 'base64'));
for (let room = 0; room < Number(rooms); room++) await store.storeUpdate(`room-${room}`, update);
await store.destroy();
