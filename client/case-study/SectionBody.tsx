import { memo, useEffect, useMemo, useRef, useState } from 'react';
import type { FieldValues } from '../../shared/document/reading.ts';
import { ReadingView } from '../editor/ReadingView.tsx';
import type { Replica } from '../sync/replica.ts';
import { Value } from '../sync/watched.ts';
import { useCasePage, useWatched } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import type { Mounting } from './editor-mounting.ts';
import { INVITATION, NOTHING_YET } from './invitation.ts';
import { readFacts, readHtml, watchQuietly } from './live-facts.ts';
import { SectionReading } from './SectionReading.tsx';
import styles from './SectionView.module.css';

type Writing = typeof import('./SectionWriting.tsx')['default'];

/**
 * What writing needs, null until it is here. Not by `lazy`: React holds back what
 * replaces a fallback for 300 ms, and the text stands there to be read anyway.
 */
const writingPart = new Value<{ readonly Section: Writing } | null>(null);
let fetching = false;

/** Fetches what writing needs while the case itself is still on its way. */
export function preloadWriting(): void {
  if (fetching) return;
  fetching = true;
  import('./SectionWriting.tsx').then(
    (part) => writingPart.set({ Section: part.default }),
    () => {
      // It can still be read; asked for again where the next section comes into view.
      fetching = false;
    },
  );
}

export interface SectionBodyProps {
  readonly section: CaseSection;
  /** As the server last read it, for as long as no open copy says better. */
  readonly html: string;
  readonly values: FieldValues;
  readonly replica: Replica | null;
  readonly mounting: Mounting;
  readonly editable: boolean;
  readonly suggestsOnly: boolean;
  /** Its text alone. */
  readonly sketch: boolean;
}

/** Prompts, fields and text of a section: read first, written in once an editor stands. */
export const SectionBody = memo(function SectionBody(props: SectionBodyProps) {
  const { section, replica, mounting, editable, suggestsOnly } = props;
  const html = useReadableText(props);
  // Once prompts and fields were live they stay; only the editor comes and goes.
  const wasLive = useRef(false);
  if (mounting === 'writing' && replica) wasLive.current = true;
  const page = useCasePage();
  const text = (
    <ReadingText
      html={html}
      invites={(editable || suggestsOnly) && section.section.prose}
      section={section}
    />
  );
  const reading = props.sketch ? (
    <div className={styles.text}>{text}</div>
  ) : (
    <SectionReading
      section={section}
      values={props.values}
      marks={page.factsOf(section).prompts}
      editable={editable}
      foldKey={page.foldKey(section.blockId)}
      text={text}
    />
  );
  const parts = useWatched(writingPart);
  if (props.sketch || !replica || !wasLive.current) return reading;
  if (!parts) {
    preloadWriting();
    return reading;
  }
  return (
    <parts.Section
      page={page}
      section={section}
      replica={replica}
      editable={editable}
      suggestsOnly={suggestsOnly}
      writing={mounting === 'writing'}
      reading={text}
    />
  );
});

function ReadingText(props: { html: string; invites: boolean; section: CaseSection }) {
  const page = useCasePage();
  const { section } = props;
  if (!section.section.prose) return null;
  if (props.html !== '') return <ReadingView html={props.html} label={section.full} />;
  if (!props.invites) return <p className={styles.invite}>{NOTHING_YET}</p>;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard reaches the editor itself
    <p className={styles.invite} onClick={() => page.mounting.ask(section.blockId)}>
      {INVITATION}
    </p>
  );
}

/** Keeps the section's facts current from its open copy; @returns its text as HTML for where no editor stands */
function useReadableText({ section, replica, mounting, html }: SectionBodyProps): string {
  const page = useCasePage();
  const [changes, setChanges] = useState(0);
  const writing = mounting === 'writing';
  const agreed = section.state.status === 'agreed' && !section.state.agreementStale;
  useEffect(() => {
    if (!replica) return;
    let first = true;
    return watchQuietly(replica.doc, () => {
      page.facts.set(section.blockId, readFacts(section.section, replica.doc));
      if (!writing) setChanges((count) => count + 1);
      if (agreed && !first) page.agreedTextChanged();
      first = false;
    });
  }, [page, replica, section.blockId, section.section, writing, agreed]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `changes` and `writing` say when the copy reads differently
  return useMemo(() => (replica ? readHtml(replica.doc) : html), [replica, html, changes, writing]);
}
