import { Link } from '@tanstack/react-router';
import type { CaseText } from '../../shared/api/cases.ts';
import type { ContactBlock } from '../../shared/api/contact.ts';
import type { ViewAs } from '../../shared/api/sharing.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { STAGE_NAMES } from '../../shared/permissions/access.ts';
import { ACCESS_WORDS } from '../../shared/permissions/sharing.ts';
import { type CaseSection, caseSections } from '../case-study/case-sections.ts';
import {
  caseProgress,
  factsFromServer,
  progressWords,
  ringOf,
  STANDING_WORDS,
  standingOf,
  wordsPhrase,
} from '../case-study/progress.ts';
import { Ring } from '../case-study/Ring.tsx';
import { ContactArticle } from '../contact/ContactArticle.tsx';
import CopySection from '../contact/CopySection.tsx';
import contactStyles from '../contact/contact.module.css';
import { Questions } from '../contact/Questions.tsx';
import { ReadSection } from '../contact/ReadSection.tsx';
import { useFramework } from '../frameworks/use-framework.ts';
import { FinishSeen } from '../information/FinishForm.tsx';
import { ProgressWords } from '../information/OwnProgress.tsx';
import { NotOpen } from '../studies/NotOpen.tsx';
import { useTopic } from '../sync/hooks.ts';
import { Chip } from '../ui/Chip.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Page } from '../ui/Page.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useRoute } from '../ui/query.ts';
import { isNotFound } from '../ui/request.ts';
import { copyAnswer } from './copy-answer.ts';
import { partOf } from './sharing-words.ts';
import styles from './view-as.module.css';

/** A case exactly as somebody who takes part in it gets it from the server, to be looked at. */
export default function ViewAsPage({ caseId, personId }: { caseId: string; personId: string }) {
  const reply = useRoute('GET /api/cases/:caseId/view-as/:personId', { caseId, personId }, { staleTime: 0 });
  useTopic(`case/${caseId}`, () => void reply.refetch());
  const view = reply.error ? null : reply.data;
  return (
    <Page
      title={view ? `As ${view.person.name}: ${view.title}` : 'Another’s view'}
      crumbs={view ? crumbs(view) : []}
      strip={view && <Banner view={view} />}
    >
      {view ? (
        <View view={view} />
      ) : reply.error ? (
        isNotFound(reply.error) ? (
          <NotOpen studyId={reply.data?.studyId ?? null} retry={() => void reply.refetch()} />
        ) : (
          <ErrorState error={reply.error} retry={() => void reply.refetch()} page />
        )
      ) : (
        <ListSkeleton rows={8} />
      )}
    </Page>
  );
}

function crumbs(view: ViewAs) {
  return [
    <Link key="case" to="/cases/$caseId" params={{ caseId: view.caseId }}>
      {view.title}
    </Link>,
    `As ${view.person.name}`,
  ];
}

/** Stays in view: whoever looks never takes this for a page of their own. */
function Banner({ view }: { view: ViewAs }) {
  const { person, leftOut } = view;
  return (
    <aside className={styles.banner} aria-label="Whose view this is">
      <p>
        You see this case as <strong>{person.name}</strong> ({partOf(person, view.schools)}) gets it. Nothing
        can be changed here.
        {leftOut > 0 &&
          ` ${leftOut === 1 ? 'One section' : `${leftOut} sections`} that you may not read ${leftOut === 1 ? 'is' : 'are'} left out.`}
      </p>
      <Link to="/cases/$caseId/sharing" params={{ caseId: view.caseId }}>
        Back to sharing
      </Link>
    </aside>
  );
}

function View({ view }: { view: ViewAs }) {
  return view.person.role === 'contact' ? <ContactView view={view} /> : <TeamView view={view} />;
}

