import fc from 'fast-check';
import { createPerson } from '../../server/accounts/people.ts';
import type { Framework, Section } from '../../shared/framework/framework.ts';
import {
  ACCESS_LEVELS,
  type Access,
  type Asker,
  blockFacts,
  type ContactPlace,
  type Decision,
  decideBlockAccess,
  STAGES,
  type Stage,
} from '../../shared/permissions/access.ts';
import type { Role } from '../../shared/permissions/roles.ts';
import { paragraph, type World } from '../studies/world.ts';

const FIELD = { id: 'aims', kind: 'long-text', label: 'Aims' } as const;
const section = (id: string, more: Partial<Section>): Section => ({
  id,
  title: `Section ${id}`,
  purpose: 'To be decided about.',
  required: false,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [],
  fields: [FIELD],
  ...more,
});

/** A section of every kind that decides differently. */
const SECTIONS: readonly Section[] = [
  section('whole', {}),
  section('asked', { occurrence: 'per-school', audience: 'shareable' }),
  section('shown', { audience: 'shareable' }),
  section('each', { occurrence: 'per-school' }),
  section('team', { audience: 'team' }),
  section('mixed', { fields: [FIELD, { ...FIELD, id: 'private', audience: 'team' }] }),
];

const FRAMEWORK: Framework = {
  id: 'small',
  version: 1,
  title: 'Small',
  description: '',
  language: 'en-GB',
  sections: SECTIONS,
  scopingQuestions: [],
  stakeholderGroups: [],
  careerStages: [],
  contextDimensions: [],
  definitions: [],
  learningObjectives: [],
};

export const SCHOOLS = ['s0', 's1'] as const;
/** The second case is about one of the two schools. */
const CASE_SCHOOLS: Readonly<Record<string, readonly string[]>> = { c0: SCHOOLS, c1: ['s1'] };
export const CASES = ['c0', 'c1'] as const;

export interface RandomBlock {
  readonly id: string;
  readonly caseId: string;
  readonly section: Section;
  readonly schoolId: string | null;
}

export const BLOCKS: readonly RandomBlock[] = CASES.flatMap((caseId) =>
  SECTIONS.flatMap((one) => {
    const schools = one.occurrence === 'once' ? [null] : (CASE_SCHOOLS[caseId] ?? []);
    return schools.map((schoolId) => ({
      id: `${caseId}-${one.id}${schoolId ? `-${schoolId}` : ''}`,
      caseId,
      section: one,
      schoolId,
    }));
  }),
);

const PLACES: readonly ContactPlace[] = CASES.flatMap((caseId) =>
  (CASE_SCHOOLS[caseId] ?? []).map((schoolId) => ({ caseId, schoolId })),
);

export interface RandomPerson {
  readonly role: Role | null;
  readonly places: readonly ContactPlace[];
}

export interface RandomStudy {
  readonly people: readonly RandomPerson[];
  readonly cases: Readonly<Record<string, { readonly stage: Stage; readonly deleted: boolean }>>;
  readonly grants: readonly {
    readonly person: number;
    readonly block: number;
    readonly level: Access | null;
  }[];
}

const person: fc.Arbitrary<RandomPerson> = fc
  .record({
    role: fc.constantFrom<Role | null>(
      null,
      'owner',
      'editor',
      'fieldworker',
      'viewer',
      'contact',
      'contact',
    ),
    places: fc.subarray([...PLACES], { minLength: 1 }),
  })
  .map(({ role, places }) => ({ role, places: role === 'contact' ? places : [] }));

const standing = fc.record({
  stage: fc.constantFrom(...STAGES),
  deleted: fc.integer({ max: 5, min: 0 }).map((n) => n === 0),
});

const PEOPLE = 6;

