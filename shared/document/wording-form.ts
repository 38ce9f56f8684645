/** When two wordings are the same, and what no wording may hold. */

/** Length limit of a wording, Unicode characters (code points). */
export const MOST_WORDING = 2_000;

/** @returns equal strings for wordings that are the same: by Unicode's composed form, and white space as one space */
export function wordingKey(wording: string): string {
  return wording.normalize('NFC').replace(/\s+/gu, ' ').trim().normalize('NFC');
}

/** A character that is not seen, or moves others. */
export interface NamedCharacter {
  /** As Unicode writes it, such as `U+200B`. */
  readonly code: string;
  readonly name: string;
}

export type WordingFault =
  | { readonly fault: 'empty' }
  | { readonly fault: 'too-long'; readonly characters: number }
  /** Letters that nobody sees: what is verified would not be what was read. */
  | { readonly fault: 'hidden'; readonly characters: readonly NamedCharacter[] }
  /** They let words be read in another order than they stand in. */
  | { readonly fault: 'direction'; readonly characters: readonly NamedCharacter[] };

/** @returns what keeps words from being sent to their speaker; nothing for words that can be */
export function wordingFaults(wording: string): readonly WordingFault[] {
  const faults: WordingFault[] = [];
  const characters = [...wordingKey(wording)].length;
  if (!SEEN.test(wording)) faults.push({ fault: 'empty' });
  if (characters > MOST_WORDING) faults.push({ fault: 'too-long', characters });
  const found = unseen(wording);
  const direction = found.filter((character) => DIRECTION.test(character));
  const hidden = found.filter((character) => !DIRECTION.test(character));
  if (hidden.length > 0) faults.push({ fault: 'hidden', characters: hidden.map(named) });
  if (direction.length > 0) faults.push({ fault: 'direction', characters: direction.map(named) });
  return faults;
}

/** @returns the fault in plain words */
export function wordingFaultWords(fault: WordingFault): string {
  switch (fault.fault) {
    case 'empty':
      return 'There are no words in it.';
    case 'too-long':
      return `It has ${fault.characters} characters; ${MOST_WORDING} is the most that one person is asked to read.`;
    case 'hidden':
      return `It holds characters that nobody sees: ${listed(fault.characters)}. Delete them, or type the words anew.`;
    case 'direction':
      return `It holds characters that change the order in which words are read: ${listed(fault.characters)}. Delete them.`;
  }
}

function listed(characters: readonly NamedCharacter[]): string {
  return characters.map(({ code, name }) => `${name} (${code})`).join(', ');
}

/** Something that is seen. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** What Unicode says is not drawn, and what most fonts draw as nothing; white space is not among it. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2800\ufeff]/u;
const LINES = /[\t\n\r]/;
/** Scripts in which joiners change how letters are drawn. */
const JOINING =
  /[\p{sc=Arab}\p{sc=Syrc}\p{sc=Mong}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}]/u;
const PICTURE = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f/u;

/** Each once, in order. */
function unseen(wording: string): string[] {
  const characters = [...wording];
  const found = new Set<string>();
  characters.forEach((character, at) => {
    if (!UNSEEN.test(character) || LINES.test(character)) return;
    if (!belongs(character, characters, at)) found.add(character);
  });
  return [...found];
}

/** Joiners and selectors that draw the sign beside them are part of it. */
function belongs(character: string, characters: readonly string[], at: number): boolean {
  const before = characters[at - 1] ?? '';
  const after = characters[at + 1] ?? '';
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x200d && PICTURE.test(before) && PICTURE.test(after)) return true;
  if (code === 0x200c || code === 0x200d) return JOINING.test(before) && JOINING.test(after);
  if (code === 0xfe0e || code === 0xfe0f) return PICTURE.test(before) || /[0-9#*]/.test(before);
  if (code >= 0xe0100 && code <= 0xe01ef) return /\p{sc=Han}/u.test(before);
  if (code >= 0xe0020 && code <= 0xe007f) return isFlag(characters, at);
  return false;
}

/** Flags such as that of Wales are a black flag with letters that are not drawn, and an end. */
function isFlag(characters: readonly string[], at: number): boolean {
  let first = at;
  while (/[\u{e0020}-\u{e007f}]/u.test(characters[first - 1] ?? '')) first -= 1;
  let last = at;
  while (/[\u{e0020}-\u{e007f}]/u.test(characters[last + 1] ?? '')) last += 1;
  return characters[first - 1] === '\u{1f3f4}' && characters[last] === '\u{e007f}' && last - first <= 6;
}

const NAMES: Readonly<Record<string, string>> = {
  '\u00ad': 'soft hyphen',
  '\u034f': 'grapheme joiner',
  '\u061c': 'Arabic letter mark',
  '\u200b': 'zero width space',
  '\u200c': 'zero width non-joiner',
  '\u200d': 'zero width joiner',
  '\u200e': 'left-to-right mark',
  '\u200f': 'right-to-left mark',
  '\u202a': 'left-to-right embedding',
  '\u202b': 'right-to-left embedding',
  '\u202c': 'end of a change of direction',
  '\u202d': 'left-to-right override',
  '\u202e': 'right-to-left override',
  '\u2060': 'word joiner',
  '\u2066': 'left-to-right isolate',
  '\u2067': 'right-to-left isolate',
  '\u2068': 'first strong isolate',
  '\u2069': 'end of an isolate',
  '\u2800': 'empty braille pattern',
  '\u3164': 'Hangul filler',
  '\ufeff': 'byte order mark',
};

function named(character: string): NamedCharacter {
  const digits = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return { code: `U+${digits}`, name: NAMES[character] ?? kindOf(character) };
}

function kindOf(character: string): string {
  if (/\p{Cc}/u.test(character)) return 'control character';
  if (/\p{Cs}/u.test(character)) return 'half of a character';
  if (/[\p{Co}\p{Cn}]/u.test(character)) return 'character without a meaning';
  return 'invisible character';
}
