import type { CaseDetail, CaseText } from '../../shared/api/cases.ts';
import type { Person } from '../../shared/api/people.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { includesAccess, isLocked, STAGE_NAMES } from '../../shared/permissions/access.ts';
import { lockWords } from '../../shared/permissions/stage-lock.ts';
import { ReadingView } from '../editor/ReadingView.tsx';
import { RequestsShape } from '../information/RequestsShape.tsx';
import { Chip } from '../ui/Chip.tsx';
import { TopBarShape } from '../ui/TopBarShape.tsx';
import { Who } from '../ui/Who.tsx';
import { AudienceChip } from './AudienceChip.tsx';
import styles from './CasePage.module.css';
import titleStyles from './CaseTitle.module.css';
import { type CaseSection, caseSections, outlineRows, schoolsLine } from './case-sections.ts';
import { INVITATION, NOTHING_YET, SET_FOR_YOU } from './invitation.ts';
import outlineStyles from './Outline.module.css';
import { OutlineRowWords } from './OutlineRowWords.tsx';
import {
  caseProgress,
  factsFromServer,
  progressWords,
  STANDING_WORDS,
  standingOf,
  wordsPhrase,
} from './progress.ts';
import { SectionReading } from './SectionReading.tsx';
import { SectionTitle } from './SectionTitle.tsx';
import sectionStyles from './SectionView.module.css';

export interface PaperRecords {
  readonly person: Person;
  readonly detail: CaseDetail;
  readonly text: CaseText;
  readonly framework: Framework;
}

/** How wide the page is, as its own media queries say. */
export interface PaperWidth {
  /** The outline stands beside the paper. */
  readonly outline: boolean;
}

/**
 * A case to be read until its page is here, in the shapes that the page will
 * have, so that nothing moves when it comes. Without hooks: see `first-paper.ts`.
 * @param props.first block id of the section that the reader comes for; of the others stand titles and texts
 */
export function CasePaper(
  props: PaperRecords & PaperWidth & { readonly first: string; readonly cameFor: boolean },
) {
  const { detail, framework, person } = props;
  const sections = caseSections(framework, detail);
  const texts = new Map(props.text.blocks.map((block) => [block.blockId, block]));
  return (
    <>
      <TopBarShape
        person={person}
        crumbs={[
          <a key="study" href={`/studies/${encodeURIComponent(detail.studyId)}`}>
            {detail.study.title}
          </a>,
          schoolsLine(detail.schools) || detail.title,
        ]}
      />
      {!props.outline && <div className={styles.subBar} />}
      <BannerShape detail={detail} />
      <div className={styles.case}>
        {props.outline && (
          <nav className={outlineStyles.outline} aria-label="Sections">
            <OutlineShape detail={detail} sections={sections} />
          </nav>
        )}
        <main className={styles.paper}>
          <div className={titleStyles.group}>
            <div className={titleStyles.title}>
              <h1>{detail.title}</h1>
              {mayRename(detail) && <span className={titleStyles.pen} />}
            </div>
            {detail.subtitle && <p className={titleStyles.lead}>{detail.subtitle}</p>}
          </div>
          <RequestsShape detail={detail} />
          {sections.map((section) => (
            <SectionShape
              key={section.blockId}
              section={section}
              text={texts.get(section.blockId)}
              people={detail.people}
              first={section.blockId === props.first}
              cameFor={props.cameFor && section.blockId === props.first}
              foldKey={`${person.id}.${detail.id}.${section.blockId}`}
            />
          ))}
        </main>
      </div>
    </>
  );
}

/** That the case is closed at this stage, or in the bin; the day is left to the page, as below. */
function BannerShape({ detail }: { detail: CaseDetail }) {
  if (detail.deletedAt !== null) {
    return <div className={styles.banner}>This case lies in the bin. It can be read, not changed.</div>;
  }
  if (!isLocked(detail.stage)) return null;
  const set = detail.stageSet ?? null;
  const by = detail.people.find(({ id }) => id === set?.by)?.name ?? null;
  return (
    <div className={`${styles.banner} ${styles.calm}`}>
      <span>{lockWords({ stage: detail.stage, by, on: null, why: set?.why ?? '' })}</span>
      {detail.acts.includes('move-stage') && (
        <button type="button" disabled>
          Open it for editing
        </button>
      )}
    </div>
  );
}

