import { AGES, type Age } from '../../shared/quotes/consent.ts';
import { NAMINGS, type Naming } from '../../shared/quotes/naming.ts';
import type { Tables } from '../ports/tables.ts';

/** @returns how somebody chose to be named, or the team proposes; whether it holds, `loadNamings` says */
export function namingOf(row: Tables['speakers']): Naming {
  return NAMINGS.find((naming) => naming === row.naming) ?? 'anonymous';
}

export function ageOf(row: Tables['speakers'] | undefined): Age {
  return AGES.find((age) => age === row?.age) ?? 'not-known';
}
