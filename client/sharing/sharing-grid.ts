import type { School } from '../../shared/api/schools.ts';
import type { Sharing, SharingPerson, SharingSection, SharingStep } from '../../shared/api/sharing.ts';
import { type Access, type BlockFacts, heldAccess, includesAccess } from '../../shared/permissions/access.ts';
import {
  type CellRule,
  cellRule,
  effectOf,
  grantFor,
  type OfferedAccess,
  type Participant,
  participant,
} from '../../shared/permissions/sharing.ts';

/** One cell of the grid: what somebody has of a section, whatever the stage of the case. */
export interface Cell {
  readonly person: SharingPerson;
  readonly section: SharingSection;
  /** What the level amounts to today. */
  readonly effect: OfferedAccess;
  /** What was set; null: nothing, so the person has what their part brings. */
  readonly set: Access | null;
  readonly usual: OfferedAccess;
  readonly rule: CellRule;
  /** Who set it last, or set it back, and when. */
  readonly by: string | null;
  readonly at: number | null;
}

/** Columns that stand together: the contacts of a school, or the team. */
export interface ColumnGroup {
  readonly school: School | null;
  readonly people: readonly SharingPerson[];
}

/** The grid of a case as it is now, asked by the function that the server enforces. */
export class SharingGrid {
  readonly sharing: Sharing;
  readonly groups: readonly ColumnGroup[];
  /** In the order of the columns. */
  readonly people: readonly SharingPerson[];
  readonly #me: Participant;
  readonly #cells: ReadonlyMap<string, Sharing['cells'][number]>;
  readonly #participants: ReadonlyMap<string, Participant>;
  readonly #names: ReadonlyMap<string, string>;

  /** @param myId of whoever looks at it */
  constructor(sharing: Sharing, myId: string) {
    this.sharing = sharing;
    this.groups = columnGroups(sharing);
    this.people = this.groups.flatMap(({ people }) => people);
    this.#cells = new Map(sharing.cells.map((cell) => [keyOf(cell.blockId, cell.personId), cell]));
    this.#participants = new Map(
      sharing.people.map((person) => [person.id, participant(person, sharing.caseId)]),
    );
    this.#me = this.#participants.get(myId) ?? {
      id: myId,
      role: 'viewer',
      asker: { role: 'viewer', contactOf: [] },
    };
    this.#names = new Map([...sharing.people, ...sharing.others].map(({ id, name }) => [id, name]));
  }

  cell(person: SharingPerson, section: SharingSection): Cell {
    const row = this.#cells.get(keyOf(section.blockId, person.id));
    const mine = this.#cells.get(keyOf(section.blockId, this.#me.id))?.level ?? null;
    const target = this.#participants.get(person.id) ?? participant(person, this.sharing.caseId);
    const facts: BlockFacts = { caseId: this.sharing.caseId, ...section };
    const rule = cellRule(this.#me, mine, target, facts);
    const set = row?.level ?? null;
    const fixed = rule.fixed === null && !this.sharing.mayChange ? 'not-yours' : rule.fixed;
    return {
      person,
      section,
      effect: effectOf(heldAccess(target.asker, person.role, facts, set).access, person.role),
      set,
      usual: effectOf(rule.usual, person.role),
      rule: { ...rule, fixed },
      by: row?.by ?? null,
      at: row?.at ?? null,
    };
  }

  /** @returns the name of somebody who takes part, or did */
  nameOf(personId: string | null): string {
    return (personId === null ? undefined : this.#names.get(personId)) ?? 'Somebody who left';
  }

  section(blockId: string): SharingSection | undefined {
    return this.sharing.sections.find((section) => section.blockId === blockId);
  }

  /**
   * @param level null: back to what each has anyway
   * @returns what has to change so that these people have it of these sections, as far as it can be set
   */
  steps(
    people: readonly SharingPerson[],
    sections: readonly SharingSection[],
    level: OfferedAccess | null,
  ): SharingStep[] {
    return people.flatMap((person) =>
      sections.flatMap((section): SharingStep[] => {
        const cell = this.cell(person, section);
        if (cell.rule.fixed !== null) return [];
        const to = level === null ? null : grantFor(level, cell.rule);
        // A finer level that amounts to the same stays as it is.
        const same = to === cell.set || (level !== null && level === cell.effect);
        return same ? [] : [{ blockId: section.blockId, personId: person.id, from: cell.set, to }];
      }),
    );
  }

  /** @returns the steps of an earlier change, where all of them can still be taken back; else null */
  stillStanding(steps: readonly SharingStep[]): readonly SharingStep[] | null {
    const standing = steps.every((step) => {
      const person = this.sharing.people.find(({ id }) => id === step.personId);
      const section = this.section(step.blockId);
      if (!person || !section) return false;
      const cell = this.cell(person, section);
      return cell.set === step.to && cell.rule.fixed === null;
    });
    return standing ? steps : null;
  }

  /** @returns cells of contacts that these steps let see more than before */
  newlyShared(steps: readonly SharingStep[]): Cell[] {
    return steps.flatMap((step) => {
      const person = this.sharing.people.find(({ id }) => id === step.personId);
      const section = this.section(step.blockId);
      if (person?.role !== 'contact' || !section) return [];
      const cell = this.cell(person, section);
      const next = effectOf(step.to ?? cell.rule.usual, person.role);
      const more = next !== cell.effect && includesAccess(next, cell.effect);
      return more ? [{ ...cell, effect: next }] : [];
    });
  }

  /** @returns cells that these steps close to people who are asked to fill them in */
  closesAsked(steps: readonly SharingStep[]): Cell[] {
    return steps.flatMap((step) => {
      // What this device kept of an earlier version does not say.
      const asked = (this.sharing.asked ?? []).some(
        ({ personId, blockIds }) => personId === step.personId && blockIds.includes(step.blockId),
      );
      const person = this.sharing.people.find(({ id }) => id === step.personId);
      const section = this.section(step.blockId);
      if (!asked || !person || !section) return [];
      const cell = this.cell(person, section);
      const next = effectOf(step.to ?? cell.rule.usual, person.role);
      return cell.effect === 'write' && next !== 'write' ? [{ ...cell, effect: next }] : [];
    });
  }
}

/** The steps that take a change back; refused by the server where something was changed since. */
export function undoOf(steps: readonly SharingStep[]): SharingStep[] {
  return steps.map((step) => ({ ...step, from: step.to, to: step.from }));
}

function keyOf(blockId: string, personId: string): string {
  return `${blockId}/${personId}`;
}

/** The schools in the case's order, each with those who speak for it; the team last. */
function columnGroups(sharing: Sharing): ColumnGroup[] {
  const contacts = sharing.people.filter(({ role }) => role === 'contact');
  const schools = sharing.schools.flatMap((school): ColumnGroup[] => {
    const people = contacts.filter(({ schoolIds }) => schoolIds[0] === school.id);
    return people.length === 0 ? [] : [{ school, people }];
  });
  const team = sharing.people.filter(({ role }) => role !== 'contact');
  return [...schools, ...(team.length === 0 ? [] : [{ school: null, people: team }])];
}
