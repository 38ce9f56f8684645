import { useEffect, useRef, useState } from 'react';
import {
  type FieldPlace,
  LONG_TEXT_CHARACTERS,
  SHORT_TEXT_CHARACTERS,
  textKey,
} from '../../../shared/document/block-parts.ts';
import type {
  LongTextField as LongText,
  ShortTextField as ShortText,
} from '../../../shared/framework/framework.ts';
import { bindText } from '../bound-text.ts';
import { FieldFrame, ReadValue } from './FieldFrame.tsx';
import { useForm } from './field-presence.ts';
import { useSharedText } from './field-values.ts';
import styles from './fields.module.css';

interface TextFieldProps<F> {
  field: F;
  place: FieldPlace;
  audience?: string | null;
}

/** Binds an element to the Y.Text of a field. @returns why the last edit was refused, or null */
function useBoundText(
  element: { current: HTMLInputElement | HTMLTextAreaElement | null },
  key: string,
  limit: number,
) {
  const { replica } = useForm();
  const [refusal, setRefusal] = useState<string | null>(null);
  useEffect(() => {
    const input = element.current;
    if (!input) return;
    return bindText(input, replica.doc.getText(key), {
      undo: replica.undo,
      limit,
      refuse: setRefusal,
      // the box grows with a copy of its text, see fields.module.css
      shown: (value) => input.parentElement?.setAttribute('data-text', value),
    });
  }, [element, replica, key, limit]);
  return refusal;
}

/** One line of text, co-edited letter by letter. */
export function ShortTextField({ field, place, audience }: TextFieldProps<ShortText>) {
  const { replica, editable } = useForm();
  const key = textKey(place);
  return editable ? (
    <ShortTextInput field={field} place={place} audience={audience} />
  ) : (
    <FieldFrame field={field} fieldKey={key} audience={audience}>
      {() => <ReadText doc={replica.doc} name={key} />}
    </FieldFrame>
  );
}

function ShortTextInput({ field, place, audience }: TextFieldProps<ShortText>) {
  const key = textKey(place);
  const input = useRef<HTMLInputElement>(null);
  const refusal = useBoundText(input, key, SHORT_TEXT_CHARACTERS);
  return (
    <FieldFrame field={field} fieldKey={key} hint={refusal} audience={audience}>
      {({ id, describedBy }) => (
        <input
          ref={input}
          id={id}
          type="text"
          className={styles.input}
          aria-describedby={describedBy}
          aria-required={field.required}
          autoComplete="off"
        />
      )}
    </FieldFrame>
  );
}

/** Several lines of text; the box is as high as what it holds. */
export function LongTextField({ field, place, audience }: TextFieldProps<LongText>) {
  const { replica, editable } = useForm();
  const key = textKey(place);
  return editable ? (
    <LongTextInput field={field} place={place} audience={audience} />
  ) : (
    <FieldFrame field={field} fieldKey={key} wide audience={audience}>
      {() => <ReadText doc={replica.doc} name={key} lines />}
    </FieldFrame>
  );
}

function LongTextInput({ field, place, audience }: TextFieldProps<LongText>) {
  const key = textKey(place);
  const input = useRef<HTMLTextAreaElement>(null);
  const refusal = useBoundText(input, key, LONG_TEXT_CHARACTERS);
  return (
    <FieldFrame field={field} fieldKey={key} wide hint={refusal} audience={audience}>
      {({ id, describedBy }) => (
        <div className={styles.grows}>
          <textarea
            ref={input}
            id={id}
            rows={1}
            className={styles.input}
            aria-describedby={describedBy}
            aria-required={field.required}
          />
        </div>
      )}
    </FieldFrame>
  );
}

function ReadText({
  doc,
  name,
  lines = false,
}: {
  doc: Parameters<typeof useSharedText>[0];
  name: string;
  lines?: boolean;
}) {
  return <ReadValue lines={lines}>{useSharedText(doc, name)}</ReadValue>;
}
