import { startCasebook } from './servers/casebook.ts';
import { startHocuspocus } from './servers/hocuspocus.ts';
import { startYWebsocket } from './servers/y-websocket.ts';
import { startRelay } from './servers/relay.ts';
import { joinAll, closeAll } from './load/connection.ts';
for (const start of [startCasebook]) {
  const t = performance.now();
  const s = await start({ core: 0 });
  console.log(s.name, 'planted', performance.now() - t, s.roomsOfCase);
  const c = await joinAll(s, s.rooms.slice(0, 100));
  console.log(s.name, 'joined', performance.now() - t, s.process.cpuMs(), await s.process.residentKb());
  await closeAll(c);
  await s.close();
  console.log('closed');
}
process.exit();
