import { type KeyboardEvent, memo, type RefObject, useCallback, useRef, useState } from 'react';
import type { SharingPerson, SharingSection } from '../../shared/api/sharing.ts';
import { ROLE_NAMES } from '../../shared/permissions/roles.ts';
import { ACCESS_WORDS, type OfferedAccess } from '../../shared/permissions/sharing.ts';
import { Who } from '../ui/Who.tsx';
import styles from './GridTable.module.css';
import type { Place } from './grid-keys.ts';
import { directLevel, placeAfter } from './grid-keys.ts';
import type { ColumnGroup, SharingGrid } from './sharing-grid.ts';
import { cellWords, isImpossible, isLeftOut, partOf, sectionNotes } from './sharing-words.ts';

interface TableProps {
  readonly grid: SharingGrid;
  readonly sections: readonly SharingSection[];
  /** Asked for a menu: at a cell, at the head of a column (no section) or of a row (no person). */
  readonly onOpen: (element: HTMLElement, at: MenuPlace) => void;
  readonly onSet: (person: SharingPerson, section: SharingSection, level: OfferedAccess) => void;
  readonly onUndo: () => void;
  /** The keyboard or the pointer has come to another cell. */
  readonly onLook: (at: MenuPlace) => void;
}

export interface MenuPlace {
  readonly person: SharingPerson | null;
  readonly section: SharingSection | null;
}

/**
 * Sections down, people across. One cell is in the order of Tab; arrow keys move
 * among them, heads included, and Enter opens what can be chosen there.
 */