function mayRename(detail: CaseDetail): boolean {
  return detail.acts.includes('change-case') && detail.deletedAt === null && !isLocked(detail.stage);
}

function OutlineShape({ detail, sections }: { detail: CaseDetail; sections: readonly CaseSection[] }) {
  const progress = caseProgress(sections, ({ state }) => factsFromServer(state));
  return (
    <>
      <div className={outlineStyles.head}>
        <span className={outlineStyles.stage}>{STAGE_NAMES[detail.stage]}</span>
        <span aria-hidden="true">·</span>
        <h2>
          <span className="heard-only">Sections: </span>
          {progressWords(progress)}
        </h2>
      </div>
      <ul className={outlineStyles.list}>
        {outlineRows(sections).map((row) => {
          const section = row.kind === 'group' ? row.first : row.section;
          return (
            <li key={row.key}>
              <a
                href={`?section=${encodeURIComponent(section.slug)}`}
                className={`${outlineStyles.row} ${row.kind === 'section' && row.depth === 1 ? outlineStyles.sub : ''}`}
              >
                {row.kind === 'group' ? (
                  <span>
                    {row.number && <span className={outlineStyles.number}>{row.number} </span>}
                    {row.title}
                  </span>
                ) : (
                  <OutlineRowWords section={section} facts={factsFromServer(section.state)} />
                )}
                <span className={outlineStyles.side}>
                  {(row.kind === 'group' || !section.named) && <AudienceChip section={section} />}
                </span>
              </a>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function SectionShape(props: {
  readonly section: CaseSection;
  readonly text: CaseText['blocks'][number] | undefined;
  readonly people: CaseDetail['people'];
  readonly first: boolean;
  readonly cameFor: boolean;
  readonly foldKey: string;
}) {
  const { section, text, first } = props;
  const { state } = section;
  const editable = includesAccess(state.access, 'write');
  const words = (
    <TextShape section={section} html={text?.html ?? ''} invites={editable && section.section.prose} />
  );
  return (
    <section
      className={sectionStyles.section}
      data-section={section.slug}
      data-first={props.cameFor ? 'true' : undefined}
    >
      <SectionTitle section={section}>{first && <SideShape section={section} />}</SectionTitle>
      {first && <WhoAndWhenShape section={section} people={props.people} />}
      {first && state.notApplicable !== null && (
        <p className={sectionStyles.folded}>Does not apply: {state.notApplicable}</p>
      )}
      {state.reason === 'set' && <p className={sectionStyles.notice}>{SET_FOR_YOU}</p>}
      {state.notApplicable !== null ? null : first ? (
        <SectionReading
          section={section}
          values={text?.values ?? {}}
          marks={state.prompts}
          editable={editable}
          foldKey={props.foldKey}
          text={words}
        />
      ) : (
        <div className={sectionStyles.text}>{words}</div>
      )}
    </section>
  );
}

function TextShape(props: { section: CaseSection; html: string; invites: boolean }) {
  if (!props.section.section.prose) return null;
  if (props.html !== '') return <ReadingView html={props.html} label={props.section.full} />;
  return <p className={sectionStyles.invite}>{props.invites ? INVITATION : NOTHING_YET}</p>;
}

function SideShape({ section }: { section: CaseSection }) {
  const facts = factsFromServer(section.state);
  const words = section.state.notApplicable === null ? wordsPhrase(facts.words) : '';
  return (
    <span className={sectionStyles.side}>
      <span className={sectionStyles.chipButton}>
        <Chip>{STANDING_WORDS[standingOf(section.state, facts).kind]}</Chip>
      </span>
      {words && <span className={sectionStyles.words}>{words}</span>}
      <span className={sectionStyles.more} />
    </span>
  );
}

/** Who writes it; the day is left to the page, since making its format takes longer than all of this. */
function WhoAndWhenShape({ section, people }: { section: CaseSection; people: CaseDetail['people'] }) {
  const { assigneeId, dueOn, notApplicable } = section.state;
  if (notApplicable !== null || (assigneeId === null && dueOn === null)) return null;
  const assignee = people.find(({ id }) => id === assigneeId);
  return (
    <div className={sectionStyles.meta}>
      <span className={sectionStyles.metaButton}>
        {assignee && <Who person={assignee} size="s" />}
        {assignee?.name ?? ' '}
      </span>
    </div>
  );
}
