import type { Seam } from '../document/suggestion-key.ts';
import type { Suggestion, SuggestionPart } from './suggestion.ts';

/** Words shown of one part, characters. */
const MOST_SHOWN = 120;

/** @returns what a suggestion would do, in a sentence for lists and for screen readers */
export function suggestionWords({ parts }: Pick<Suggestion, 'parts'>): string {
  const sentences: string[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at] as SuggestionPart;
    const next = parts[at + 1];
    if (part.what === 'deletion' && next?.what === 'insertion') {
      sentences.push(`Replace ${quoted(part.words)} with ${quoted(next.words)}`);
      at += 1;
    } else sentences.push(partWords(part));
  }
  const distinct = sentences.filter((sentence, at) => sentence !== sentences[at - 1]);
  return distinct.length === 0 ? 'Nothing is left of it' : distinct.join('; ');
}

function partWords(part: SuggestionPart): string {
  switch (part.what) {
    case 'insertion':
      return `Add ${quoted(part.words)}`;
    case 'deletion':
      return part.words === ''
        ? 'The words that were to go are gone already'
        : `Take out ${quoted(part.words)}`;
    case 'styling':
      return styleWords(quoted(part.words), part.style, part.value);
    case 'seam':
      return seamWords(part);
  }
}

function styleWords(words: string, style: 'bold' | 'italic' | 'link', value: string): string {
  if (style === 'link') return value === '' ? `No link on ${words}` : `Link ${words} to ${value}`;
  const name = style === 'bold' ? 'bold' : 'italics';
  return value === 'on' ? `Set ${words} in ${name}` : `No ${name} for ${words}`;
}

const LISTS = {
  bulletList: 'Make it an item with a bullet',
  orderedList: 'Make it a numbered item',
  taskList: 'Make it an item to tick',
  none: 'Take it out of the list',
} as const;

function seamWords({ op, value }: Seam): string {
  switch (op) {
    case 'split':
      return value.startsWith('heading') ? 'Start a heading here' : 'Start a new paragraph here';
    case 'join':
      return 'Join the paragraph to the one before';
    case 'kind':
      return value === 'paragraph' ? 'Make the heading plain text' : 'Make it a heading';
    case 'list':
      return LISTS[value];
    case 'drop':
      return value === 'row' ? 'Remove the row' : 'Remove the paragraph';
    case 'break':
      return 'Start a new line';
    case 'unbreak':
      return 'Go on in the same line';
    case 'row':
      return 'Add a row below';
  }
}

function quoted(words: string): string {
  const plain = words.replace(/\s+/gu, ' ');
  const letters = [...plain];
  return letters.length <= MOST_SHOWN ? `“${plain}”` : `“${letters.slice(0, MOST_SHOWN).join('')}…”`;
}