/** The first is always a lead: no study is without one. */
export const randomStudy: fc.Arbitrary<RandomStudy> = fc.record({
  people: fc
    .array(person, { minLength: PEOPLE, maxLength: PEOPLE })
    .map((people) => [{ role: 'owner' as const, places: [] }, ...people]),
  cases: fc.record({ c0: standing, c1: standing }),
  grants: fc.uniqueArray(
    fc.record({
      person: fc.integer({ min: 0, max: PEOPLE }),
      block: fc.integer({ min: 0, max: BLOCKS.length - 1 }),
      level: fc.option(fc.constantFrom(...ACCESS_LEVELS)),
    }),
    { minLength: 10, maxLength: 60, selector: ({ person, block }) => `${person} ${block}` },
  ),
});

/** What the one function says, of what was made up and nothing else. */
export function sayOf(study: RandomStudy, who: number, block: RandomBlock): Decision {
  const { role, places } = study.people[who] as RandomPerson;
  const asker: Asker = { role, contactOf: places };
  const granted = study.grants.find((grant) => grant.person === who && BLOCKS[grant.block] === block);
  const { stage, deleted } = study.cases[block.caseId] as { stage: Stage; deleted: boolean };
  return decideBlockAccess(
    asker,
    { ...blockFacts(block.section, block), stage, deleted },
    granted?.level ?? null,
  );
}

/** Puts the study into the records of a world, each block with a secret in it. @returns ids of its people */
export async function plant(world: World, study: RandomStudy): Promise<readonly string[]> {
  const { parts } = world;
  const records = parts.records.read;
  const now = parts.clock.now();
  const ids: string[] = [];
  for (const at of study.people.keys()) {
    const made = await createPerson(records, parts, {
      name: `Person ${at}`,
      email: `person${at}@random.example`,
      isHost: false,
    });
    ids.push(made.id);
  }
  const id = (at: number) => ids[at] as string;
  await records
    .insertInto('frameworks')
    .values({ id: 'small', version: 1, json: JSON.stringify(FRAMEWORK), imported_at: now, imported_by: null })
    .execute();
  await records
    .insertInto('studies')
    .values({
      id: 'study',
      title: 'Study',
      description: '',
      due_on: null,
      framework_id: 'small',
      framework_version: 1,
      created_at: now,
      created_by: id(0),
      deleted_at: null,
      deleted_by: null,
    })
    .execute();
  for (const schoolId of SCHOOLS) {
    await records
      .insertInto('schools')
      .values({
        id: schoolId,
        study_id: 'study',
        name: `School ${schoolId}`,
        place: '',
        created_at: now,
        deleted_at: null,
        deleted_by: null,
      })
      .execute();
  }
  for (const caseId of CASES) {
    const { stage, deleted } = study.cases[caseId] as { stage: Stage; deleted: boolean };
    await records
      .insertInto('cases')
      .values({
        id: caseId,
        study_id: 'study',
        title: `Case ${caseId}`,
        subtitle: '',
        stage,
        stage_by: null,
        stage_at: null,
        stage_why: null,
        authority: 0,
        created_at: now,
        created_by: id(0),
        changed_at: now,
        deleted_at: deleted ? now : null,
        deleted_by: null,
      })
      .execute();
    const schools = (CASE_SCHOOLS[caseId] ?? []).map((school_id, position) => {
      return { case_id: caseId, school_id, position };
    });
    await records.insertInto('case_schools').values(schools).execute();
  }
  for (const [at, { role, places }] of study.people.entries()) {
    if (role === null) continue;
    await world.join('study', id(at), role);
    for (const { caseId, schoolId } of places) await world.joinAsContact(caseId, schoolId, id(at));
  }
  for (const block of BLOCKS) {
    const { id: blockId, caseId, schoolId } = block;
    await records
      .insertInto('blocks')
      .values({ id: blockId, case_id: caseId, section_id: block.section.id, school_id: schoolId })
      .execute();
    await parts.blocks.create(blockId, 'lineage-1');
    await world.write(blockId, id(0), paragraph(`secret of ${blockId}`));
  }
  for (const { person, block, level } of study.grants) {
    await records
      .insertInto('block_grants')
      .values({
        block_id: (BLOCKS[block] as RandomBlock).id,
        person_id: id(person),
        level,
        set_by: id(0),
        set_at: now,
      })
      .execute();
  }
  return ids;
}
