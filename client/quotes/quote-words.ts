import type { BoardWord } from '../../shared/quotes/board-words.ts';
import type { Age, Channel } from '../../shared/quotes/consent.ts';
import type { Naming } from '../../shared/quotes/naming.ts';
import type { AddressKind } from '../../shared/quotes/source.ts';
import type { ChipTone } from '../ui/Chip.tsx';

export const WORD_TONES: Readonly<Record<BoardWord, ChipTone>> = {
  'to-send': 'calm',
  waiting: 'wait',
  confirmed: 'good',
  'needs-you': 'bad',
  'not-used': 'calm',
};

export const NAMING_WORDS: Readonly<Record<Naming, string>> = {
  'name-and-role': 'Name and role',
  'role-only': 'Role alone',
  anonymous: 'Not at all',
};

export const AGE_WORDS: Readonly<Record<Age, string>> = {
  'sixteen-or-over': '16 or over',
  'under-sixteen': 'Under 16',
  'not-known': 'Not known',
};

export const ADDRESS_WORDS: Readonly<Record<AddressKind, string>> = {
  personal: 'Their own',
  shared: 'Shared, such as the office’s: then ask them by phone or on paper',
  none: 'None',
};

export const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
  print: 'In print',
  web: 'On the web',
  talks: 'In talks and training',
};

/** Spoken in schools here, by their BCP 47 codes; the first stands for the language of the case. */
export const LANGUAGES: readonly (readonly [code: string, name: string])[] = [
  ['', 'English'],
  ['ar', 'Arabic'],
  ['bn', 'Bengali'],
  ['zh', 'Chinese'],
  ['fr', 'French'],
  ['de', 'German'],
  ['gu', 'Gujarati'],
  ['it', 'Italian'],
  ['ku', 'Kurdish'],
  ['lt', 'Lithuanian'],
  ['ps', 'Pashto'],
  ['fa', 'Persian'],
  ['pl', 'Polish'],
  ['pt', 'Portuguese'],
  ['pa', 'Punjabi'],
  ['ro', 'Romanian'],
  ['gd', 'Scottish Gaelic'],
  ['so', 'Somali'],
  ['es', 'Spanish'],
  ['ta', 'Tamil'],
  ['tr', 'Turkish'],
  ['uk', 'Ukrainian'],
  ['ur', 'Urdu'],
  ['cy', 'Welsh'],
  ['und', 'Another one'],
];
