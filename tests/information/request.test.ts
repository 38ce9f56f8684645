import { describe, expect, it } from 'vitest';
import { findSection } from '../../shared/framework/framework.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';
import { answerOf, answerWords, wholeAnswer } from '../../shared/information/answer.ts';
import { askingLetter, listed, remindingLetter } from '../../shared/information/letter-draft.ts';
import {
  canBeAsked,
  isAskedUsually,
  isOverdue,
  nextLetterAt,
  REQUEST_STATES,
  requestState,
  usualDueOn,
} from '../../shared/information/request.ts';

const facts = findSection(mentoringAndCoaching, '4-facts');
if (!facts) throw new Error('the framework has no facts of a school');

describe('the day by which an answer is usually wanted', () => {
  it.each([
    // Friday to Friday.
    ['2026-03-06', null, '2026-03-20'],
    // Two weeks on would be a Saturday, a Sunday.
    ['2026-03-07', null, '2026-03-20'],
    ['2026-03-08', null, '2026-03-20'],
    // Before the visit, and the day before that is a Sunday.
    ['2026-03-06', '2026-03-16', '2026-03-13'],
    ['2026-03-06', '2026-03-12', '2026-03-11'],
    ['2026-03-06', '2026-06-01', '2026-03-20'],
    // Never before today, whatever the visit leaves.
    ['2026-03-07', '2026-03-08', '2026-03-07'],
    // Over the end of a year, and the night when clocks change.
    ['2026-12-24', null, '2027-01-07'],
    ['2026-03-20', null, '2026-04-03'],
  ])('from %s with a visit on %s is %s', (today, visit, due) => {
    expect(usualDueOn(today, visit)).toBe(due);
  });
});

describe('what can be asked of a school', () => {
  it('[ACCESS-5] is what is about each school and holds nothing of the team’s alone', () => {
    const ids = (of: typeof canBeAsked) => mentoringAndCoaching.sections.filter(of).map(({ id }) => id);
    expect(ids(canBeAsked)).toEqual(['4-facts', '12', '13']);
    expect(ids(isAskedUsually)).toEqual(['4-facts', '12']);
    const [field] = facts.fields;
    if (!field) throw new Error('no fields');
    expect(canBeAsked({ ...facts, fields: [{ ...field, audience: 'team' }] })).toBe(false);
    expect(canBeAsked({ ...facts, audience: 'team' })).toBe(false);
    expect(canBeAsked({ ...facts, occurrence: 'once' })).toBe(false);
  });
});

describe('where a request stands', () => {
  const asked = { withdrawn: false, closed: false, finished: false, present: true, invitation: null };
  it('[ASK-2] follows from what was said and done, and from nothing else', () => {
    const states = [
      requestState({ ...asked, present: false, invitation: 'open' }),
      requestState({ ...asked, present: false, invitation: 'over' }),
      requestState(asked),
      requestState({ ...asked, finished: true }),
      requestState({ ...asked, finished: true, closed: true }),
      requestState({ ...asked, finished: true, closed: true, withdrawn: true }),
      requestState({ ...asked, present: false, finished: true }),
    ];
    expect(states).toEqual([...REQUEST_STATES]);
    expect(requestState({ ...asked, present: false, invitation: 'used' })).toBe('left');
    expect(requestState({ ...asked, invitation: 'used' })).toBe('open');
  });

  it('[ASK-2] is overdue the day after, and never once somebody said that they are finished', () => {
    const at = (state: Parameters<typeof isOverdue>[0]['state'], today: string) =>
      isOverdue({ state, dueOn: '2026-03-20' }, today);
    expect(at('open', '2026-03-20')).toBe(false);
    expect(at('open', '2026-03-21')).toBe(true);
    expect(at('invited', '2026-03-21')).toBe(true);
    for (const state of ['finished', 'closed', 'withdrawn', 'left', 'invitation-over'] as const) {
      expect(at(state, '2027-01-01'), state).toBe(false);
    }
  });

  it('[ASK-3] lets the next letter go a week after the last', () => {
    const week = 7 * 86_400_000;
    expect(nextLetterAt({ askedAt: 5, remindedAt: null, letter: { state: 'sent' } })).toBe(5 + week);
    expect(nextLetterAt({ askedAt: 5, remindedAt: 9 + week, letter: null })).toBe(9 + 2 * week);
    for (const state of ['called-back', 'dropped', 'failed'] as const) {
      expect(nextLetterAt({ askedAt: 5, remindedAt: 9, letter: { state } }), 'one that never went').toBe(5);
    }
  });
});

describe('how far an answer is', () => {
  it('[ASK-2] is counted from the fields and the text, and names what is needed and missing', () => {
    const empty = answerOf(facts, {}, 0);
    expect(empty).toMatchObject({ filled: 0, missing: ['The school in a few lines'], words: 0 });
    expect(answerWords(empty)).toBe('nothing yet');
    const some = answerOf(facts, { 'field/description': 'Small.', 'value/roll': '212' }, 0);
    expect(some).toEqual({ filled: 2, fields: facts.fields.length, missing: [], words: 0 });
    expect(answerWords(some)).toBe(`2 of ${facts.fields.length} facts`);
    expect(answerWords({ ...some, words: 40 })).toBe(`2 of ${facts.fields.length} facts and 40 words`);
    expect(answerWords({ ...empty, words: 1 }), 'who writes it all as text has not done nothing').toBe(
      '1 word in the text',
    );
    expect(wholeAnswer([empty, some])).toEqual({
      filled: 2,
      fields: 2 * facts.fields.length,
      missing: ['The school in a few lines'],
      words: 0,
    });
  });
});

describe('the letter that asks', () => {
  it('says what, by when and why, with a place for the link, in the sender’s name', () => {
    const about = { name: 'Derek', sender: 'Ada', studyTitle: 'A study', schoolName: 'Hillside' };
    const what = { sections: ['Context', 'Contacts'], due: '20 March', visit: '24 March', note: 'Thanks!' };
    const letter = askingLetter({ ...about, ...what });
    expect(letter.subject).toBe('Before the visit: some facts about Hillside');
    expect(letter.text).toContain('Context and Contacts');
    expect(letter.text).toContain('We visit you on 24 March. It would help us to have them by 20 March.');
    expect(letter.text.split('\n\n')).toEqual(
      expect.arrayContaining(['Hello Derek,', 'Thanks!', '[link]', 'Ada']),
    );
    const again = remindingLetter({ ...about, ...what, past: false });
    expect(again.text, 'before the day').toContain('It would help us to have them by');
    expect(remindingLetter({ ...about, ...what, past: true }).text).toContain('We hoped for them by');
    expect(again.subject).toBe('A reminder: some facts about Hillside');
    expect(again.text).toContain('[link]');
    expect(listed(['A', 'B', 'C'])).toBe('A, B and C');
    expect(listed(['A'])).toBe('A');
  });
});
