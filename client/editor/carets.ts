import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import type { Awareness } from 'y-protocols/awareness';
import type { Person } from '../../shared/api/people.ts';
import { enterText, flagName, moveInBlock } from './block-presence.ts';
import { emptyCarets } from './empty-carets.ts';

export type Writer = Pick<Person, 'id' | 'name' | 'colour' | 'initials'>;

/** After this long without a move, a name flag folds to its dot; milliseconds. */
const STILL_AFTER = 6_000;

/** What one person's awareness says; written by them or stamped by the server, believed in nothing. */
interface CaretUser {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly color?: unknown;
}

/**
 * Carets of the others, from the replica's awareness. Flags fold to a dot when their
 * person is still, and unfold when they move; see block-editor.css for the folding
 * while one types oneself.
 */
export function carets(awareness: Awareness, person: Writer) {
  // both spellings: carets of the stock editor read `color`
  const { id, name, colour, initials } = person;
  const user = { id, name, colour, color: colour, initials };
  return CollaborationCaret.extend({
    addProseMirrorPlugins() {
      return [...(this.parent?.() ?? []), emptyCarets(awareness, drawCaret)];
    },
    onCreate() {
      this.parent?.({ editor: this.editor });
      const { editor } = this;
      const text = editor.view.dom;
      const enter = () => enterText(awareness, user);
      const leave = () => moveInBlock(awareness, { cursor: null });
      // before the caret's own listener, which says nothing for who is not there
      text.addEventListener('focusin', enter, { capture: true });
      text.addEventListener('focusout', leave);
      if (editor.view.hasFocus()) enter();
      const unwatch = watchMoves(awareness, text);
      editor.on('destroy', () => {
        text.removeEventListener('focusin', enter, { capture: true });
        text.removeEventListener('focusout', leave);
        leave();
        unwatch();
      });
    },
  }).configure({
    provider: { awareness },
    user,
    render: drawCaret,
    selectionRender: (user: CaretUser) => ({
      class: 'collaboration-carets__selection',
      style: `--caret: ${caretColour(user)}`,
    }),
  });
}

function caretColour(user: CaretUser): string {
  return typeof user.color === 'string' && /^#[0-9a-f]{6}$/i.test(user.color) ? user.color : '#5f594f';
}

function drawCaret(user: CaretUser): HTMLElement {
  const caret = document.createElement('span');
  caret.className = 'collaboration-carets__caret';
  caret.setAttribute('aria-hidden', 'true');
  caret.style.setProperty('--caret', caretColour(user));
  if (typeof user.id === 'string') caret.dataset.person = user.id;
  const flag = document.createElement('span');
  flag.className = 'collaboration-carets__flag';
  flag.dataset.name = flagName(user.name);
  caret.append(flag);
  return caret;
}

function watchMoves(awareness: Awareness, text: HTMLElement): () => void {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const caretsOf = (id: string) =>
    text.querySelectorAll<HTMLElement>(`.collaboration-carets__caret[data-person="${CSS.escape(id)}"]`);
  const onChange = ({ added, updated }: { added: number[]; updated: number[] }) => {
    for (const client of [...added, ...updated]) {
      if (client === awareness.clientID) continue;
      const id: unknown = (awareness.getStates().get(client)?.user as CaretUser | undefined)?.id;
      if (typeof id !== 'string') continue;
      for (const caret of caretsOf(id)) delete caret.dataset.still;
      clearTimeout(timers.get(id));
      timers.set(
        id,
        setTimeout(() => {
          timers.delete(id);
          for (const caret of caretsOf(id)) caret.dataset.still = '';
        }, STILL_AFTER),
      );
    }
  };
  awareness.on('change', onChange);
  return () => {
    awareness.off('change', onChange);
    for (const timer of timers.values()) clearTimeout(timer);
  };
}
