import type { SharingPerson, SharingSection } from '../../shared/api/sharing.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import {
  ACCESS_WORDS,
  FIXED_WORDS,
  OFFERED_ACCESS,
  type OfferedAccess,
  offeredTo,
  TEAM_PARTS,
} from '../../shared/permissions/sharing.ts';
import type { MenuItem } from '../case-study/MenuButton.tsx';
import type { MenuPlace } from './GridTable.tsx';
import type { Cell, SharingGrid } from './sharing-grid.ts';
import { sectionName } from './sharing-words.ts';

interface Acts {
  set(
    people: readonly SharingPerson[],
    sections: readonly SharingSection[],
    level: OfferedAccess | null,
  ): void;
  viewAs(personId: string): void;
}

/**
 * What can be chosen at a place of the grid.
 * @returns null where nothing can
 */
export function gridMenu(
  grid: SharingGrid,
  sections: readonly SharingSection[],
  at: MenuPlace,
  acts: Acts,
): { readonly label: string; readonly items: MenuItem[] } | null {
  const { person, section } = at;
  const schools = grid.sharing.schools;
  if (person && section) {
    if (grid.cell(person, section).rule.fixed === 'not-yours') return null;
    const label = `${person.name}, ${sectionName(section, schools)}`;
    return {
      label,
      items: cellItems(grid.cell(person, section), (level) => acts.set([person], [section], level)),
    };
  }
  if (person) {
    const view = { id: 'view', label: `See the case as ${person.name}`, act: () => acts.viewAs(person.id) };
    const items = wholeItems('', grid, [person], sections, acts);
    return {
      label: `All sections for ${person.name}`,
      items: [...items, { ...view, apart: items.length > 0 }],
    };
  }
  if (section) {
    const contacts = grid.people.filter(({ role }) => role === 'contact');
    const team = grid.people.filter(({ role }) => role !== 'contact');
    const forSchools = wholeItems('Schools: ', grid, contacts, [section], acts);
    const forTeam = wholeItems('Team: ', grid, team, [section], acts);
    const items = [...forSchools, ...forTeam.map((item, i) => (i === 0 ? { ...item, apart: true } : item))];
    return items.length === 0 ? null : { label: `Everybody, ${sectionName(section, schools)}`, items };
  }
  return null;
}

function cellItems(cell: Cell, set: (level: OfferedAccess) => void): MenuItem[] {
  const { fixed } = cell.rule;
  return offeredTo(cell.person.role).map((level) => ({
    id: level,
    label: ACCESS_WORDS[level],
    checked: level === cell.effect,
    ...(level === cell.usual && { keys: 'as usual' }),
    unavailable: fixed ? FIXED_WORDS[fixed] : includesAccess(cell.rule.most, level) ? null : TEAM_PARTS,
    act: () => set(level),
  }));
}

/** The same for several people or sections; only what would change something. */
function wholeItems(
  prefix: string,
  grid: SharingGrid,
  people: readonly SharingPerson[],
  sections: readonly SharingSection[],
  acts: Acts,
): MenuItem[] {
  const may = people.some((person) =>
    sections.some((section) => grid.cell(person, section).rule.fixed === null),
  );
  if (!may) return [];
  const levels = OFFERED_ACCESS.filter((level) =>
    people.every(({ role }) => offeredTo(role).includes(level)),
  );
  return ([...levels, null] as const).flatMap((level) => {
    const count = grid.steps(people, sections, level).length;
    const words = level === null ? 'As usual' : ACCESS_WORDS[level];
    return count === 0
      ? []
      : [
          {
            id: `${prefix}${level}`,
            label: `${prefix}${words}`,
            keys: count === 1 ? '1 change' : `${count} changes`,
            act: () => acts.set(people, sections, level),
          },
        ];
  });
}
