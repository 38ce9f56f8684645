import type { RouteBody } from '../../../shared/api/contract.ts';
import type { Member, Person } from '../../../shared/api/people.ts';
import { findSection } from '../../../shared/framework/framework.ts';
import { mentoringAndCoaching } from '../../../shared/framework/mentoring-and-coaching.ts';
import { askingLetter } from '../../../shared/information/letter-draft.ts';
import type { BlockWriting } from '../../collaboration/block-writing.ts';
import type { Parts } from '../../parts.ts';
import type { BlockEdit } from './block-content.ts';
import { type Calls, callsOf } from './calls.ts';
import { caseBlocks } from './case-blocks.ts';
import type { CaseContent, InformationContent, LostContent, SectionContent, Writer } from './case-content.ts';
import { QuotePlanting } from './quotes.ts';
import { demoSheet } from './sheet.ts';
import { demoStudy } from './study.ts';

/** Who takes part in the demo; all of them are made up, as are their schools. */
export interface DemoPeople {
  readonly owner: Person;
  readonly fieldworkers: readonly [Person, Person];
  readonly editor: Person;
  readonly contact: Person;
}

type TeamCalls = Readonly<Record<Exclude<Writer, 'contact'>, Calls>>;

/**
 * Fills an empty installation with a fictional study and puts the people into it,
 * by the same calls and edits that they would make themselves.
 * @throws when the service refuses any of it
 */
export async function fillDemoStudy(parts: Parts, writing: BlockWriting, people: DemoPeople): Promise<void> {
  const who: Readonly<Record<Writer, Person>> = {
    lead: people.owner,
    first: people.fieldworkers[0],
    second: people.fieldworkers[1],
    editor: people.editor,
    contact: people.contact,
  };
  const team: TeamCalls = {
    lead: await callsOf(parts, who.lead.id),
    first: await callsOf(parts, who.first.id),
    second: await callsOf(parts, who.second.id),
    editor: await callsOf(parts, who.editor.id),
  };
  const fill = new StudyFilling(parts, writing, who, team);
  const studyId = await fill.study();
  for (const content of demoStudy.cases) await fill.case(studyId, content);
  for (const calls of Object.values(team)) await calls.end();
}

const DEMO_DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

class StudyFilling {
  readonly #parts: Parts;
  readonly #writing: BlockWriting;
  readonly #who: Readonly<Record<Writer, Person>>;
  readonly #team: TeamCalls;

  constructor(parts: Parts, writing: BlockWriting, who: Readonly<Record<Writer, Person>>, team: TeamCalls) {
    this.#parts = parts;
    this.#writing = writing;
    this.#who = who;
    this.#team = team;
  }

