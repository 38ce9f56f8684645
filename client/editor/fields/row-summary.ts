import type { FieldValues } from '../../../shared/document/reading.ts';
import type { GroupField, SimpleField } from '../../../shared/framework/framework.ts';
import { saidIn } from './said-words.ts';

/** A row in one line. */
export interface RowSummary {
  /** Its first words; empty where none are written. */
  readonly words: string;
  /** What was first chosen in it, as `Needed, Used`; empty where nothing was. */
  readonly kind: string;
}

/** Letters of the first words; the line is cut where it ends anyway. */
const MOST = 160;

export function rowSummary(group: GroupField, rowId: string, values: FieldValues): RowSummary {
  const said = (field: SimpleField) =>
    saidIn(field, { fieldId: field.id, row: { groupId: group.id, rowId } }, values)
      .replace(/\s+/g, ' ')
      .trim();
  const texts = group.fields.filter(isText).map(said);
  const kinds = group.fields.filter(saysKind).map(said);
  return {
    words: (texts.find((text) => text !== '') ?? '').slice(0, MOST),
    kind: kinds.find((kind) => kind !== '') ?? '',
  };
}

function isText({ kind }: SimpleField): boolean {
  return kind === 'short-text' || kind === 'long-text';
}

/** A bare yes says nothing without its question, and a checklist says too much. */
function saysKind({ kind }: SimpleField): boolean {
  return kind === 'choice' || kind === 'many-choices' || kind === 'number' || kind === 'date';
}
