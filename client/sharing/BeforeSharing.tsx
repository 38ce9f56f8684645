import { Button } from '@mantine/core';
import { Acts, Dialog } from '../ui/Dialog.tsx';
import styles from './sharing.module.css';
import type { Cell, SharingGrid } from './sharing-grid.ts';
import { sectionName, showsWords } from './sharing-words.ts';
import type { Asking, SharingAct } from './use-sharing.ts';

/** Says what a school will see, before it sees it (ACCESS-6). */
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
  const others = steps.length - cells.length;
  const cancel = () => void act.answer(false);
  return (
    <Dialog title={`Share with ${who}?`} onClose={cancel}>
      <div className={styles.before}>
        <Sections grid={grid} cells={cells.filter(({ effect }) => effect === 'write')} level="write" />
        <Sections grid={grid} cells={cells.filter(({ effect }) => effect === 'read')} level="read" />
        <OtherSchools grid={grid} cells={cells} />
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
        <Button variant="filled" data-stay loading={act.pending} onClick={() => void act.answer(true)}>
          Share
        </Button>
        <Button onClick={cancel}>Cancel</Button>
      </Acts>
    </Dialog>
  );
}

const WHAT_THEY_SEE = {
  read: 'They see a copy to read: the words and fields as they stand whenever they open their page, with every name in them. They do not see who wrote what, nor what was deleted, nor which questions are still to ask.',
  write:
    'They write in the section itself, together with the team: all that stands in it now, with every name in it, and which questions are marked answered or still to ask. Words that were deleted do not come with it.',
} as const;

const LEVEL_TITLES = { read: 'To read', write: 'To fill in' } as const;

function Sections(props: {
  readonly grid: SharingGrid;
  readonly cells: readonly Cell[];
  readonly level: 'read' | 'write';
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
          </li>
        ))}
      </ul>
      <p>{WHAT_THEY_SEE[level]}</p>
    </>
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
