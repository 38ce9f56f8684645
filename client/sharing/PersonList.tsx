import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { SharingPerson, SharingSection } from '../../shared/api/sharing.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import {
  ACCESS_WORDS,
  FIXED_WORDS,
  type OfferedAccess,
  offeredTo,
} from '../../shared/permissions/sharing.ts';
import styles from './sharing.module.css';
import type { SharingGrid } from './sharing-grid.ts';
import { isImpossible, isLeftOut, sectionName, sectionNotes } from './sharing-words.ts';

interface ListProps {
  readonly grid: SharingGrid;
  readonly sections: readonly SharingSection[];
  readonly pending: boolean;
  readonly onSet: (
    people: readonly SharingPerson[],
    sections: readonly SharingSection[],
    level: OfferedAccess | null,
  ) => void;
  readonly onViewAs: (personId: string) => void;
}

/** The grid where there is no room for one: a person at a time, their sections below. */
export function PersonList(props: ListProps) {
  const { grid, sections, onSet } = props;
  const [chosen, setChosen] = useState('');
  const person = grid.people.find(({ id }) => id === chosen) ?? grid.people[0];
  if (!person) return null;
  const changeable = sections.some((section) => grid.cell(person, section).rule.fixed === null);
  return (
    <>
      <NativeSelect
        label="Person"
        value={person.id}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={grid.groups.map(({ school, people }) => ({
          group: school ? school.name : 'The team',
          items: people.map(({ id, name }) => ({ value: id, label: name })),
        }))}
      />
      <div className={styles.personActs}>
        <button type="button" className={styles.undo} onClick={() => props.onViewAs(person.id)}>
          See the case as {person.name}
        </button>
      </div>
      <ul className={styles.levels}>
        {changeable && (
          <li className={styles.all}>
            <span>All sections</span>
            <NativeSelect
              aria-label={`All sections for ${person.name}`}
              value=""
              disabled={props.pending}
              onChange={(event) => {
                const { value } = event.currentTarget;
                if (value !== '')
                  onSet([person], sections, value === 'usual' ? null : (value as OfferedAccess));
              }}
              data={[
                { value: '', label: 'Set all …' },
                ...offeredTo(person.role).map((level) => ({ value: level, label: ACCESS_WORDS[level] })),
                { value: 'usual', label: 'As usual' },
              ]}
            />
          </li>
        )}
        {sections.map((section) => (
          <SectionLevel key={section.blockId} {...props} person={person} section={section} />
        ))}
      </ul>
    </>
  );
}

function SectionLevel(
  props: ListProps & { readonly person: SharingPerson; readonly section: SharingSection },
) {
  const { grid, person, section } = props;
  const cell = grid.cell(person, section);
  const name = sectionName(section, grid.sharing.schools);
  const { fixed, most } = cell.rule;
  // The name has the school in it where there are several.
  const others = grid.sharing.schools.length > 1 ? [] : grid.sharing.schools;
  return (
    <li>
      <span>
        {name}
        {sectionNotes(section, { ...grid.sharing, schools: others }).map((note) => (
          <span key={note} className={styles.small}>
            {' '}
            · {note}
          </span>
        ))}
        {isLeftOut(cell) && <span className={styles.why}>Their page leaves it out until it applies.</span>}
        {cell.set !== null && <span className={styles.small}> · set here</span>}
        {fixed && fixed !== 'not-yours' && <span className={styles.why}>{FIXED_WORDS[fixed]}</span>}
      </span>
      {isImpossible(cell) ? null : fixed ? (
        <span className={styles.level} data-level={cell.effect}>
          {ACCESS_WORDS[cell.effect]}
        </span>
      ) : (
        <NativeSelect
          aria-label={name}
          value={cell.effect}
          disabled={props.pending}
          onChange={(event) => props.onSet([person], [section], event.currentTarget.value as OfferedAccess)}
          data={offeredTo(person.role).map((level) => ({
            value: level,
            label: ACCESS_WORDS[level],
            disabled: !includesAccess(most, level),
          }))}
        />
      )}
    </li>
  );
}
