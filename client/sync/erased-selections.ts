/** What comments that wait on this device say of the words that they are about. */
import { ERASED_HERE } from '../../shared/quotes/placeholder.ts';
import { WAITING_ANSWERS } from './waiting-answers.ts';

/** What stands in the text in their place. */
const UNTOLD = { quote: ERASED_HERE, prefix: '', suffix: '' } as const;

/**
 * @param blocks whose words were erased
 * @returns the same where no waiting comment, or begun one, tells words that were selected there; what
 *   somebody wrote themselves stays
 */
export function withoutSelected(key: string, value: unknown, blocks: ReadonlySet<string>): unknown {
  if (!key.startsWith(WAITING_ANSWERS) || !Array.isArray(value)) return value;
  let changed = false;
  const left = value.map((one: unknown) => {
    const next = without(one, blocks, null);
    if (next !== one) changed = true;
    return next;
  });
  return changed ? left : value;
}

/** @param block in whose comment it stands; null until it is known */
function without(value: unknown, blocks: ReadonlySet<string>, block: string | null): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  const own = typeof fields.blockId === 'string' ? fields.blockId : block;
  let changed = false;
  const entries = Object.entries(fields).map(([name, field]): [string, unknown] => {
    const next =
      name === 'selected' && own !== null && blocks.has(own)
        ? { ...(field as object), ...UNTOLD }
        : without(field, blocks, own);
    if (next !== field) changed = true;
    return [name, next];
  });
  return changed ? Object.fromEntries(entries) : value;
}
