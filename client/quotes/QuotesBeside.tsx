import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import { useCasePage, useWatched } from '../case-study/case-page-state.ts';
import type { CaseSection } from '../case-study/case-sections.ts';
import { namesHere } from '../editor/names-here.ts';
import { newId } from '../ui/new-id.ts';
import { showToast } from '../ui/toast.ts';
import { CaptureDialog, type Captured } from './CaptureDialog.tsx';
import { ChangeTheirWords } from './ChangeTheirWords.tsx';
import { CaseQuotesHere, type LiftedQuote } from './case-quotes.ts';
import { isConfirmed, whoSpeaks } from './known-quotes.ts';
import { markCaptured } from './marked-words.ts';
import { QuoteCard } from './QuoteCard.tsx';
import './quote-chips.css';
import { goOn, holdForCapture } from './quote-part.ts';
import { putWords } from './restored-words.ts';
import { StaticChips } from './StaticChips.tsx';
import { outboxOf, useKnownQuotes } from './use-quotes.ts';
import { useSoughtQuote } from './use-sought-quote.ts';

/** The quotes of a case beside its texts: chips, cards, capturing. Fetched once the first text can be written in. */
export default function QuotesBeside(props: {
  readonly detail: CaseDetail;
  readonly sections: readonly CaseSection[];
}): ReactNode {
  const { detail, sections } = props;
  const page = useCasePage();
  const known = useKnownQuotes(detail.id);
  const [here] = useState(() => new CaseQuotesHere(newId));
  const lifted = useWatched(here.lifted);
  const mayQuote = detail.acts.includes('keep-quotes') && detail.deletedAt === null;
  const names = useWatched(namesHere);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever is named otherwise stands so in the words of quotes
  useEffect(() => here.setKnown(known), [here, known, names]);

  const texts = useMemo(
    () =>
      sections
        .filter(({ section, state }) => section.prose && state.notApplicable === null)
        .map(({ blockId, state }) => `${blockId} ${mayQuote && includesAccess(state.access, 'write')}`),
    [sections, mayQuote],
  );
  const textsKey = texts.join('\n');
  useEffect(() => {
    const ends = textsKey.split('\n').flatMap((text) => {
      const [blockId, may] = text.split(' ');
      if (!blockId) return [];
      const editor = page.editor(blockId);
      let detach = () => {};
      const follow = () => {
        detach();
        const now = editor.get();
        detach = now && !now.isDestroyed ? here.attach(blockId, now, may === 'true') : () => {};
      };
      const unwatch = editor.watch(follow);
      follow();
      return [unwatch, () => detach()];
    });
    return () => {
      for (const end of ends) end();
    };
  }, [page, here, textsKey]);

  useSoughtQuote(here, known, sections);
  const close = () => here.lifted.set(null);
  return (
    <>
      {known.quotes.size > 0 && <StaticChips caseId={detail.id} known={known} />}
      {lifted && <Lifted {...{ detail, sections, here, lifted, close }} />}
    </>
  );
}

function Lifted(props: {
  readonly detail: CaseDetail;
  readonly sections: readonly CaseSection[];
  readonly here: CaseQuotesHere;
  readonly lifted: LiftedQuote;
  readonly close: () => void;
}) {
  const { detail, here, lifted, close } = props;
  const standings = useWatched(here.standings);
  const known = useKnownQuotes(detail.id);
  const section = props.sections.find(({ blockId }) => blockId === lifted.blockId);
  const powers = {
    mayQuote: detail.acts.includes('keep-quotes'),
    mayFindFair: detail.acts.includes('find-fair'),
  };
  switch (lifted.kind) {
    case 'capture': {
      const end = () => {
        if (!lifted.editor.isDestroyed) holdForCapture(lifted.editor.view, null);
        close();
      };
      return (
        <CaptureDialog
          known={withSchools(known, detail)}
          blockId={lifted.blockId}
          schoolId={section?.school?.id ?? null}
          schoolWrites={section?.state.schoolAccess === 'write'}
          words={lifted.words}
          alone={lifted.alone}
          overlaps={lifted.overlaps}
          marked={lifted.marked}
          onClose={end}
          onCapture={(captured: Captured) => {
            const problem = lifted.marked ? null : markCaptured(lifted.editor, captured);
            if (problem !== null) return problem;
            void outboxOf(detail.id).add(captured.capture);
            end();
            return null;
          }}
        />
      );
    }
    case 'guard': {
      const keep = () => {
        close();
        lifted.editor.view.focus();
      };
      const standing = standings.get(lifted.blockId)?.find(({ use }) => use.use === lifted.use.use);
      const whose = whoSpeaks(known, lifted.use.quote) || 'somebody';
      return (
        <ChangeTheirWords
          words={{ whose, confirmed: standing !== undefined && isConfirmed(standing) }}
          onClose={keep}
          onConfirm={() => {
            keep();
            goOn(lifted.editor.view, lifted.use.use, lifted.held);
          }}
        />
      );
    }
    case 'card': {
      const standing = standings.get(lifted.blockId)?.find(({ use }) => use.use === lifted.use);
      if (!standing) return null;
      const editor = here.editorOf(lifted.blockId);
      return (
        <QuoteCard
          key={lifted.use}
          caseId={detail.id}
          {...{ known, standing, powers }}
          blockId={section && includesAccess(section.state.access, 'comment') ? section.blockId : null}
          putWords={(words) => {
            if (!editor?.isEditable) return false;
            const done = putWords(editor.view, lifted.use, words);
            if (done) showToast({ text: 'The words stand in the text again.' });
            return done;
          }}
          onName={
            powers.mayQuote && editor?.isEditable
              ? () =>
                  here.lifted.set({
                    kind: 'capture',
                    blockId: lifted.blockId,
                    editor,
                    words: standing.use.wording,
                    alone: false,
                    overlaps: [],
                    marked: { quote: lifted.quote, use: lifted.use },
                  })
              : null
          }
          onClose={close}
        />
      );
    }
  }
}

/** Schools of the case stand in its own record, also where that of its quotes is not here yet. */
function withSchools(known: ReturnType<typeof useKnownQuotes>, detail: CaseDetail) {
  return known.schools.length > 0
    ? known
    : { ...known, schools: detail.schools.map(({ id, name }) => ({ id, name })) };
}