/** The page of a school contact; what they fill in stands here to be read. */
function ContactView({ view }: { view: ViewAs }) {
  const copies = new Map(view.text.map((copy) => [copy.blockId, copy]));
  const asked = view.asked.filter(({ blocks }) => blocks.length > 0);
  if (asked.length === 0) {
    return (
      <>
        <h1 className={styles.title}>Nothing is asked of {view.person.name} just now</h1>
        <p className={styles.lead}>No section of this case is shared with them.</p>
      </>
    );
  }
  return asked.map((one, index) => (
    <ContactArticle
      key={one.schoolName}
      asked={one}
      first={index === 0}
      finish={(request) => <FinishSeen request={request} />}
      progress={(block) => <Progress block={block} copy={copies.get(block.blockId)} />}
      asks={(block) => <FilledInSection block={block} copy={copies.get(block.blockId)} />}
      reads={({ section, blockId }) => <ReadSection section={section} copy={copies.get(blockId)} />}
    />
  ));
}

function Progress(props: {
  readonly block: ContactBlock;
  readonly copy: CaseText['blocks'][number] | undefined;
}) {
  return props.copy && <ProgressWords answer={copyAnswer(props.block.section, props.copy)} />;
}

/** What they are asked, in the order of their own page, with what stands there in place of where they write. */
function FilledInSection(props: {
  readonly block: ContactBlock;
  readonly copy: CaseText['blocks'][number] | undefined;
}) {
  const { blockId, section } = props.block;
  const titleId = `asked-${blockId}`;
  return (
    <section className={contactStyles.card} aria-labelledby={titleId}>
      <div className={styles.cardHead}>
        <h2 id={titleId}>{section.title}</h2>
        <Chip>fills in</Chip>
      </div>
      <p className={contactStyles.purpose}>{section.purpose}</p>
      {section.fields.length > 0 && <CopySection section={{ ...section, prose: false }} copy={props.copy} />}
      {section.prose && (
        <div className={contactStyles.prose}>
          <h3>Anything else</h3>
          <Questions section={section} />
          <CopySection section={{ ...section, fields: [] }} copy={props.copy} />
        </div>
      )}
    </section>
  );
}

function TeamView({ view }: { view: ViewAs }) {
  const framework = useFramework(view.frameworkId, view.frameworkVersion);
  if (framework.error) {
    return <ErrorState error={framework.error} retry={() => void framework.refetch()} page />;
  }
  return framework.data ? <TeamSections view={view} framework={framework.data} /> : <ListSkeleton rows={8} />;
}

function TeamSections({ view, framework }: { view: ViewAs; framework: Framework }) {
  const copies = new Map(view.text.map((copy) => [copy.blockId, copy]));
  const { schools, blocks } = view;
  const sections = caseSections(framework, { schools, schoolIds: schools.map(({ id }) => id), blocks });
  return (
    <>
      <h1 className={styles.title}>{view.title}</h1>
      {view.subtitle && <p className={styles.lead}>{view.subtitle}</p>}
      {sections.length === 0 ? (
        <p className={styles.lead}>They see no section of this case.</p>
      ) : (
        <p className={styles.lead}>
          {STAGE_NAMES[view.stage]} · {progressWords(caseProgress(sections, factsOf))}
        </p>
      )}
      {sections.map((section) => (
        <TeamSection key={section.blockId} section={section} copy={copies.get(section.blockId)} />
      ))}
    </>
  );
}

function TeamSection(props: {
  readonly section: CaseSection;
  readonly copy: CaseText['blocks'][number] | undefined;
}) {
  const { section, copy } = props;
  const { state } = section;
  const { kind } = standingOf(state, factsOf(section));
  return (
    <section className={styles.section} aria-labelledby={`view-${section.blockId}`}>
      <div className={styles.cardHead}>
        <h2 id={`view-${section.blockId}`}>
          {section.number && <span className={styles.number}>{section.number} </span>}
          {section.title}
          {section.named && section.school && `, ${section.school.name}`}
        </h2>
        <Chip>{ACCESS_WORDS[state.access].toLowerCase()}</Chip>
      </div>
      <p className={styles.progress}>
        <Ring share={ringOf(section, factsOf(section))} kind={kind} />
        {[STANDING_WORDS[kind], kind === 'not-applicable' ? '' : wordsPhrase(state.words)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {state.notApplicable === null ? (
        <CopySection section={section.section} copy={copy} />
      ) : (
        <p className={styles.lead}>Does not apply: {state.notApplicable}</p>
      )}
    </section>
  );
}

const factsOf = ({ state }: CaseSection) => factsFromServer(state);
