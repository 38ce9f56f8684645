import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closingNews, NO_NEWS } from '../../client/contact/ClosedSections.tsx';
import { type AskingWorld, createAskingWorld } from './asking-world.ts';

let here: AskingWorld;
beforeEach(async () => {
  here = await createAskingWorld();
});
afterEach(() => here.world.close());

const named = async (person: string) =>
  (await here.contactPage(person)).flatMap(({ requests }) =>
    requests.flatMap(({ alsoAsked }) =>
      alsoAsked.map(({ blockId, names }) => `${names.join(', ')} in ${blockId}`),
    ),
  );

describe('two who are asked about one school', () => {
  it('[ACCESS-5] [ASK-1] are named to each other where both fill in the same, and nowhere else', async () => {
    const { world, study } = here;
    const { ada, eve, host, stranger } = world.people;
    await world.joinAsContact(study.caseId, study.schoolId, stranger);
    await here.ask(ada, {});
    expect(await named(eve), 'who was not asked is named to nobody').toEqual([]);
    await here.ask(ada, { id: 'req-2', personId: stranger, sections: [{ sectionId: '4-facts' }] });
    const facts = study.block('4-facts', study.schoolId);
    expect(await named(eve)).toEqual([`Stranger Danger in ${facts}`]);
    expect(await named(stranger)).toEqual([`Eve Contact in ${facts}`]);
    await here.ask(ada, { id: 'req-3', schoolId: 'two', personId: host });
    expect(await named(host), 'of another school').toEqual([]);
    expect(await named(eve)).toEqual([`Stranger Danger in ${facts}`]);
    await here.share(ada, { blockId: facts, personId: stranger, from: null, to: 'read' });
    expect([await named(eve), await named(stranger)], 'who only reads').toEqual([[], []]);
  });

  it('[ACCESS-5] are not, once one of the requests is over', async () => {
    const { world, study } = here;
    const { ada, eve, stranger } = world.people;
    await world.joinAsContact(study.caseId, study.schoolId, stranger);
    await here.ask(ada, { id: 'req-2', personId: stranger });
    await here.ask(ada, {});
    expect(await named(eve)).toHaveLength(2);
    await here.end('withdraw');
    expect([await named(eve), await named(stranger)]).toEqual([[], []]);
  });
});

describe('what a page says of sections that went from it', () => {
  it('[SAVE-2] says so until they are back, and not where the request’s own end says it', async () => {
    const { world, study } = here;
    const { ada, eve } = world.people;
    await here.ask(ada, { sections: [{ sectionId: '4-facts' }] });
    const facts = study.block('4-facts', study.schoolId);
    const before = closingNews(NO_NEWS, await here.contactPage(eve));
    expect([...before.gone]).toEqual([]);
    await here.share(ada, { blockId: facts, personId: eve, from: null, to: 'none' });
    const gone = closingNews(before, await here.contactPage(eve));
    expect([...gone.gone.keys()]).toEqual([facts]);
    expect([...closingNews(gone, await here.contactPage(eve)).gone.keys()]).toEqual([facts]);
    await here.share(ada, { blockId: facts, personId: eve, from: 'none', to: null });
    const back = closingNews(gone, await here.contactPage(eve));
    expect([...back.gone]).toEqual([]);
    await here.end('close');
    expect([...closingNews(back, await here.contactPage(eve)).gone]).toEqual([]);
  });
});
