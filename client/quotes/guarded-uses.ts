import type * as Y from 'yjs';
import { readText } from '../../shared/document/reading.ts';
import { readUses } from '../../shared/document/wording.ts';
import { drawnHere } from '../editor/names-here.ts';
import type { TheirWords } from './ChangeTheirWords.tsx';
import { isConfirmed, isGuarded, type KnownQuotes, standingOfUse, whoSpeaks } from './known-quotes.ts';

/**
 * @returns by use, whose words stand in a text that were sent or confirmed: nobody changes them
 *   without being asked. Where nothing is known of quotes yet, every one counts as such.
 */
export function guardedUses(
  known: KnownQuotes,
  blockId: string,
  doc: Y.Doc,
): ReadonlyMap<string, TheirWords> {
  const uses = readUses(drawnHere(readText(doc)), { heldBack: 'all' });
  const standings = uses.map((use) => standingOfUse(known, blockId, use));
  const guarded = standings.filter((standing) => !known.complete || isGuarded(standing));
  return new Map(
    guarded.map((standing) => [
      standing.use.use,
      { whose: whoSpeaks(known, standing.use.quote) || 'somebody', confirmed: isConfirmed(standing) },
    ]),
  );
}
