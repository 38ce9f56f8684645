/** A page for the tests: the same block twice, as two people see it, on one wire. */
import type { Editor } from '@tiptap/core';
import { StrictMode, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import '../../../client/ui/fonts.css';
import '../../../client/ui/tokens.css';
import '../../../client/ui/theme.css';
import { BlockEditor } from '../../../client/editor/BlockEditor.tsx';
import { FieldForm } from '../../../client/editor/FieldForm.tsx';
import { showHighlight } from '../../../client/editor/find-highlight.ts';
import { findInBlock } from '../../../client/editor/find-replace.ts';
import { PromptList } from '../../../client/editor/PromptList.tsx';
import { cleanPastedHtml } from '../../../client/editor/paste-cleaning.ts';
import { ReadingView } from '../../../client/editor/ReadingView.tsx';
import { toHtml } from '../../../shared/document/html.ts';
import { mendShape } from '../../../shared/document/mending.ts';
import { fieldValues, promptMarks, readText } from '../../../shared/document/reading.ts';
import { findMisshapen } from '../../../shared/document/shape.ts';
import { bringForeign, type ForeignKind } from './foreign.ts';
import { makeReplica, RUTH, seed, TOM, Wire } from './replicas.ts';
import { everyField } from './section.ts';
import { storm } from './storm.ts';

/** As the server knows them. */
const people = { ruth: { ...RUTH }, tom: { ...TOM } };
const ruth = makeReplica(101);
const tom = makeReplica(202);
seed(ruth);
const wire = new Wire(ruth, people.ruth, tom, people.tom);
const editors: { ruth: Editor | null; tom: Editor | null } = { ruth: null, tom: null };
const focusHeard: string[] = [];
let setShown: (shown: Shown) => void = () => undefined;

interface Shown {
  readonly editors: boolean;
  readonly editable: boolean;
  readonly html: string | null;
}

function Side({ name, shown }: { name: 'ruth' | 'tom'; shown: Shown }) {
  const replica = name === 'ruth' ? ruth : tom;
  const person = name === 'ruth' ? RUTH : TOM;
  return (
    <section
      id={name}
      aria-label={person.name}
      style={{ width: 680, maxWidth: '100%', padding: '24px 20px 48px' }}
    >
      <h2 className="heard-only">2.4 Observing</h2>
      <PromptList section={everyField} replica={replica} editable={shown.editable} foldKey={`${name}.2.4`} />
      <FieldForm section={everyField} replica={replica} editable={shown.editable} />
      <div style={{ marginTop: 16 }}>
        {shown.html !== null ? (
          <ReadingView html={shown.html} />
        ) : shown.editors ? (
          <BlockEditor
            replica={replica}
            person={person}
            editable={shown.editable}
            label={`2.4 Observing, ${person.name}`}
            onFocusChange={(focused) => focusHeard.push(`${name} ${focused}`)}
            onEditor={(editor) => {
              editors[name] = editor;
            }}
          />
        ) : null}
      </div>
    </section>
  );
}

function Page() {
  const [shown, set] = useState<Shown>({ editors: true, editable: true, html: null });
  setShown = (next) => flushSync(() => set(next));
  const one = new URLSearchParams(location.search).has('one');
  return (
    <main style={{ display: 'flex', flexWrap: 'wrap', gap: 24 }}>
      <h1 className="heard-only">Two writers</h1>
      <Side name="ruth" shown={shown} />
      {one ? null : <Side name="tom" shown={shown} />}
    </main>
  );
}

/** As the browser does when somebody pastes. @returns whether the page took it upon itself */
function paste(target: EventTarget, clip: { html?: string; text?: string }): boolean {
  const clipboardData = new DataTransfer();
  if (clip.html !== undefined) clipboardData.setData('text/html', clip.html);
  if (clip.text !== undefined) clipboardData.setData('text/plain', clip.text);
  return !target.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
  );
}

const harness = {
  people,
  ruth,
  tom,
  wire,
  editors,
  focusHeard,
  show: (next: Partial<Shown>) => setShown({ editors: true, editable: true, html: null, ...next }),
  text: (name: 'ruth' | 'tom') => readText(harness[name].doc),
  html: (name: 'ruth' | 'tom') => toHtml(readText(harness[name].doc)),
  values: (name: 'ruth' | 'tom') => fieldValues(harness[name].doc),
  clean: cleanPastedHtml,
  storm: (seed: number, steps: number) => storm(harness, seed, steps),
  find: (name: 'ruth' | 'tom', text: string, current: number | null) => {
    const query = { text, matchCase: false, wholeWord: false, matchAccents: false };
    const editor = harness.editors[name] as Editor;
    showHighlight(editor, text === '' ? null : { query, current });
    return findInBlock(harness[name].doc, everyField, query).length;
  },
  paste: (name: 'ruth' | 'tom', clip: { html?: string; text?: string }) =>
    paste((harness.editors[name] as Editor).view.dom, clip),
  marks: (name: 'ruth' | 'tom') => promptMarks(harness[name].doc),
  bring: (kind: ForeignKind) => bringForeign(ruth, tom, kind),
  /** As the server does, for both. @returns the words that went with it */
  mend: () => {
    const gone = mendShape(ruth.doc, findMisshapen(ruth.doc));
    return gone.map(({ words }) => words);
  },
  state: (name: 'ruth' | 'tom') => JSON.stringify(harness[name].doc.getXmlFragment('content').toString()),
};
export type Harness = typeof harness;
(window as unknown as { harness: Harness }).harness = harness;

createRoot(document.getElementById('page') as HTMLElement).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
