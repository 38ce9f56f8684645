import { describe, expect, it } from 'vitest';
import { draftAddress, nameInDisposition } from '../../client/publishing/draft-download.ts';
import { contentDisposition } from '../../shared/publishing/file-name.ts';

describe('a draft as a download', () => {
  it('keeps the name that the server gives it, whatever the title holds', () => {
    const title = 'Zoë’s “lesson”: 50% more / less';
    const name = nameInDisposition(contentDisposition(title, '.docx', 'attachment'));
    expect(name).toMatch(/^Zoë’s “lesson”.*\.docx$/);
    expect(name).not.toMatch(/[/:]/);
  });

  it('has no name where the header names none, or nonsense', () => {
    expect(nameInDisposition(null)).toBe('');
    expect(nameInDisposition('inline')).toBe('');
    expect(nameInDisposition("attachment; filename*=UTF-8''%E0%A4%A")).toBe('');
  });

  it('is asked for by an address that an id cannot break out of', () => {
    expect(draftAddress('../a?b', 'html')).toBe('/api/cases/..%2Fa%3Fb/export.html');
  });
});
