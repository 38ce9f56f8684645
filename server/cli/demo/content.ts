import * as Y from 'yjs';
import type { Member, Person } from '../../../shared/api/contract.ts';
import { CONTENT, FIELDS, promptKey } from '../../../shared/document/block-parts.ts';
import { mentoringAndCoaching } from '../../../shared/framework/mentoring-and-coaching.ts';
import type { BlockWriting } from '../../collaboration/block-writing.ts';
import type { Parts } from '../../parts.ts';
import { callsOf } from './calls.ts';

/** Who takes part in the demo; all of them are made up, as are their schools. */
export interface DemoPeople {
  readonly owner: Person;
  readonly fieldworkers: readonly [Person, Person];
  readonly editor: Person;
  readonly contact: Person;
}

/** Fills an empty installation with a fictional study and puts the people into it. */
export async function fillDemoStudy(parts: Parts, writing: BlockWriting, people: DemoPeople): Promise<void> {
  const { random } = parts;
  const calls = await callsOf(parts, people.owner.id);
  const [ruth] = people.fieldworkers;
  const study = await calls.call('POST /api/studies', {
    body: {
      id: random.id(),
      title: 'Learning from each other: mentoring in the Wendale schools',
      description: 'Six accounts of teachers who learn by watching, asking and trying again together.',
      dueOn: null,
      frameworkId: mentoringAndCoaching.id,
      frameworkVersion: mentoringAndCoaching.version,
    },
  });
  await joinStudy(parts, study.id, people);
  const school = await calls.call('POST /api/studies/:studyId/schools', {
    params: { studyId: study.id },
    body: { id: random.id(), name: 'Marlow Bridge Primary School', place: 'Wendale' },
  });
  const made = await calls.call('POST /api/studies/:studyId/cases', {
    params: { studyId: study.id },
    body: {
      id: random.id(),
      title: 'The lesson before the lesson',
      subtitle: 'Pairs of teachers plan one lesson a month in front of each other',
      schoolIds: [school.id],
    },
  });
  await parts.records.read
    .insertInto('case_contacts')
    .values({ case_id: made.id, user_id: people.contact.id, school_id: school.id, since: parts.clock.now() })
    .execute();
  await calls.call('PATCH /api/cases/:caseId', { params: { caseId: made.id }, body: { stage: 'drafting' } });

  const blockOf = (sectionId: string): string => {
    const block = made.blocks.find((candidate) => candidate.sectionId === sectionId);
    if (!block) throw new Error(`the demo's case has no section ${sectionId}`);
    return block.blockId;
  };
  await writing.edit(
    blockOf('1'),
    null,
    (doc) => {
      write(doc, [
        'New teachers at Marlow Bridge told the deputy head that they were watched a good deal and seldom shown how a lesson comes about. Feedback came afterwards, when nothing could be changed any more.',
        'The school wanted to move the conversation to before the lesson: to let two teachers think aloud together while everything is still open.',
      ]);
      const first = mentoringAndCoaching.sections.find((section) => section.id === '1')?.prompts[0];
      if (first) doc.getMap(FIELDS).set(promptKey(first.id), 'answered');
    },
    { authorId: ruth.id },
  );
  await writing.edit(
    blockOf('2.3'),
    null,
    (doc) =>
      write(doc, [
        'Each pair meets on the first Tuesday of the month for forty minutes. One of them brings the lesson that worries them most; the other asks, and does not advise.',
      ]),
    { authorId: ruth.id },
  );
  await calls.end();
}

async function joinStudy(parts: Parts, studyId: string, people: DemoPeople): Promise<void> {
  const roles: readonly [Person, Member['role']][] = [
    [people.fieldworkers[0], 'fieldworker'],
    [people.fieldworkers[1], 'fieldworker'],
    [people.editor, 'editor'],
    [people.contact, 'contact'],
  ];
  await parts.records.read
    .insertInto('members')
    .values(
      roles.map(([person, role]) => ({
        study_id: studyId,
        user_id: person.id,
        role,
        since: parts.clock.now(),
      })),
    )
    .execute();
}

function write(doc: Y.Doc, paragraphs: readonly string[]): void {
  doc.getXmlFragment(CONTENT).insert(
    0,
    paragraphs.map((text) => {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [new Y.XmlText(text)]);
      return paragraph;
    }),
  );
}
