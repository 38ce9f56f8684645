import { NativeSelect } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { SharingPerson, SharingSection } from '../../shared/api/sharing.ts';
import type { OfferedAccess } from '../../shared/permissions/sharing.ts';
import { MenuSheet } from '../case-study/MenuButton.tsx';
import { useMedia } from '../case-study/use-media.ts';
import { type PageKey, usePageKeys } from '../ui/palette.ts';
import { GridTable, type MenuPlace } from './GridTable.tsx';
import { gridMenu } from './grid-menu.ts';
import { PersonList } from './PersonList.tsx';
import styles from './sharing.module.css';
import { type SharingGrid, undoOf } from './sharing-grid.ts';
import { cellWords, sectionName } from './sharing-words.ts';
import type { SharingAct } from './use-sharing.ts';

const KEYS: readonly PageKey[] = [
  { keys: ['↑', '↓', '←', '→'], does: 'Move about the grid, to its heads too' },
  { keys: ['Enter'], does: 'What can be chosen for a cell, or for a whole row or column from its head' },
  { keys: ['N'], does: 'Nothing' },
  { keys: ['R'], does: 'Reads' },
  { keys: ['C'], does: 'Comments' },
  { keys: ['F'], does: 'Fills in' },
  { keys: ['Ctrl', 'Z'], does: 'Take the last change back' },
];

/** The grid with what belongs to it: which sections it shows, its menu, and what was done last. */
export function Grid({ grid, act }: { grid: SharingGrid; act: SharingAct }) {
  const narrow = useMedia('(max-width: 720px)');
  const navigate = useNavigate();
  const [about, setAbout] = useState('');
  const [menu, setMenu] = useState<{ readonly element: HTMLElement; readonly at: MenuPlace } | null>(null);
  const [looked, setLooked] = useState<MenuPlace>({ person: null, section: null });
  const { schools, caseId } = grid.sharing;
  const sections = useMemo(
    () => grid.sharing.sections.filter((section) => about === '' || (section.schoolId ?? 'whole') === about),
    [grid, about],
  );
  usePageKeys(KEYS);

  const { propose, last } = act;
  const set = useCallback(
    (people: readonly SharingPerson[], of: readonly SharingSection[], level: OfferedAccess | null) =>
      propose(grid.steps(people, of, level)),
    [grid, propose],
  );
  const setOne = useCallback(
    (person: SharingPerson, section: SharingSection, level: OfferedAccess) => set([person], [section], level),
    [set],
  );
  const undo = useCallback(() => {
    if (last) propose(undoOf(last.steps), !last.undone);
  }, [last, propose]);
  const open = useCallback((element: HTMLElement, at: MenuPlace) => setMenu({ element, at }), []);
  const viewAs = (personId: string) =>
    void navigate({ to: '/cases/$caseId/view-as/$personId', params: { caseId, personId } });
  const items = menu ? gridMenu(grid, sections, menu.at, { set, viewAs }) : null;

  return (
    <section aria-labelledby="grid" className={styles.gridPart}>
      <div className={styles.tools}>
        <h2 id="grid">Section by section</h2>
        {schools.length > 1 && (
          <NativeSelect
            aria-label="Sections shown"
            size="xs"
            value={about}
            onChange={(event) => setAbout(event.currentTarget.value)}
            data={[
              { value: '', label: 'All sections' },
              { value: 'whole', label: 'About the case as a whole' },
              ...schools.map(({ id, name }) => ({ value: id, label: `About ${name}` })),
            ]}
          />
        )}
        {!narrow && (
          <p className={styles.legend}>
            <span className={styles.dot} aria-hidden="true" /> set here; everything else comes with a person’s
            part in the study
          </p>
        )}
      </div>
      {narrow ? (
        <PersonList grid={grid} sections={sections} pending={act.pending} onSet={set} onViewAs={viewAs} />
      ) : (
        <GridTable
          grid={grid}
          sections={sections}
          onOpen={open}
          onSet={setOne}
          onUndo={undo}
          onLook={setLooked}
        />
      )}
      <div className={narrow && !last && !act.problem ? undefined : styles.under}>
        <p role="status" className={styles.done}>
          {last && (
            <>
              {last.undone ? 'Taken back. ' : ''}
              {last.words}{' '}
              <button type="button" className={styles.undo} disabled={act.pending} onClick={undo}>
                {last.undone ? 'Do it again' : 'Take it back'}
              </button>
            </>
          )}
        </p>
        {act.problem && !act.asking && (
          <p role="alert" className={styles.problem}>
            {act.problem}
          </p>
        )}
        {!narrow && <p className={styles.looked}>{lookedWords(grid, looked)}</p>}
      </div>
      {menu && items && (
        <MenuSheet
          id="grid-menu"
          label={items.label}
          items={items.items}
          begin="first"
          align="start"
          button={menu.element}
          onClose={() => setMenu(null)}
        />
      )}
    </section>
  );
}

/** What stands at the cell that the keyboard or the pointer came to last. */
function lookedWords(grid: SharingGrid, { person, section }: MenuPlace): string {
  if (person && section) return cellWords(grid.cell(person, section), grid);
  if (person) return `${person.name}: Enter sets all sections at once, or shows the case as they see it.`;
  if (section) {
    return `${sectionName(section, grid.sharing.schools)}: Enter sets it for all schools, or for the whole team.`;
  }
  return 'Choose a cell, or the head of a row or column.';
}
