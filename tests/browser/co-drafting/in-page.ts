/** What a test puts into a page before its scripts: a hand on its editors, and on what arrives. */
import type { Editor } from '@tiptap/core';
import type { Patch } from '../../support/traces.ts';

export interface Hand {
  /** Lines of a section's running text, as its editor shows them. */
  text(blockId: string): string;
  /** The id under which this page writes that section's Y.Doc. */
  clientId(blockId: string): number;
  /**
   * Types at positions counted in `text`, all at once, where it reads `before`.
   * @throws where it reads otherwise
   */
  type(blockId: string, before: string, patches: readonly Patch[]): void;
  /** Resolves when the section reads so. */
  until(blockId: string, text: string): Promise<void>;
  /** Puts the caret at a position counted in `text`, with the keyboard. */
  caret(blockId: string, position: number): void;
  /** Resolves when the caret stands at the end of the section's text. */
  atEnd(blockId: string): Promise<void>;
  /** Resolves when this device has a copy of the section, so that it can be written in without a network. */
  onDevice(blockId: string): Promise<void>;
  /** Takes the section's copy off this device, as if it had never been opened here. */
  forget(blockId: string): Promise<void>;
  /** Tells a function of the page, now and at every picture, what the bar says, and the section's text. */
  watch(blockId: string, tell: string): void;
  /** Keeps back edits of others in this section, or what the server says is saved. */
  hold(what: { readonly edits?: string; readonly saved?: boolean }): void;
  /** Resolves when so many messages are or were kept back. */
  arrived(count: number): Promise<void>;
  /** Lets the first `count` of them through. */
  letThrough(count: number): void;
}

declare global {
  interface Window {
    hand: Hand;
  }
}