  async study(): Promise<string> {
    const study = await this.#team.lead.call('POST /api/studies', {
      body: {
        id: this.#parts.random.id(),
        title: demoStudy.title,
        description: demoStudy.description,
        dueOn: this.#day(demoStudy.dueInDays),
        frameworkId: mentoringAndCoaching.id,
        frameworkVersion: mentoringAndCoaching.version,
      },
    });
    const roles: readonly [Writer, Member['role']][] = [
      ['first', 'fieldworker'],
      ['second', 'fieldworker'],
      ['editor', 'editor'],
      ['contact', 'contact'],
    ];
    const since = this.#parts.clock.now();
    await this.#parts.records.read
      .insertInto('members')
      .values(
        roles.map(([writer, role]) => ({ study_id: study.id, user_id: this.#who[writer].id, role, since })),
      )
      .execute();
    await this.#tellContacts(study.id, since);
    return study.id;
  }

  /** What the school is told, as its contact saw it on coming in. */
  async #tellContacts(studyId: string, at: number): Promise<void> {
    const { version } = await this.#team.lead.call('POST /api/studies/:studyId/sheets', {
      params: { studyId },
      body: { id: this.#parts.random.id(), after: 0, parts: demoSheet },
    });
    await this.#parts.records.read
      .insertInto('sheets_shown')
      .values({ study_id: studyId, person_id: this.#who.contact.id, version, link_id: '', at })
      .execute();
  }

  async case(studyId: string, content: CaseContent): Promise<void> {
    const { lead } = this.#team;
    const schoolIds = new Map<string, string>();
    for (const { key, name, place } of content.schools) {
      const body = { id: this.#parts.random.id(), name, place };
      await lead.call('POST /api/studies/:studyId/schools', { params: { studyId }, body });
      schoolIds.set(key, body.id);
    }
    const { id: caseId, blocks } = await lead.call('POST /api/studies/:studyId/cases', {
      params: { studyId },
      body: {
        id: this.#parts.random.id(),
        title: content.title,
        subtitle: content.subtitle,
        schoolIds: [...schoolIds.values()],
        authority: content.authority,
      },
    });
    const scripts = caseBlocks(mentoringAndCoaching, content, () => this.#parts.random.id()).map((script) => {
      const schoolId = script.schoolKey === null ? null : (schoolIds.get(script.schoolKey) ?? null);
      const block = blocks.find(
        (candidate) => candidate.sectionId === script.sectionId && candidate.schoolId === schoolId,
      );
      if (!block) throw new Error(`“${content.title}” has no block for section ${script.sectionId}`);
      return { ...script, blockId: block.blockId, schoolId };
    });
    // All blocks at once, so that they share the waits for the disk.
    await Promise.all(scripts.map(({ blockId, edits }) => this.#write(blockId, edits.first)));
    for (const { blockId, schoolId, content: section, edits } of scripts) {
      const said = this.#said(section);
      if (said) {
        const speaker = this.#team[section.statusBy ?? 'first'];
        await speaker.call('PUT /api/blocks/:blockId/status', { params: { blockId }, body: said });
      }
      await this.#write(blockId, edits.sinceAgreed);
      await this.#hideWords(blockId, section.lostWords ?? []);
      if (schoolId !== null && section.by?.includes('contact')) await this.#askContact(caseId, schoolId);
    }
    if (content.information) {
      await this.#askForInformation(caseId, schoolIds.get(content.information.school), content.information);
    }
    if (content.quoted) {
      const planting = new QuotePlanting(this.#parts, this.#writing, this.#who, this.#team.first);
      const blockOf = (sectionId: string) =>
        scripts.find((each) => each.sectionId === sectionId)?.blockId ?? '';
      await planting.plant({ caseId, schoolIds, blockOf }, content.quoted);
    }
    // Last of all: an approved case is locked.
    await lead.call('PATCH /api/cases/:caseId', { params: { caseId }, body: { stage: content.stage } });
  }

  async #askForInformation(
    caseId: string,
    schoolId: string | undefined,
    asked: InformationContent,
  ): Promise<void> {
    if (schoolId === undefined) throw new Error(`nobody is asked about the school ${asked.school}`);
    const { lead, contact } = this.#who;
    const school = await this.#parts.records.read
      .selectFrom('schools')
      .select('name')
      .where('id', '=', schoolId)
      .executeTakeFirstOrThrow();
    const dueOn = this.#day(asked.dueInDays);
    const sections = asked.sections.map((id) => findSection(mentoringAndCoaching, id)?.title ?? id);
    const body = {
      id: this.#parts.random.id(),
      schoolId,
      personId: contact.id,
      sections: asked.sections.map((sectionId) => ({ sectionId })),
      dueOn,
      note: asked.note,
      letter: askingLetter({
        name: contact.name,
        sender: lead.name,
        studyTitle: demoStudy.title,
        schoolName: school.name,
        sections,
        due: DEMO_DAY.format(Date.parse(dueOn)),
        visit: null,
        note: asked.note,
      }),
    };
    await this.#team.lead.call('POST /api/cases/:caseId/information', { params: { caseId }, body });
    await this.#parts.records.read
      .updateTable('information_requests')
      .set({ made_at: this.#parts.clock.now() - asked.askedDaysAgo * 86_400_000 })
      .where('id', '=', body.id)
      .execute();
  }

  async #write(blockId: string, edits: readonly BlockEdit[]): Promise<void> {
    for (const { by, change } of edits) {
      await this.#writing.edit(blockId, null, change, { authorId: this.#who[by].id });
    }
  }

  async #hideWords(blockId: string, hidden: readonly LostContent[]): Promise<void> {
    if (hidden.length === 0) return;
    await this.#parts.records.read
      .insertInto('lost_words')
      .values(
        hidden.map(({ words, before, after, by, causedBy }) => ({
          id: this.#parts.random.id(),
          block_id: blockId,
          words,
          before_text: before,
          after_text: after,
          author_id: this.#who[by].id,
          caused_by_id: this.#who[causedBy].id,
          cause: 'changed-kind',
          at: this.#parts.clock.now(),
          settled_at: null,
          settled_by: null,
          settled_how: null,
        })),
      )
      .execute();
  }

  /** @returns what somebody says of a section beside its text; null for nothing */
  #said(content: SectionContent): RouteBody<'PUT /api/blocks/:blockId/status'> | null {
    const said = {
      ...(content.status && { status: content.status }),
      ...(content.notApplicable && { notApplicable: content.notApplicable }),
      ...(content.assignee && { assigneeId: this.#who[content.assignee].id }),
      ...(content.dueInDays !== undefined && { dueOn: this.#day(content.dueInDays) }),
    };
    return Object.keys(said).length > 0 ? said : null;
  }

  async #askContact(caseId: string, schoolId: string): Promise<void> {
    await this.#parts.records.read
      .insertInto('case_contacts')
      .values({
        case_id: caseId,
        user_id: this.#who.contact.id,
        school_id: schoolId,
        since: this.#parts.clock.now(),
      })
      .onConflict((conflict) => conflict.columns(['case_id', 'user_id', 'school_id']).doNothing())
      .execute();
  }

  /** @returns the ISO date `days` from today */
  #day(days: number): string {
    return new Date(this.#parts.clock.now() + days * 86_400_000).toISOString().slice(0, 10);
  }
}
