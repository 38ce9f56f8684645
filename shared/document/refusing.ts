import type { ProseMirrorJson, ProseMirrorMark } from './reading.ts';
import { isSuggestionMark, SEAM_SIGNS, type SuggestionMark, suggestionMark } from './suggestion-key.ts';

/**
 * The text as it is while nothing of what was suggested is accepted: what all reading and
 * publishing goes by. Suggestions never move anything, so only words that are not in the
 * text yet go, and marks come off the others.
 * @param json as it stands, with what is suggested
 * @param whose of which suggestions; of all without it
 */
export function withoutSuggestions(
  json: ProseMirrorJson,
  whose: (mark: SuggestionMark) => boolean = () => true,
): ProseMirrorJson {
  const { content } = json;
  if (!content) return json;
  let changed = false;
  const kept: ProseMirrorJson[] = [];
  for (const child of content) {
    const left = child.type === 'text' ? textWithout(child, whose) : withoutSuggestions(child, whose);
    if (left !== child) changed = true;
    if (left) kept.push(left);
  }
  if (!changed) return json;
  const { content: _, ...rest } = json;
  const joined = joinedTexts(kept);
  return joined.length === 0 && json.type !== 'doc' ? rest : { ...rest, content: joined };
}

function textWithout(
  text: ProseMirrorJson,
  whose: (mark: SuggestionMark) => boolean,
): ProseMirrorJson | null {
  let hasSeam = false;
  const marks: ProseMirrorMark[] = [];
  for (const mark of text.marks ?? []) {
    const suggested = suggestionMark(mark.type, mark.attrs);
    if (!suggested || !whose(suggested)) {
      if (suggested?.name === 'seam') hasSeam = true;
      // of one that says nothing, nothing is shown either
      if (suggested || !isSuggestionMark(mark.type)) marks.push(mark);
    } else if (suggested.name === 'insertion') return null;
  }
  const words = hasSeam ? (text.text ?? '') : (text.text ?? '').replace(SEAM_SIGNS, '');
  if (words === '' && words !== text.text) return null;
  if (marks.length === (text.marks ?? []).length && words === text.text) return text;
  const { marks: _, ...rest } = text;
  return { ...rest, text: words, ...(marks.length > 0 && { marks }) };
}

/** Texts with the same marks that stand beside one another are one, as in any text. */
function joinedTexts(content: readonly ProseMirrorJson[]): readonly ProseMirrorJson[] {
  const joined: ProseMirrorJson[] = [];
  let look: string | null = null;
  for (const node of content) {
    const last = joined.at(-1);
    const next = node.type === 'text' ? JSON.stringify(node.marks ?? []) : null;
    if (last && next !== null && next === look) {
      joined[joined.length - 1] = { ...last, text: `${last.text ?? ''}${node.text ?? ''}` };
    } else joined.push(node);
    look = next;
  }
  return joined;
}

/** @returns equal strings for texts that read the same, wherever Yjs cut their runs; others for all others */
export function readsAs(json: ProseMirrorJson): string {
  const joined = ({ content, ...node }: ProseMirrorJson): ProseMirrorJson =>
    content ? { ...node, content: joinedTexts(content).map(joined) } : node;
  return JSON.stringify(joined(json));
}
