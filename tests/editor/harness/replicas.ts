import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Writer } from '../../../client/editor/carets.ts';
import { LOCAL_EDIT } from '../../../client/sync/local-edit.ts';
import type { Replica } from '../../../client/sync/replica.ts';
import { CONTENT } from '../../../shared/document/block-parts.ts';

export const RUTH: Writer = { id: 'ruth', name: 'Ruth Okafor', colour: '#7a4b9d', initials: 'RO' };
export const TOM: Writer = { id: 'tom', name: 'Tom Ainsley', colour: '#a85826', initials: 'TA' };

/** A replica as the page has it, without a server. */
export function makeReplica(person: Writer, clientId: number): Replica {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const awareness = new Awareness(doc);
  awareness.setLocalStateField('user', { ...person, color: person.colour });
  const undo = new Y.UndoManager(doc, {
    trackedOrigins: new Set<unknown>([ySyncPluginKey, LOCAL_EDIT]),
    captureTransaction: (transaction) => transaction.meta.get('addToHistory') !== false,
  });
  return { blockId: 'block', doc, awareness, undo };
}

/** Gives a block the one empty paragraph that the server seeds it with. */
export function seed(replica: Replica): void {
  replica.doc.transact(() => {
    replica.doc.getXmlFragment(CONTENT).insert(0, [new Y.XmlElement('paragraph')]);
  }, 'seed');
}

/**
 * Two replicas, each hearing the other at once; while `apart`, what each does waits.
 * The one wire between them is stepped by hand.
 */
export class Wire {
  apart = false;
  private readonly waiting: (() => void)[] = [];

  constructor(a: Replica, b: Replica) {
    this.join(a, b);
    this.join(b, a);
    Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc), this);
  }

  meet(): void {
    this.apart = false;
    for (const step of this.waiting.splice(0)) step();
  }

  private join(from: Replica, to: Replica): void {
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
      const bytes = encodeAwarenessUpdate(from.awareness, changed);
      later(() => applyAwarenessUpdate(to.awareness, bytes, this));
    });
  }
}
