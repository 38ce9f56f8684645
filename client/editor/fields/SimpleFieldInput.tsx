import type { FieldPlace } from '../../../shared/document/block-parts.ts';
import type { SimpleField } from '../../../shared/framework/framework.ts';
import { ChecklistField, ChoiceField, ManyChoicesField, YesNoField } from './ChoiceFields.tsx';
import { LongTextField, ShortTextField } from './TextFields.tsx';
import { DateField, NumberField } from './ValueFields.tsx';

/** Draws one field by its kind. */
export function SimpleFieldInput({
  field,
  place,
  audience = null,
}: {
  field: SimpleField;
  place: FieldPlace;
  audience?: string | null;
}) {
  switch (field.kind) {
    case 'short-text':
      return <ShortTextField field={field} place={place} audience={audience} />;
    case 'long-text':
      return <LongTextField field={field} place={place} audience={audience} />;
    case 'number':
      return <NumberField field={field} place={place} audience={audience} />;
    case 'date':
      return <DateField field={field} place={place} audience={audience} />;
    case 'choice':
      return <ChoiceField field={field} place={place} audience={audience} />;
    case 'many-choices':
      return <ManyChoicesField field={field} place={place} audience={audience} />;
    case 'yes-no':
      return <YesNoField field={field} place={place} audience={audience} />;
    case 'checklist':
      return <ChecklistField field={field} place={place} audience={audience} />;
  }
}
