import type { BlockState, CaseDetail } from '../../shared/api/cases.ts';
import type { School } from '../../shared/api/schools.ts';
import type { Framework, Section } from '../../shared/framework/framework.ts';

/** One section as it stands in this case: asked once, or of one of its schools. */
export interface CaseSection {
  readonly blockId: string;
  /** Names it in links: `2.4`; of one of several schools `4-facts~<schoolId>`. */
  readonly slug: string;
  readonly section: Section;
  readonly school: School | null;
  /** Told apart by school on the page: several schools are asked. */
  readonly named: boolean;
  readonly number: string;
  readonly title: string;
  /** As said in buttons and lists: `2.4`, with the title where a number alone does not tell; with the school. */
  readonly short: string;
  /** In full: `2.4 Observing`. */
  readonly full: string;
  /** Whether it stands under another section. */
  readonly indented: boolean;
  readonly state: BlockState;
}

export type OutlineRow =
  | { readonly kind: 'section'; readonly key: string; readonly section: CaseSection; readonly depth: 0 | 1 }
  /** Over the schools of a section that each of them is asked. */
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly number: string;
      readonly title: string;
      readonly first: CaseSection;
      readonly all: readonly CaseSection[];
    };

/**
 * The sections of a case in the framework's order, schools within a section in
 * the case's order; those that the reader may not read are left out.
 */
export function caseSections(
  framework: Framework,
  detail: Pick<CaseDetail, 'schools' | 'schoolIds' | 'blocks'>,
): readonly CaseSection[] {
  const schools = new Map(detail.schools.map((school) => [school.id, school]));
  const schoolRank = new Map(detail.schoolIds.map((id, index) => [id, index]));
  const blocks = new Map<string, BlockState[]>();
  for (const block of detail.blocks) {
    if (block.access === 'none') continue;
    const list = blocks.get(block.sectionId);
    if (list) list.push(block);
    else blocks.set(block.sectionId, [block]);
  }
  return framework.sections.flatMap((section) => {
    const ofSection = [...(blocks.get(section.id) ?? [])].sort(
      (a, b) => rankOf(a, schoolRank) - rankOf(b, schoolRank),
    );
    const named = ofSection.length > 1;
    // Two sections may share a number (4 Context, 4 Leadership): then only the title tells them apart.
    const alone = !framework.sections.some((other) => other !== section && other.number === section.number);
    return ofSection.map((state) => {
      const school = state.schoolId ? (schools.get(state.schoolId) ?? null) : null;
      return caseSection(section, state, school, { named, numberAlone: alone });
    });
  });
}

function rankOf(block: BlockState, ranks: ReadonlyMap<string, number>): number {
  return block.schoolId === null ? -1 : (ranks.get(block.schoolId) ?? Number.MAX_SAFE_INTEGER);
}

function caseSection(
  section: Section,
  state: BlockState,
  school: School | null,
  { named, numberAlone }: { readonly named: boolean; readonly numberAlone: boolean },
): CaseSection {
  const number = section.number ?? '';
  const whole = number ? `${number} ${section.title}` : section.title;
  const of = named && school ? `, ${school.name}` : '';
  return {
    blockId: state.blockId,
    slug: named && state.schoolId ? `${section.id}~${state.schoolId}` : section.id,
    section,
    school,
    named,
    number,
    title: section.title,
    short: `${number && numberAlone ? number : whole}${of}`,
    full: `${whole}${of}`,
    indented: section.parent !== undefined,
    state,
  };
}

/** The outline beside the paper: schools stand indented under what each of them is asked. */
export function outlineRows(sections: readonly CaseSection[]): readonly OutlineRow[] {
  const rows: OutlineRow[] = [];
  let group = '';
  for (const section of sections) {
    if (section.named && section.section.id !== group) {
      group = section.section.id;
      rows.push({
        kind: 'group',
        key: `group:${group}`,
        number: section.number,
        title: section.title,
        first: section,
        all: sections.filter((other) => other.section.id === group),
      });
    }
    rows.push({
      kind: 'section',
      key: section.blockId,
      section,
      depth: section.named || section.indented ? 1 : 0,
    });
  }
  return rows;
}

/**
 * @param slug from a link, by anybody
 * @returns the section it names; of several schools the first where the school is not (or no longer) there
 */
export function sectionBySlug(sections: readonly CaseSection[], slug: string): CaseSection | null {
  const exact = sections.find((section) => section.slug === slug);
  if (exact) return exact;
  const id = slug.split('~', 1)[0];
  return sections.find((section) => section.section.id === id) ?? null;
}

/** Where a case is: its school, or the first of several with how many more. */
export function schoolsLine(schools: readonly School[]): string {
  const [first, second] = schools;
  if (!first) return '';
  if (!second) return first.name;
  if (schools.length === 2) return `${first.name} and ${second.name}`;
  return `${first.name} and ${schools.length - 1} more schools`;
}
