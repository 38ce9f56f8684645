import { plainCharacters } from './plain-characters.ts';
import type { FieldValues, ProseMirrorJson } from './reading.ts';

const INLINE = new Set(['text', 'hardBreak', 'reference']);

/** @returns the words alone: one line for each paragraph, heading or cell */
export function plainText(json: ProseMirrorJson): string {
  const lines: string[] = [];
  collect(json, lines);
  return plainCharacters(lines.join('\n'));
}

function collect(node: ProseMirrorJson, lines: string[]): void {
  const content = node.content ?? [];
  if (content.some((child) => INLINE.has(child.type))) {
    lines.push(content.map(inlineText).join(''));
    return;
  }
  if (content.length === 0 && node.type === 'paragraph') lines.push('');
  for (const child of content) collect(child, lines);
}

function inlineText(node: ProseMirrorJson): string {
  if (node.type === 'text') return node.text ?? '';
  if (node.type === 'hardBreak') return '\n';
  return (node.content ?? []).map(inlineText).join('');
}

const WORD = /[\p{L}\p{N}\p{M}]+(?:[-'’.,/][\p{L}\p{N}\p{M}]+)*/gu;

/**
 * @returns how many words a person would count: "well-known", "don't", "3.5" and
 *   "2024/25" are one each (a rule, not Intl.Segmenter, which splits hyphens and
 *   differs between browsers)
 */
export function countWords(text: string): number {
  let words = 0;
  WORD.lastIndex = 0;
  while (WORD.test(text)) words += 1;
  return words;
}

/** @returns the words of a whole block: its running text and its text fields */
export function blockWords(text: ProseMirrorJson, values: FieldValues): number {
  const fields = Object.entries(values).filter(([key]) => key.startsWith('field/'));
  return fields.reduce((sum, [, value]) => sum + countWords(String(value)), countWords(plainText(text)));
}
