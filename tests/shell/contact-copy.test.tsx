import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import CopySection from '../../client/contact/CopySection.tsx';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';

const [section] = mentoringAndCoaching.sections;
if (!section) throw new Error('the framework has no sections');

const shown = (copy: Parameters<typeof CopySection>[0]['copy']) =>
  renderToStaticMarkup(<CopySection section={section} copy={copy} />);

describe('a section that a school contact reads', () => {
  it('[SAVE-2] is called empty only where the server read that it is', () => {
    expect(shown({ blockId: 'one', html: '', values: {}, seq: 0 })).toContain('Nothing is written here yet.');
    const unread = shown(undefined);
    expect(unread).not.toContain('Nothing is written');
    expect(unread).toContain('can’t be read just now');
    expect(unread).toContain('is kept');
  });
});
