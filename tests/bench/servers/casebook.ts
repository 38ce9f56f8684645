import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseDetail } from '../../../shared/api/cases.ts';
import type { RouteBody } from '../../../shared/api/contract.ts';
import { SCHEMA_VERSION } from '../../../shared/document/schema-version.ts';
import {
  MANY_ROOMS_SUBPROTOCOL,
  SCHEMA_SUBPROTOCOL_PREFIX,
  STOCK_SUBPROTOCOL,
  TOKEN_SUBPROTOCOL_PREFIX,
} from '../../../shared/protocol/control.ts';
import { freePort } from '../../support/server.ts';
import { newId, plantTeam, type Team } from '../../support/team.ts';
import { ManyRoomsConnection } from '../load/many-rooms-connection.ts';
import { stockWire } from '../load/stock-wire.ts';
import { type AccessLever, type BenchedServer, PLANTED_ROOMS, type Place } from './benched-server.ts';
import { plantedUpdate } from './planted-text.ts';
import { ServerProcess } from './server-process.ts';

const COMMAND = join(import.meta.dirname, '../../../server/cli/casebook.mjs');
const CASES_AT_ONCE = 4;
/** Below what the server lets one socket have. */
const ROOMS_PER_SOCKET = 200;

/** Ours: the built server, as `npm start` runs it, with all its checks, on SQLite. */
export async function startCasebook({ core, profiles }: Place): Promise<BenchedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-bench-'));
  const port = await freePort();
  const process = new ServerProcess({
    script: [COMMAND, 'serve'],
    env: { PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'warn' },
    port,
    core,
    profiles,
  });
  await process.start();
  const url = `http://127.0.0.1:${port}`;
  const { token, rooms, roomsOfCase, access } = await plantRooms(url, process);
  const address = {
    path: '/collab',
    protocols: [MANY_ROOMS_SUBPROTOCOL, `${TOKEN_SUBPROTOCOL_PREFIX}${token}`],
  };
  const server: BenchedServer = {
    name: 'casebook',
    process,
    keeps: true,
    wire: stockWire,
    rooms,
    roomsOfCase,
    address: (room) => ({
      path: `/collab/${room}`,
      protocols: [
        STOCK_SUBPROTOCOL,
        `${SCHEMA_SUBPROTOCOL_PREFIX}${SCHEMA_VERSION}`,
        `${TOKEN_SUBPROTOCOL_PREFIX}${token}`,
      ],
    }),
    manyRooms: address,
    access,
    async close() {
      await process.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await plantText(server);
  await process.stop();
  await process.start();
  return server;
}

async function plantRooms(url: string, process: ServerProcess) {
  const ownerLink = await process.says(/^http\S+\/enter#\S+$/m);
  const team = await plantTeam({ url, ownerLink });
  const token = await team.token();
  const caseOf = new Map<string, string>();
  const roomsOf = (made: CaseDetail) =>
    made.blocks.map(({ blockId }) => {
      caseOf.set(`block/${blockId}`, made.id);
      return `block/${blockId}`;
    });
  const rooms = roomsOf(team.case);
  const roomsOfCase = rooms.length;
  const plantCases = async (): Promise<void> => {
    while (rooms.length < PLANTED_ROOMS) {
      const made = await team.calls.call(
        'POST /api/studies/:studyId/cases',
        { id: newId(), title: 'A case among many', schoolIds: [team.schoolId] },
        { studyId: team.studyId },
      );
      rooms.push(...roomsOf(made));
    }
  };
  await Promise.all(Array.from({ length: CASES_AT_ONCE }, plantCases));
  return { token, rooms: rooms.slice(0, PLANTED_ROOMS), roomsOfCase, access: leverOf(team, caseOf) };
}

/** @param caseOf by room; the first case, in which nothing is measured, is moved to and fro */
function leverOf(team: Team, caseOf: ReadonlyMap<string, string>): AccessLever {
  const change = async (caseId: string, body: RouteBody<'PATCH /api/cases/:caseId'>): Promise<void> => {
    await team.calls.call('PATCH /api/cases/:caseId', body, { caseId });
  };
  let calls = 0;
  return {
    reconsider() {
      calls += 1;
      return change(team.case.id, { stage: calls % 2 === 0 ? 'visit' : 'drafting' });
    },
    otherwise() {
      calls += 1;
      return change(team.case.id, { title: `A case, called otherwise ${calls} times` });
    },
    revoke: (room) => change(caseOf.get(room) as string, { stage: 'approved' }),
    giveBack: (room) => change(caseOf.get(room) as string, { stage: 'drafting' }),
  };
}

/** Through the page's socket, since there is no other way in; all of it is on disk afterwards. */
async function plantText(server: BenchedServer): Promise<void> {
  const update = plantedUpdate();
  for (let at = 0; at < server.rooms.length; at += ROOMS_PER_SOCKET) {
    const rooms = server.rooms.slice(at, at + ROOMS_PER_SOCKET);
    const connection = new ManyRoomsConnection(server);
    await connection.join(rooms);
    const unsaved = new Set(rooms);
    await new Promise<void>((resolve) => {
      connection.onSaved = (room, updates) => {
        if (updates > 0) unsaved.delete(room);
        if (unsaved.size === 0) resolve();
      };
      for (const room of rooms) connection.send(room, update);
    });
    await connection.close();
  }
}