export function GridTable(props: TableProps) {
  const { grid, sections, onOpen, onLook } = props;
  const { people, groups } = grid;
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const table = useRef<HTMLTableElement>(null);
  const place = within(at, sections.length, people.length);

  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'z' && !event.shiftKey) {
      event.preventDefault();
      props.onUndo();
      return;
    }
    const next = placeAfter(event, place, { rows: sections.length, columns: people.length });
    const person = people[place.column] ?? null;
    const section = sections[place.row] ?? null;
    const level = directLevel(event);
    if (next) {
      event.preventDefault();
      setAt(next);
      focusAt(table, next);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onOpen(event.target as HTMLElement, { person, section });
    } else if (level && person && section) {
      props.onSet(person, section, level);
    }
  };
  const look = useCallback(
    (where: Place) => {
      setAt(where);
      onLook({ person: people[where.column] ?? null, section: sections[where.row] ?? null });
    },
    [people, sections, onLook],
  );

  return (
    <div className={styles.scroll}>
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are moved among by keys
        role="grid"
        className={styles.grid}
        aria-label="Who does what with which section"
        aria-rowcount={sections.length + 1}
        aria-colcount={people.length + 1}
        aria-readonly={!grid.sharing.mayChange}
        onKeyDown={onKeyDown}
      >
        <thead>
          <GroupRow groups={groups} />
          <tr>
            <th className={styles.corner} scope="col">
              Section
            </th>
            {groups.flatMap((group) =>
              group.people.map((person, index) => (
                <PersonHead
                  key={person.id}
                  person={person}
                  grid={grid}
                  begins={index === 0}
                  column={people.indexOf(person)}
                  stop={place.row === -1 && people[place.column] === person}
                  onOpen={onOpen}
                  onLook={look}
                />
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {sections.map((section, row) => (
            <SectionRow
              key={section.blockId}
              grid={grid}
              section={section}
              row={row}
              stop={place.row === row ? place.column : null}
              onOpen={onOpen}
              onLook={look}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function within({ row, column }: Place, rows: number, columns: number): Place {
  return { row: Math.min(row, rows - 1), column: Math.min(column, columns - 1) };
}

function focusAt(table: RefObject<HTMLTableElement | null>, { row, column }: Place): void {
  table.current?.querySelector<HTMLElement>(`[data-at="${row} ${column}"]`)?.focus();
}

/** Over the columns: of which school these are, or of the team. */
function GroupRow({ groups }: { readonly groups: readonly ColumnGroup[] }) {
  return (
    <tr>
      <td className={styles.corner} />
      {groups.map(({ school, people }) => (
        <th
          key={school?.id ?? 'team'}
          scope="colgroup"
          colSpan={people.length}
          className={`${styles.group} ${school ? styles.school : ''}`}
        >
          <span>{school ? school.name : 'The team'}</span>
        </th>
      ))}
    </tr>
  );
}

interface Handlers {
  readonly onOpen: TableProps['onOpen'];
  readonly onLook: (place: Place) => void;
}

const PersonHead = memo(function PersonHead(
  props: Handlers & {
    readonly person: SharingPerson;
    readonly grid: SharingGrid;
    readonly begins: boolean;
    readonly column: number;
    readonly stop: boolean;
  },
) {
  const { person, grid, column } = props;
  const { schools } = grid.sharing;
  return (
    <th
      scope="col"
      className={`${styles.person} ${person.role === 'contact' ? styles.school : ''} ${props.begins ? styles.begins : ''}`}
      tabIndex={props.stop ? 0 : -1}
      data-at={`-1 ${column}`}
      aria-haspopup="menu"
      title={`${person.name}: ${partOf(person, schools)}`}
      onClick={(event) => props.onOpen(event.currentTarget, { person, section: null })}
      onFocus={() => props.onLook({ row: -1, column })}
    >
      <span className={styles.badge} aria-hidden="true">
        <Who person={person} />
      </span>
      <span className={styles.name}>{person.name}</span>
      <span className={styles.part}>{person.role === 'contact' ? 'School' : ROLE_NAMES[person.role]}</span>
    </th>
  );
});

const SectionRow = memo(function SectionRow(
  props: Handlers & {
    readonly grid: SharingGrid;
    readonly section: SharingSection;
    readonly row: number;
    /** The column that Tab goes to, where it is in this row. */
    readonly stop: number | null;
  },
) {
  const { grid, section, row, stop } = props;
  return (
    <tr>
      <th
        scope="row"
        className={styles.section}
        tabIndex={stop === -1 ? 0 : -1}
        data-at={`${row} -1`}
        aria-haspopup="menu"
        onClick={(event) => props.onOpen(event.currentTarget, { person: null, section })}
        onFocus={() => props.onLook({ row, column: -1 })}
      >
        <span className={styles.title}>
          {section.number !== null && <span className={styles.number}>{section.number} </span>}
          {section.title}
        </span>
        {sectionNotes(section, grid.sharing).map((note) => (
          <span key={note} className={styles.of}>
            {note}
          </span>
        ))}
      </th>
      {grid.groups.flatMap((group) =>
        group.people.map((person, index) => {
          const column = grid.people.indexOf(person);
          return (
            <GridCell
              key={person.id}
              grid={grid}
              person={person}
              section={section}
              begins={index === 0}
              at={`${row} ${column}`}
              stop={stop === column}
              onOpen={props.onOpen}
              onLook={() => props.onLook({ row, column })}
            />
          );
        }),
      )}
    </tr>
  );
});

function GridCell(props: {
  readonly grid: SharingGrid;
  readonly person: SharingPerson;
  readonly section: SharingSection;
  readonly begins: boolean;
  readonly at: string;
  readonly stop: boolean;
  readonly onOpen: TableProps['onOpen'];
  readonly onLook: () => void;
}) {
  const { grid, person, section } = props;
  const cell = grid.cell(person, section);
  const never = isImpossible(cell);
  // A menu also says why nothing in it can be chosen.
  const opens = cell.rule.fixed !== 'not-yours';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys of all its cells
    <td
      className={`${styles.cell} ${person.role === 'contact' ? styles.school : ''} ${props.begins ? styles.begins : ''}`}
      tabIndex={props.stop ? 0 : -1}
      data-at={props.at}
      data-level={never ? 'never' : cell.effect}
      data-out={isLeftOut(cell) || undefined}
      data-loud={!never && (person.role === 'contact' || cell.set !== null) ? cell.effect : undefined}
      data-set={cell.set !== null || undefined}
      aria-haspopup={opens ? 'menu' : undefined}
      title={cellWords(cell, grid)}
      onClick={(event) => opens && props.onOpen(event.currentTarget, { person, section })}
      onFocus={props.onLook}
    >
      <span>
        {never ? (
          <span className="heard-only">Never shared</span>
        ) : isLeftOut(cell) ? (
          <>
            Left out<span className="heard-only">; once it applies: {ACCESS_WORDS[cell.effect]}</span>
          </>
        ) : (
          ACCESS_WORDS[cell.effect]
        )}
        {cell.set !== null && <span className="heard-only">, set here</span>}
      </span>
    </td>
  );
}
