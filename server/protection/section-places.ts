import { findSection } from '../../shared/framework/framework.ts';
import type { PersonFileRow } from '../../shared/protection/person-file.ts';
import { findFramework } from '../frameworks/framework-registry.ts';
import { readRole } from '../studies/access-lookup.ts';
import type { PersonReach } from './person-reach.ts';

/** Where a section stands, as the file tells it. */
export type SectionPlace = Omit<PersonFileRow<'sharing'>, 'level' | 'at'>;

/** Blocks asked for in one statement, well below the number of values that one may have. */
const BLOCKS_AT_ONCE = 50;

/** Each has a few dozen blocks. */
const CASES_AT_ONCE = 10;

/** Names the sections of blocks. Whoever is on no team of a study, or no longer, is not told the titles of its cases. */
export class SectionPlaces {
  readonly #reach: PersonReach;
  readonly #titles = new Map<string, Promise<(sectionId: string) => string>>();
  #team: Promise<ReadonlySet<string>> | null = null;

  constructor(reach: PersonReach) {
    this.#reach = reach;
  }

  /** Ids of all blocks in reach, case by case, some at a time. */
  async *blockIds(): AsyncGenerator<readonly string[]> {
    for await (const cases of this.#cases()) {
      const rows = await this.#reach.records
        .selectFrom('blocks')
        .innerJoin('cases', 'cases.id', 'blocks.case_id')
        .select('blocks.id')
        .where('cases.id', 'in', cases)
        .orderBy('cases.created_at')
        .orderBy('cases.id')
        .orderBy('blocks.section_id')
        .orderBy('blocks.id')
        .execute();
      const ids = rows.map((row) => row.id);
      for (let at = 0; at < ids.length; at += BLOCKS_AT_ONCE) yield ids.slice(at, at + BLOCKS_AT_ONCE);
    }
  }

  /** Ids of all cases in reach, oldest first, some at a time. */
  async *#cases(): AsyncGenerator<readonly string[]> {
    const { records, studyId } = this.#reach;
    let last: { readonly id: string; readonly created_at: number } | undefined;
    for (;;) {
      const page: { id: string; created_at: number }[] = await records
        .selectFrom('cases')
        .select(['id', 'created_at'])
        .$if(studyId !== null, (query) => query.where('study_id', '=', studyId ?? ''))
        .$if(last !== undefined, (query) =>
          query.where((eb) =>
            eb(eb.refTuple('created_at', 'id'), '>', eb.tuple(last?.created_at ?? 0, last?.id ?? '')),
          ),
        )
        .orderBy('created_at')
        .orderBy('id')
        .limit(CASES_AT_ONCE)
        .execute();
      if (page.length > 0) yield page.map(({ id }) => id);
      if (page.length < CASES_AT_ONCE) return;
      last = page.at(-1);
    }
  }

  /** @returns those of the blocks that are in reach, by id */
  async of(blockIds: readonly string[]): Promise<ReadonlyMap<string, SectionPlace>> {
    const { studyId } = this.#reach;
    const places = new Map<string, SectionPlace>();
    const ids = [...new Set(blockIds)];
    for (let at = 0; at < ids.length; at += BLOCKS_AT_ONCE) {
      for (const row of await this.#rows(ids.slice(at, at + BLOCKS_AT_ONCE))) {
        // Asked of the database, it would look through the whole study each time.
        if (studyId !== null && row.study_id !== studyId) continue;
        const section = await this.#title(row.framework_id, row.framework_version);
        places.set(row.id, {
          studyId: row.study_id,
          caseId: row.case_id,
          case: (await this.#onTeam()).has(row.study_id) ? row.title : null,
          sectionId: row.section_id,
          section: section(row.section_id),
          schoolId: row.school_id,
          school: row.school,
        });
      }
    }
    return places;
  }

  #rows(ids: readonly string[]) {
    return this.#reach.records
      .selectFrom('blocks')
      .innerJoin('cases', 'cases.id', 'blocks.case_id')
      .innerJoin('studies', 'studies.id', 'cases.study_id')
      .leftJoin('schools', 'schools.id', 'blocks.school_id')
      .select(['blocks.id', 'blocks.section_id', 'blocks.school_id', 'cases.id as case_id', 'cases.title'])
      .select(['studies.id as study_id', 'studies.framework_id', 'studies.framework_version'])
      .select('schools.name as school')
      .where('blocks.id', 'in', ids)
      .execute();
  }

  #title(frameworkId: string, version: number): Promise<(sectionId: string) => string> {
    const key = `${frameworkId}/${version}`;
    const known = this.#titles.get(key) ?? this.#loadTitles(frameworkId, version);
    this.#titles.set(key, known);
    return known;
  }

  async #loadTitles(frameworkId: string, version: number): Promise<(sectionId: string) => string> {
    const framework = await findFramework(this.#reach.records, frameworkId, version);
    return (sectionId) => (framework && findSection(framework, sectionId)?.title) ?? sectionId;
  }

  #onTeam(): Promise<ReadonlySet<string>> {
    this.#team ??= teamStudies(this.#reach);
    return this.#team;
  }
}

/** @returns ids of studies whose cases the reader of the file may know by their titles */
export async function teamStudies({ records, personId, studyId }: PersonReach): Promise<ReadonlySet<string>> {
  if (studyId !== null) return new Set([studyId]);
  const rows = await records
    .selectFrom('members')
    .select(['study_id', 'role'])
    .where('user_id', '=', personId)
    .execute();
  const team = rows.filter((row) => ![null, 'contact'].includes(readRole(row.role)));
  return new Set(team.map((row) => row.study_id));
}
