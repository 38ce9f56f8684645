import type { RouteInput } from '../../shared/api/contract.ts';
import type { ThreadEvent, ThreadTarget } from '../../shared/comments/thread-event.ts';
import type { KeptWords } from '../../shared/document/anchors.ts';
import type { WantedAnchor } from './anchoring.ts';
import type { PresentCommenter } from './commenters.ts';

export type SentAct = RouteInput<'POST /api/blocks/:blockId/threads'>['act'];

/** @returns the act as it is kept: by whom, when and on which side is the server's to say (ACCESS-3) */
export function eventOf(
  act: SentAct,
  who: PresentCommenter,
  kept: KeptWords | null,
  at: number,
): ThreadEvent {
  const head = { id: act.id, thread: act.thread, by: who.id, side: who.side, at };
  switch (act.kind) {
    case 'opened': {
      const { kind, audience, words, mentions } = act;
      return { ...head, kind, audience, target: targetOf(act.target, kept), words, mentions };
    }
    case 'replied':
      return { ...head, kind: act.kind, words: act.words, mentions: act.mentions };
    case 'edited': {
      const { kind, comment, words, mentions } = act;
      return { ...head, kind, comment, words, mentions };
    }
    case 'assigned':
      return { ...head, kind: act.kind, to: act.to };
    case 'linked':
    case 'unlinked':
      return { ...head, kind: act.kind, link: act.link };
    case 'placed':
      return { ...head, kind: act.kind, anchor: act.anchor, kept };
    case 'resolved':
    case 'reopened':
      return { ...head, kind: act.kind };
  }
}

function targetOf(
  target: Extract<SentAct, { kind: 'opened' }>['target'],
  kept: KeptWords | null,
): ThreadTarget {
  return target.on === 'range' ? { on: 'range', anchor: target.anchor, kept } : target;
}

/** @returns the words that an act puts its thread at; null where it does not */
export function anchorOf(act: SentAct): WantedAnchor | null {
  if (act.kind === 'placed') return { anchor: act.anchor, selected: act.selected };
  if (act.kind !== 'opened' || act.target.on !== 'range') return null;
  return { anchor: act.target.anchor, selected: act.target.selected };
}

/** @returns ids of the people whom an act names */
export function namedIn(event: ThreadEvent): readonly string[] {
  if (event.kind === 'assigned') return event.to === null ? [] : [event.to];
  return 'mentions' in event ? event.mentions : [];
}
