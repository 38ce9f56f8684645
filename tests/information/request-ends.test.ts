import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ACCESS_LEVELS, type Access } from '../../shared/permissions/access.ts';
import { createAskingWorld } from './asking-world.ts';

const SECTIONS = ['4-facts', '12', '13'] as const;
const SEED = 20_261_127;

const level = fc.constantFrom<Access | null>(null, ...ACCESS_LEVELS);
const asked = fc.subarray([...SECTIONS], { minLength: 1 });

it(`[ASK-2] [ACCESS-6] whatever was set before: withdrawn leaves no trace of a request in it, closed leaves to read (seed ${SEED})`, async () => {
  const here = await createAskingWorld();
  const { world, study } = here;
  const { ada, eve } = world.people;
  const blockOf = (sectionId: string) => study.block(sectionId, study.schoolId);
  const setNow = async (): Promise<Readonly<Record<string, string | null>>> => {
    const { cells } = await world.call('GET /api/cases/:caseId/sharing', ada, { caseId: study.caseId });
    const theirs = cells.filter(({ personId }) => personId === eve);
    return Object.fromEntries(
      SECTIONS.map((id) => [id, theirs.find(({ blockId }) => blockId === blockOf(id))?.level ?? null]),
    );
  };
  const accessNow = async () => {
    const blocks = (await here.contactPage(eve))[0]?.blocks ?? [];
    return Object.fromEntries(
      SECTIONS.map((id) => [id, blocks.find(({ section }) => section.id === id)?.access ?? 'none']),
    );
  };
  let count = 0;
  try {
    await fc.assert(
      fc.asyncProperty(fc.tuple(level, level, level), asked, fc.boolean(), async (levels, wanted, closes) => {
        for (const [at, id] of SECTIONS.entries()) {
          const from = (await setNow())[id] as Access | null;
          const to = levels[at] ?? null;
          if (from !== to) await here.share(ada, { blockId: blockOf(id), personId: eve, from, to });
        }
        const before = await setNow();
        const had = await accessNow();
        const id = `req-${++count}`;
        const sections = wanted.map((sectionId) => ({
          sectionId,
          from: before[sectionId] as Access | null,
        }));
        await here.ask(ada, { id, sections });
        const opened = await accessNow();
        for (const one of SECTIONS) {
          const mine = (wanted as readonly string[]).includes(one);
          expect(opened[one], `${one} while asked`).toBe(mine ? 'write' : had[one]);
        }
        expect(await here.tryEnd(closes ? 'close' : 'withdraw', id)).toBe('ok');
        if (!closes) {
          expect(await setNow()).toEqual(before);
          return;
        }
        const after = await accessNow();
        for (const one of SECTIONS) {
          const mine = (wanted as readonly string[]).includes(one);
          expect(after[one], `${one} once closed`).toBe(mine ? 'read' : had[one]);
        }
      }),
      { seed: SEED, numRuns: 25 },
    );
  } finally {
    await world.close();
  }
}, 60_000);
