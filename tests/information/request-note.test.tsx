import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openRequest, RequestNote } from '../../client/information/RequestNote.tsx';
import type { ContactBlock } from '../../shared/api/contact.ts';
import type { OwnRequest } from '../../shared/api/information.ts';
import { findSection } from '../../shared/framework/framework.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';

const section = findSection(mentoringAndCoaching, '4-facts');
if (!section) throw new Error('the framework has no facts of a school');
const block: ContactBlock = { blockId: 'b1', schoolId: 's', section, access: 'write', reason: null };
const request: OwnRequest = {
  id: 'r1',
  blockIds: ['b1'],
  dueOn: '2030-01-29',
  visitOn: '2030-02-08',
  note: '',
  askedBy: 'Ada Lead',
  askedAt: Date.UTC(2030, 0, 15, 9),
  finished: null,
  closed: false,
  alsoAsked: [],
};

const words = (changed: Partial<OwnRequest> = {}, closedNow = false, access: 'read' | 'write' = 'write') =>
  renderToStaticMarkup(
    <RequestNote
      request={{ ...request, ...changed }}
      blocks={[{ ...block, access }]}
      closedNow={closedNow}
      progress={() => '2 of 27 facts'}
    />,
  )
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2030, 0, 27, 10) });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what a school contact is told of a request', () => {
  it('[ASK-1] says until when, how long that is, and how far it is', () => {
    const told = words({ note: 'Last year’s figures are fine.' });
    expect(told).toContain('Until Tuesday 29 January 2030 That is in 2 days.');
    expect(told).toContain('The visit is on Friday 8 February 2030.');
    expect(told).toContain('Last year’s figures are fine. Ada Lead');
    expect(told).toContain('Context 2 of 27 facts');
    expect(words({ dueOn: '2030-01-28' })).toContain('That is tomorrow.');
    expect(words({ dueOn: '2030-01-27' })).toContain('That is today.');
  });

  it('[ASK-2] says without blame that the day has passed, and that it is still open', () => {
    const told = words({ dueOn: '2030-01-26', visitOn: null });
    expect(told).toContain('That day has passed, and it is still open: whatever you can add helps.');
    expect(told).not.toMatch(/late|overdue|missed|should have/i);
  });

  it('[ASK-2] thanks whoever is finished, even after the day, and says that nothing is closed by it', () => {
    const told = words({ dueOn: '2030-01-20', finished: { at: Date.now(), couldNot: '' } });
    expect(told).toContain('You have filled in what you can. Thank you!');
    expect(told).toContain('You can still change and add until the team closes it.');
    expect(told).not.toContain('has passed');
  });

  it('[SAVE-2] promises nothing while the case is closed, and no link to what cannot be filled in', () => {
    const told = words({}, true, 'read');
    expect(told).toContain('The questions are closed at the moment.');
    expect(told).not.toContain('2 of 27');
  });

  it('[SAVE-2] presses nobody for what was taken from them, and names who is asked for the same', () => {
    const told = words({}, false, 'read');
    expect(told).toContain('is not open to you at the moment. Ada Lead can tell you more.');
    expect(told).not.toContain('That is in');
    const both = words({ alsoAsked: [{ blockId: 'b1', names: ['Eve Contact'] }] });
    expect(both).toContain('Eve Contact is asked for this as well.');
    expect(words({})).not.toContain('as well');
  });

  it('[ASK-2] thanks when the team has closed it, and is not what is to be answered any more', () => {
    expect(words({ closed: true })).toContain('Thank you: Ada Lead has what is needed');
    const asked = { requests: [{ ...request, closed: true }, request] };
    expect(openRequest(asked as never)).toBe(request);
    expect(openRequest({ requests: [{ ...request, closed: true }] } as never)).toBeNull();
  });
});
