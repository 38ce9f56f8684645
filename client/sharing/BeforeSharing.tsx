import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { listed } from '../../shared/information/letter-draft.ts';
import { Acts, Dialog } from '../ui/Dialog.tsx';
import styles from './sharing.module.css';
import type { Cell, SharingGrid } from './sharing-grid.ts';
import { sectionName, showsWords, unconfirmedWords } from './sharing-words.ts';
import type { Asking, SharingAct } from './use-sharing.ts';

/** Says what a school will see, before it sees it, and what nobody will be able to answer (ACCESS-6). */
export function BeforeSharing(props: {
  readonly grid: SharingGrid;
  readonly asking: Asking;
  readonly act: SharingAct;
}) {
  const { grid, act } = props;
  const { steps } = props.asking;
  const cells = grid.newlyShared(steps);
  const names = [...new Set(cells.map(({ person }) => person.name))];
  const who = names.length === 1 ? (names[0] ?? '') : `${names.length} people at the schools`;
  const closed = grid.closesAsked(steps);
  const others = steps.length - cells.length - closed.length;
  const cancel = () => void act.answer(false);
  return (
    <Dialog title={cells.length > 0 ? `Share with ${who}?` : 'They are asked for this'} onClose={cancel}>
      <div className={styles.before}>
        <Sections grid={grid} cells={cells.filter(({ effect }) => effect === 'write')} level="write" />
        <Sections grid={grid} cells={cells.filter(({ effect }) => effect === 'comment')} level="comment" />
        <Sections grid={grid} cells={cells.filter(({ effect }) => effect === 'read')} level="read" />
        <OtherSchools grid={grid} cells={cells} />
        <AskedFor grid={grid} cells={closed} />
        {others > 0 && (
          <p>{others === 1 ? 'One other change is' : `${others} other changes are`} made with it.</p>
        )}
        {names.length > 1 && <p className={styles.small}>{names.join(', ')}</p>}
      </div>
      {act.problem && (
        <p role="alert" className={styles.problem}>
          {act.problem}
        </p>
      )}
      <Acts>
        <Button
          variant="filled"
          data-stay={cells.length > 0 || undefined}
          loading={act.pending}
          onClick={() => void act.answer(true)}
        >
          {cells.length > 0 ? 'Share' : 'Take it away'}
        </Button>
        <Button data-stay={cells.length === 0 || undefined} onClick={cancel}>
          Cancel
        </Button>
      </Acts>
    </Dialog>
  );
}

const WHAT_THEY_SEE = {
  read: 'They see a copy to read: the words and fields as they stand whenever they open their page, with every name in them. Quotes of others are left out until they are confirmed. They do not see who wrote what, nor what was deleted, nor which questions are still to ask.',
  comment:
    'They see the same copy as whoever reads, and the threads that are shared with the school, with who wrote in them. They can answer these, and open their own. Of the team’s own threads they see nothing.',
  write:
    'They write in the section itself, together with the team: all that stands in it now, with every name in it, and which questions are marked answered or still to ask. Quotes stand in it whether they are confirmed or not. Words that were deleted do not come with it.',
} as const;

const LEVEL_TITLES = { read: 'To read', comment: 'To read and comment on', write: 'To fill in' } as const;

function Sections(props: {
  readonly grid: SharingGrid;
  readonly cells: readonly Cell[];
  readonly level: keyof typeof WHAT_THEY_SEE;
}) {
  const { grid, cells, level } = props;
  if (cells.length === 0) return null;
  const sections = [...new Map(cells.map(({ section }) => [section.blockId, section])).values()];
  return (
    <>
      <h3>{LEVEL_TITLES[level]}</h3>
      <ul>
        {sections.map((section) => (
          <li key={section.blockId}>
            {sectionName(section, grid.sharing.schools)}
            <span className={styles.small}>{showsWords(section)}</span>
            {level === 'write' && section.unconfirmed && (
              <p className={styles.care}>{unconfirmedWords(section)}</p>
            )}
          </li>
        ))}
      </ul>
      <p>{WHAT_THEY_SEE[level]}</p>
    </>
  );
}

/** A request that nobody can answer any more is not closed by it: the school would wait, and so would the team. */
function AskedFor({ grid, cells }: { readonly grid: SharingGrid; readonly cells: readonly Cell[] }) {
  if (cells.length === 0) return null;
  return (
    <div className={styles.care}>
      {[...new Set(cells.map(({ person }) => person))].map((person) => (
        <p key={person.id}>
          {person.name} is asked to fill in{' '}
          {listed(
            cells
              .filter((cell) => cell.person === person)
              .map(({ section }) => sectionName(section, grid.sharing.schools)),
          )}
          .
        </p>
      ))}
      <p>
        After this they no longer can, and what was asked stays open.{' '}
        <Link to="/cases/$caseId/information" params={{ caseId: grid.sharing.caseId }}>
          Close or withdraw it
        </Link>{' '}
        instead, and they are told.
      </p>
    </div>
  );
}

/** What is about the case as a whole speaks of the other schools, too. */
function OtherSchools({ grid, cells }: { readonly grid: SharingGrid; readonly cells: readonly Cell[] }) {
  const { schools } = grid.sharing;
  if (schools.length < 2 || !cells.some(({ section }) => section.schoolId === null)) return null;
  return (
    <p className={styles.care}>
      This case is about {schools.length} schools. A section about the case as a whole also shows what it says
      of the others.
    </p>
  );
}