/** Runs in the page: knows nothing of this module. */
export function giveHand(): void {
  const RealSocket = window.WebSocket;
  let heldEdits: string | undefined;
  let heldSaved = false;
  const kept: (() => void)[] = [];
  let letThrough = 0;
  const arrivals = new Set<() => void>();

  const isHeld = (bytes: Uint8Array, rooms: ReadonlyMap<number, string>): boolean => {
    let at = 0;
    const number = () => {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++] as number;
        value += (byte & 127) * 2 ** shift;
        if (byte < 128) return value;
      }
    };
    const channel = number();
    if (channel === 0) {
      return heldSaved && JSON.parse(new TextDecoder().decode(bytes.subarray(1))).t === 'saved';
    }
    if (heldEdits === undefined || rooms.get(channel) !== `block/${heldEdits}`) return false;
    while (at < bytes.length) {
      const kind = number();
      if (kind === 0 && number() === 2) return true;
      if (kind > 1) return false;
      at += number();
    }
    return false;
  };

  class HeldSocket extends RealSocket {
    #heard: ((event: MessageEvent<ArrayBuffer>) => void) | null = null;
    readonly #rooms = new Map<number, string>();

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', (event: MessageEvent<ArrayBuffer>) => {
        if (!isHeld(new Uint8Array(event.data), this.#rooms)) {
          this.#heard?.(event);
          return;
        }
        kept.push(() => this.#heard?.(event));
        for (const look of arrivals) look();
      });
    }

    override set onmessage(heard: ((event: MessageEvent<ArrayBuffer>) => void) | null) {
      this.#heard = heard;
    }

    override send(data: Uint8Array<ArrayBuffer>): void {
      if (data[0] === 0) {
        const { t, channel, room } = JSON.parse(new TextDecoder().decode(data.subarray(1)));
        if (t === 'open') this.#rooms.set(channel, room);
      }
      super.send(data);
    }
  }
  window.WebSocket = HeldSocket;

  const editorOf = (blockId: string): Editor => {
    const dom = document.querySelector(`[id="section-${blockId}"] [contenteditable]`);
    const { editor } = (dom ?? {}) as { editor?: Editor };
    if (!editor) throw new Error(`no editor stands in ${blockId}`);
    return editor;
  };
  const textOf = ({ state }: Editor) => state.doc.textBetween(0, state.doc.content.size, '\n', '\n');
  /** Where a position in the text is in a document of paragraphs. */
  const placeOf = ({ doc }: Editor['state']['tr'], position: number): number => {
    let place = 1;
    let left = position;
    for (let at = 0; at < doc.childCount; at++) {
      const { size } = doc.child(at).content;
      if (left <= size) return place + left;
      left -= size + 1;
      place += size + 2;
    }
    throw new Error(`the text ends before ${position}`);
  };

  const answer = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const withCopies = async <T>(act: (copies: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const own = (await indexedDB.databases()).find(({ name }) => name?.startsWith('casebook/'));
    if (!own?.name) throw new Error('this device keeps nothing');
    const database = await answer(indexedDB.open(own.name));
    try {
      return await answer(act(database.transaction('replicas', 'readwrite').objectStore('replicas')));
    } finally {
      database.close();
    }
  };

  window.hand = {
    text: (blockId) => textOf(editorOf(blockId)),
    clientId: (blockId) =>
      (editorOf(blockId).state as unknown as { 'y-sync$': { doc: { clientID: number } } })['y-sync$'].doc
        .clientID,
    type(blockId, before, patches) {
      const editor = editorOf(blockId);
      if (textOf(editor) !== before) {
        throw new Error(`it reads ${JSON.stringify(textOf(editor))}, not ${JSON.stringify(before)}`);
      }
      const { tr } = editor.state;
      for (const [position, deleted, inserted] of patches) {
        if (deleted > 0) tr.delete(placeOf(tr, position), placeOf(tr, position + deleted));
        let at = position;
        for (const piece of inserted.split(/(\n)/)) {
          if (piece === '\n') tr.split(placeOf(tr, at));
          else if (piece !== '') tr.insertText(piece, placeOf(tr, at));
          at += piece.length;
        }
      }
      editor.view.dispatch(tr);
    },
    until(blockId, text) {
      const editor = editorOf(blockId);
      return new Promise((resolve) => {
        const look = () => {
          if (textOf(editor) !== text) return;
          editor.off('transaction', look);
          resolve();
        };
        editor.on('transaction', look);
        look();
      });
    },
    caret(blockId, position) {
      const editor = editorOf(blockId);
      editor.view.focus();
      editor.commands.setTextSelection(placeOf(editor.state.tr, position));
    },
    atEnd(blockId) {
      const editor = editorOf(blockId);
      return new Promise((resolve) => {
        const look = () => {
          const { $head, empty } = editor.state.selection;
          if (!empty || $head.index(0) !== editor.state.doc.childCount - 1) return;
          if ($head.parentOffset !== $head.parent.content.size) return;
          editor.off('transaction', look);
          resolve();
        };
        editor.on('transaction', look);
        look();
      });
    },
    async onDevice(blockId) {
      while ((await withCopies((copies) => copies.count(blockId))) === 0) {
        await new Promise(requestAnimationFrame);
      }
    },
    async forget(blockId) {
      await withCopies((copies) => copies.delete(blockId));
    },
    watch(blockId, tell) {
      const bar = document.querySelector('header');
      const text = document.querySelector(`[id="section-${blockId}"]`);
      if (!bar || !text) throw new Error('there is nothing to watch');
      const look = () => {
        const saying = /^(Saved|Saving.*|Opening|Not connected|\d+ changes? .*|Nothing waits.*)$/;
        const said = [...bar.querySelectorAll('span')].find((span) => saying.test(span.textContent));
        const told = window as unknown as Record<string, (said: string, text: string) => void>;
        told[tell]?.(said?.textContent ?? '', textOf(editorOf(blockId)));
      };
      // What is shown is what was painted, not what stands there while React is at work.
      let frame = 0;
      const observer = new MutationObserver(() => {
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(look);
      });
      for (const part of [bar, text]) {
        observer.observe(part, { subtree: true, childList: true, characterData: true });
      }
      look();
    },
    hold({ edits, saved = false }) {
      heldEdits = edits;
      heldSaved = saved;
    },
    arrived(count) {
      return new Promise((resolve) => {
        const look = () => {
          if (kept.length < count) return;
          arrivals.delete(look);
          resolve();
        };
        arrivals.add(look);
        look();
      });
    },
    letThrough(count) {
      for (; letThrough < count; letThrough++) kept[letThrough]?.();
    },
  };
}
