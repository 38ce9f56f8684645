import type { Dice } from '../support/dice.ts';
import { type Span, type Token, type Tokens, writeTokens } from './update-tokens.ts';

const NUMBERS = [
  0,
  1,
  2,
  3,
  7,
  127,
  128,
  2 ** 14,
  2 ** 24,
  2 ** 24 + 1,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 50,
  2 ** 53 - 1,
];
const TEXTS = [
  '',
  'x',
  '__proto__',
  'constructor',
  'content',
  'fields',
  'field/x',
  'elsewhere',
  'null',
  '{',
  '[[[[]]]]',
  '😀',
  'x'.repeat(300),
];
const RAW = [
  [0xff],
  [0x80, 0x00],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
  [0x03, 0xed, 0xa0, 0x80],
  [118, 1, 1, 0x61, 126],
  [117, 3, 117, 1, 117, 0],
  [116, 1, 0],
  [122, 0, 0, 0, 0, 0, 0, 0, 1],
  [...Array(80).fill([117, 1]).flat(), 126],
].map((bytes) => Uint8Array.from(bytes));

/** An update that differs from an honest one in one to four things that somebody hostile could change. */
export function mutant(honest: Tokens, dice: Dice): Uint8Array {
  const isMoved = honest.spans.length > 0 && dice.once(3);
  const tokens = isMoved ? withSpanMoved(honest, dice) : honest.tokens.slice();
  for (let changes = isMoved ? dice.roll(3) : 1 + dice.roll(4); changes > 0; changes--)
    changeToken(tokens, dice);
  const bytes = writeTokens(tokens);
  if (!dice.once(6) || bytes.length === 0) return bytes;
  return changeBytes(bytes, dice);
}

/** Takes a span out, doubles it, or changes it for another; the count before it may be mended. */
function withSpanMoved({ tokens, spans }: Tokens, dice: Dice): Token[] {
  const span = dice.pick(spans);
  const alike = spans.filter(({ kind }) => kind === span.kind);
  const other = dice.pick(alike);
  const own = tokens.slice(span.from, span.to);
  const result = tokens.slice();
  switch (dice.roll(3)) {
    case 0:
      result.splice(span.from, own.length);
      if (!dice.once(4)) mendCount(result, span, -1);
      return result;
    case 1:
      result.splice(other.from, 0, ...own);
      if (!dice.once(4)) mendCount(result, other, 1);
      return result;
    default: {
      const [first, second] = span.from < other.from ? [span, other] : [other, span];
      if (first.to > second.from) return result;
      return [
        ...tokens.slice(0, first.from),
        ...tokens.slice(second.from, second.to),
        ...tokens.slice(first.to, second.from),
        ...tokens.slice(first.from, first.to),
        ...tokens.slice(second.to),
      ];
    }
  }
}

function mendCount(tokens: Token[], span: Span, by: number): void {
  const role = span.kind === 'struct' ? 'structs' : span.kind === 'section' ? 'sections' : 'deleting-clients';
  for (let at = Math.min(span.from, tokens.length) - 1; at >= 0; at--) {
    const token = tokens[at] as Token;
    if (token.role !== role) continue;
    tokens[at] = { role, value: Math.max(0, (token.value as number) + by) };
    return;
  }
}

function changeToken(tokens: Token[], dice: Dice): void {
  const at = dice.roll(tokens.length);
  const token = tokens[at] as Token;
  const alike = tokens.filter(({ role }) => role === token.role);
  const { role } = token;
  switch (dice.roll(8)) {
    case 0:
      tokens.splice(at, 1);
      return;
    case 1:
      tokens.splice(at, 0, token);
      return;
    case 2:
      tokens[at] = { role, value: dice.pick(RAW) };
      return;
    case 3:
    case 4:
      tokens[at] = dice.pick(alike);
      return;
    default:
      if (typeof token.value === 'number') tokens[at] = { role, value: otherNumber(token.value, role, dice) };
      else tokens[at] = { role, value: dice.once(2) ? dice.pick(TEXTS) : dice.pick(RAW) };
  }
}

function otherNumber(value: number, role: Token['role'], dice: Dice): number {
  if (role === 'info') return dice.once(2) ? value ^ (1 << dice.roll(8)) : dice.roll(256);
  if (dice.once(3)) return dice.pick(NUMBERS);
  return Math.max(0, value + dice.pick([-3, -2, -1, 1, 2, 3, 10]));
}

function changeBytes(bytes: Uint8Array, dice: Dice): Uint8Array {
  const changed = bytes.slice();
  switch (dice.roll(4)) {
    case 0:
      return changed.slice(0, dice.roll(changed.length));
    case 1:
      return Uint8Array.from([...changed, ...dice.pick(RAW)]);
    default:
      for (let flips = 1 + dice.roll(3); flips > 0; flips--) {
        const at = dice.roll(changed.length);
        changed[at] = dice.once(2) ? dice.roll(256) : (changed[at] as number) ^ (1 << dice.roll(8));
      }
      return changed;
  }
}
