import { describe, expect, it } from 'vitest';
import {
  casesInOrder,
  casesLine,
  counted,
  notesOf,
  progressWords,
  schoolsOf,
  stagesLine,
} from '../../client/studies/study-words.ts';
import type { CaseSummary } from '../../shared/api/cases.ts';

function caseOf(change: Partial<CaseSummary> = {}): CaseSummary {
  return {
    id: 'c',
    studyId: 's',
    title: 'Two teachers, one lesson at a time',
    subtitle: '',
    stage: 'drafting',
    authority: false,
    schoolIds: [],
    done: 0,
    started: 0,
    total: 22,
    words: 0,
    toAsk: 0,
    lostWords: 0,
    assigneeIds: [],
    changedAt: 1,
    ...change,
  };
}

describe('what a study says of itself', () => {
  it('counts in words up to ten, and one is one', () => {
    expect(counted(1, 'school')).toBe('one school');
    expect(counted(10, 'school')).toBe('ten schools');
    expect(counted(11, 'school')).toBe('11 schools');
    expect(casesLine({ cases: 1, dueOn: null })).toBe('One case study');
    expect(casesLine({ cases: 6, dueOn: '2031-06-30' })).toBe('Six case studies by 30 June 2031');
    expect(casesLine({ cases: 0, dueOn: null })).toBe('No case studies yet');
    expect(casesLine({ cases: 0, dueOn: '2031-06-30' })).toBe('No case studies yet, due 30 June 2031');
  });

  it('names stages in the order of the work, and none that no case is at', () => {
    const cases = [
      caseOf({ stage: 'published' }),
      caseOf({ stage: 'drafting' }),
      caseOf({ stage: 'with-school' }),
      caseOf({ stage: 'drafting' }),
    ];
    expect(stagesLine(cases)).toBe('2 drafting, 1 with the school, 1 published');
    expect(stagesLine([])).toBe('');
  });

  it('puts what is under way first, and leaves the list that it was given alone', () => {
    const cases = [
      caseOf({ id: 'a', stage: 'published' }),
      caseOf({ id: 'b', title: 'B', stage: 'drafting' }),
      caseOf({ id: 'c', title: 'A', stage: 'drafting' }),
    ];
    expect(casesInOrder(cases).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(cases.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('names one school, two, or the first with how many more', () => {
    const schools = ['Larkfield', 'Harrow Lane', 'Bexmoor', 'Ashdown'].map((name) => ({
      id: name,
      name,
      place: '',
      deletedAt: null,
    }));
    expect(schoolsOf(['Bexmoor'], schools)).toBe('Bexmoor');
    expect(schoolsOf(['Bexmoor', 'Ashdown'], schools)).toBe('Bexmoor and Ashdown');
    expect(schoolsOf(['Bexmoor', 'Ashdown', 'Larkfield'], schools)).toBe('Bexmoor and two more schools');
    expect(schoolsOf(['gone'], schools)).toBe('');
  });
});

describe('what a case says of itself', () => {
  it('says first what was lost, then what is to ask', () => {
    expect(notesOf(caseOf({ lostWords: 1, toAsk: 3 }))).toEqual([
      { tone: 'bad', words: '1 passage lost its place' },
      { tone: 'wait', words: '3 still to ask' },
    ]);
    expect(notesOf(caseOf({ lostWords: 2 }))[0]?.words).toBe('2 passages lost their place');
  });

  it('is complete only when every section is agreed and nothing is open', () => {
    expect(notesOf(caseOf({ done: 22, started: 22 }))).toEqual([{ tone: 'good', words: 'Complete' }]);
    expect(notesOf(caseOf({ done: 22, started: 22, toAsk: 1 }))[0]?.tone).toBe('wait');
    expect(notesOf(caseOf({ done: 21, started: 22 }))).toEqual([]);
    expect(notesOf(caseOf({ total: 0 }))).toEqual([{ tone: 'calm', words: 'Not begun' }]);
  });

  it('speaks of what is agreed as soon as something is', () => {
    expect(progressWords(caseOf())).toBe('22 sections');
    expect(progressWords(caseOf({ started: 5 }))).toBe('5 of 22 begun');
    expect(progressWords(caseOf({ started: 9, done: 2 }))).toBe('2 of 22 agreed');
    expect(progressWords(caseOf({ started: 22, done: 22 }))).toBe('All sections agreed');
  });
});
