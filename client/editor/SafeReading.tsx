import { useEffect, useState } from 'react';
import type * as Y from 'yjs';
import { toHtml } from '../../shared/document/html.ts';
import { readText } from '../../shared/document/reading.ts';
import styles from './BlockEditor.module.css';
import { drawnHere } from './names-here.ts';
import { ReadingView } from './ReadingView.tsx';

/** Milliseconds after a change until the text is read again. */
const QUIET = 300;

/** A text that holds what no editor can, to be read until the server has put it right. */
export function SafeReading({ doc, label }: { readonly doc: Y.Doc; readonly label: string }) {
  const [html, setHtml] = useState(() => toHtml(drawnHere(readText(doc))));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onUpdate = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setHtml(toHtml(drawnHere(readText(doc))));
      }, QUIET);
    };
    doc.on('update', onUpdate);
    return () => {
      doc.off('update', onUpdate);
      clearTimeout(timer);
    };
  }, [doc]);
  return (
    <>
      <p className={styles.calm} role="status">
        Something in this text can’t be shown here. It is being put right; meanwhile the text can be read.
      </p>
      <ReadingView html={html} label={label} />
    </>
  );
}
