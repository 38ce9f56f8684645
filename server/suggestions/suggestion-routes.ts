import * as Y from 'yjs';
import { CONTENT } from '../../shared/document/block-parts.ts';
import {
  decideSuggestions,
  everySuggestion,
  suggestionsOf,
  theseSuggestions,
} from '../../shared/suggestions/decision.ts';
import type { Decision, Whose } from '../../shared/suggestions/text-decision.ts';
import type { BlockWriting } from '../collaboration/block-writing.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { openBlock } from '../studies/study-gate.ts';
import type { DecisionUndo } from './decision-undo.ts';

/**
 * Decisions about suggestions are made here, one after the other: two pages that made an accepted
 * paragraph at once would make it twice.
 */
export function suggestionRoutes(
  parts: Pick<Parts, 'records' | 'random'>,
  writing: BlockWriting,
  undoing: DecisionUndo,
): Routes {
  const { records, random } = parts;
  return {
    'POST /api/blocks/:blockId/suggestions/decide': async (call) => {
      const { personId } = signedIn(call);
      const { blockId } = call.params;
      await openBlock(records.read, personId, blockId, 'decide-suggestions', 'write');
      const { decision, whose } = call.body;
      let made: DecisionMade = { decided: 0, undo: null };
      let lineage = '';
      await writing.edit(blockId, personId, (doc, on) => {
        lineage = on;
        const client = new DataView(random.bytes(4).slice().buffer).getUint32(0);
        made = decide(doc, decision, whoseOf(whose), client);
      });
      const { decided } = made as DecisionMade;
      const { undo } = made as DecisionMade;
      if (!undo) return { decided, undo: null };
      const id = random.id();
      undoing.keep(id, { blockId, personId, lineage, update: undo });
      return { decided, undo: id };
    },

    'POST /api/blocks/:blockId/suggestions/undo': async (call) => {
      const { personId } = signedIn(call);
      const { blockId } = call.params;
      await openBlock(records.read, personId, blockId, 'decide-suggestions', 'write');
      const undo = undoing.take(call.body.undo, blockId, personId);
      if (!undo) throw tooLate();
      let stands = true;
      await writing.edit(blockId, personId, (doc, lineage) => {
        stands = lineage === undo.lineage;
        if (stands) Y.applyUpdate(doc, undo.update);
      });
      if (!stands) throw tooLate();
      return { ok: true };
    },
  };
}

function tooLate(): Refusal {
  return new Refusal('conflict', 'This can no longer be undone.');
}

interface DecisionMade {
  readonly decided: number;
  /** An update that undoes it, whatever is written meanwhile. */
  readonly undo: Uint8Array | null;
}

/** @param undoClient the Yjs client id under which it would be undone, of nobody yet */
function decide(doc: Y.Doc, decision: Decision, whose: Whose, undoClient: number): DecisionMade {
  // What a decision takes out has to stand somewhere, to be put back.
  const copy = new Y.Doc({ gc: false });
  try {
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    copy.clientID = doc.clientID;
    const undo = new Y.UndoManager(copy.getXmlFragment(CONTENT));
    const before = Y.encodeStateVector(copy);
    const decided = decideSuggestions(copy, decision, whose);
    if (undo.undoStack.length === 0) return { decided, undo: null };
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(copy, before));
    const after = Y.encodeStateVector(copy);
    copy.clientID = undoClient;
    undo.undo();
    return { decided, undo: Y.encodeStateAsUpdate(copy, after) };
  } finally {
    copy.destroy();
  }
}

function whoseOf(
  whose: 'all' | { author: string } | { those: readonly { id: string; author: string }[] },
): Whose {
  if (whose === 'all') return everySuggestion;
  return 'author' in whose ? suggestionsOf(whose.author) : theseSuggestions(whose.those);
}
