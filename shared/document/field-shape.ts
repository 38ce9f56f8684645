/**
 * The fields of a block: plain texts and single values under keys of a known form. Not
 * whether this framework asks for such a field: another version of it did, perhaps, and
 * what was written there is kept.
 */
import * as Y from 'yjs';
import { LONG_TEXT_CHARACTERS } from './block-parts.ts';
import { heldBy, type Misshapen, type SharedType, standing } from './misshapen.ts';

const ID = '[\\p{L}\\p{N}._-]{1,80}';
const PLACE = `${ID}(?:/${ID}/${ID})?`;
const TEXT_KEY = new RegExp(`^field/${PLACE}$`, 'u');
const VALUE_KEY = new RegExp(`^(?:(?:value|year|source)/${PLACE}|row/${ID}/${ID})$`, 'u');
const OPTION_KEY = new RegExp(`^option/${PLACE}/${ID}$`, 'u');
const PROMPT_KEY = new RegExp(`^prompt/${ID}$`, 'u');

/** @returns whether a single value may stand so in `fields` */
export function isFieldValue(key: string, value: unknown): boolean {
  if (OPTION_KEY.test(key)) return value === true;
  if (PROMPT_KEY.test(key)) return value === 'answered' || value === 'ask';
  return VALUE_KEY.test(key) && typeof value === 'string' && value.length <= LONG_TEXT_CHARACTERS;
}

/** What cannot be held in the map of single values. */
export function fieldFaults(fields: SharedType): Misshapen[] {
  const found: Misshapen[] = [];
  for (const item of standing(fields)) found.push({ edit: 'remove', item, bearable: true });
  for (const [key, item] of fields._map) {
    if (item.deleted || isFieldValue(key, heldBy(item))) continue;
    found.push({ edit: 'remove', item, bearable: true });
  }
  return found;
}

/** What cannot be held in a text field: all that is not plain text; of a part that no block has, everything. */
export function textFieldFaults(name: string, text: SharedType): Misshapen[] {
  const known = TEXT_KEY.test(name);
  const found: Misshapen[] = [];
  for (const item of standing(text)) {
    if (known && item.content instanceof Y.ContentString) continue;
    found.push({ edit: 'remove', item, bearable: true });
  }
  for (const item of text._map.values()) {
    if (!item.deleted) found.push({ edit: 'remove', item, bearable: true });
  }
  return found;
}
