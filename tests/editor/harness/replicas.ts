import {
  Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  modifyAwarenessUpdate,
} from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Writer } from '../../../client/editor/carets.ts';
import { BlockUndo } from '../../../client/sync/block-undo.ts';
import type { Replica } from '../../../client/sync/replica.ts';
import { CONTENT } from '../../../shared/document/block-parts.ts';

export const RUTH: Writer = { id: 'ruth', name: 'Ruth Okafor', colour: '#7a4b9d', initials: 'RO' };
export const TOM: Writer = { id: 'tom', name: 'Tom Ainsley', colour: '#a85826', initials: 'TA' };

/** A replica as the page has it, without a server. */
export function makeReplica(clientId: number): Replica {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const awareness = new Awareness(doc);
  awareness.setLocalState(null);
  return { blockId: 'block', doc, awareness, undo: new BlockUndo(doc) };
}

/** Gives a block the one empty paragraph that the server seeds it with. */
export function seed(replica: Replica): void {
  replica.doc.transact(() => {
    replica.doc.getXmlFragment(CONTENT).insert(0, [new Y.XmlElement('paragraph')]);
  });
}

/**
 * Two replicas, each hearing the other at once; while `apart`, what each does waits.
 * Whose presence it is, is said by the wire, as the server does (ACCESS-3).
 */
export class Wire {
  apart = false;
  private readonly waiting: (() => void)[] = [];

  constructor(a: Replica, isA: Writer, b: Replica, isB: Writer) {
    this.join(a, isA, b);
    this.join(b, isB, a);
    Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc), this);
  }

  meet(): void {
    this.apart = false;
    for (const step of this.waiting.splice(0)) step();
  }

  private join(from: Replica, person: Writer, to: Replica): void {
    const later = (step: () => void) => {
      if (this.apart) this.waiting.push(step);
      else step();
    };
    from.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) later(() => Y.applyUpdate(to.doc, update, this));
    });
    from.awareness.on('update', ({ added, updated, removed }: Record<string, number[]>, origin: unknown) => {
      if (origin === this) return;
      const changed = [...(added ?? []), ...(updated ?? []), ...(removed ?? [])];
      const said = encodeAwarenessUpdate(from.awareness, changed);
      const stamped = modifyAwarenessUpdate(said, (state: object | null) =>
        state === null ? null : { ...state, user: { ...person, color: person.colour } },
      );
      later(() => applyAwarenessUpdate(to.awareness, stamped, this));
    });
  }
}
