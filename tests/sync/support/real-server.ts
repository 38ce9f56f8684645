/** The real collaboration behind a real socket, with access as a test sets it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket as NodeSocket } from 'ws';
import { readBlock } from '../../../server/collaboration/block-reading.ts';
import { type Collaboration, createCollaboration } from '../../../server/collaboration/collaboration.ts';
import type { BlockDecision } from '../../../server/studies/room-access.ts';
import { createTestParts, TEST_PERSON_HEADER, type TestParts } from '../../support/parts.ts';

export class RealServer {
  readonly parts: TestParts;
  /** `<person> <block>`; absent: may write. */
  readonly access = new Map<string, BlockDecision>();
  readonly #server = createServer();
  readonly #sockets = new Set<NodeSocket>();
  #collaboration: Collaboration;

  private constructor(parts: TestParts) {
    this.parts = parts;
    this.#collaboration = this.#begin();
    this.#server.on('upgrade', (request, socket, head) =>
      this.#collaboration.handleUpgrade(request, socket, head),
    );
  }

  static async start(blockIds: readonly string[]): Promise<RealServer> {
    const server = new RealServer(await createTestParts());
    for (const blockId of blockIds) await server.parts.blocks.create(blockId, 'first');
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** As `new WebSocket` in the page of that person. */
  makeSocket(personId: string): (url: string, protocols: string[]) => WebSocket {
    const { port } = this.#server.address() as AddressInfo;
    return (_url, protocols) => {
      const socket = new NodeSocket(`ws://127.0.0.1:${port}/collab`, protocols, {
        headers: { [TEST_PERSON_HEADER]: personId },
        origin: this.parts.settings.publicUrl,
      });
      this.#sockets.add(socket);
      return socket as unknown as WebSocket;
    };
  }

  /** Every connection breaks, without a goodbye. */
  cut(): void {
    for (const socket of this.#sockets) socket.terminate();
    this.#sockets.clear();
  }

  setAccess(personId: string, blockId: string, decision: Omit<BlockDecision, 'team'>): void {
    this.access.set(`${personId} ${blockId}`, { ...decision, team: true });
    this.parts.bus.publish({ t: 'access-changed', personId, caseId: null });
  }

  /** Another process on the same disk. */
  async restart(): Promise<void> {
    await this.#collaboration.stop();
    this.#collaboration = this.#begin();
  }

  /** What a text field holds on disk. */
  async onDisk(blockId: string): Promise<string> {
    const reading = await readBlock(this.parts.blocks, blockId);
    return reading?.doc.getText('field/story').toString() ?? '';
  }

  async stop(): Promise<void> {
    await this.#collaboration.stop();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.parts.close();
  }

  #begin(): Collaboration {
    return createCollaboration(this.parts, {
      block: async (personId, blockId) =>
        this.access.get(`${personId} ${blockId}`) ?? { access: 'write', team: true },
      case: async () => 'open',
      topic: async () => 'open',
      person: async (id) => ({ id, name: `Person ${id}`, colour: '#224466', initials: 'P' }),
    });
  }
}
