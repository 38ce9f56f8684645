import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemPage } from '../../server/http/problem-page.ts';
import { type ComposedService, composeService } from '../support/composed.ts';

/** What browsers ask for when an address is typed or a link followed. */
const BY_HAND = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

let service: ComposedService;
beforeAll(async () => {
  service = await composeService();
});
afterAll(() => service.close());

const ask = (path: string, accept?: string, method = 'GET') =>
  fetch(`${service.url}${path}`, { method, ...(accept !== undefined && { headers: { accept } }) });

describe('a refused address', () => {
  it.each(['/api/studies/none/audit.csv', '/api/account/export.html', '/api/cases/none', '/api/none'])(
    '[INPUT-1] %s is a page for whoever opens it by hand, of the same status and without anything that runs',
    async (path) => {
      const page = await ask(path, BY_HAND);
      const problem = await ask(path);
      expect(page.status).toBe(problem.status);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src/);
      expect(page.headers.get('vary')).toMatch(/accept/i);
      const text = await page.text();
      expect(text).toMatch(/<h1>[^<]+<\/h1>/);
      expect(text).toMatch(/<a href="\/[^"]*">/);
      expect(text).not.toMatch(/<script|{"/);
      expect(problem.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    },
  );

  it.each([
    ['anything', '*/*', 'GET'],
    ['JSON', 'application/json', 'GET'],
    ['JSON rather than a page', 'application/json, text/html;q=0.5', 'GET'],
    ['a page, of what is no reading', BY_HAND, 'DELETE'],
  ])('[INPUT-1] is problem details for who asks for %s', async (_what, accept, method) => {
    const answer = await ask('/api/studies/none', accept, method);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('[INPUT-2] shows what stands in its words and address as words, and leads nowhere but into Casebook', () => {
    const page = problemPage('no-access', '<img src=x onerror=alert(1)>', '/api/studies/"><script>/x');
    expect(page).not.toMatch(/<img|<script/);
    expect(page).toContain('href="/"');
    expect(problemPage('no-access', 'x', '/api/cases/a-1/export.docx')).toContain('href="/cases/a-1"');
    expect(problemPage('passkey-needed', 'x', '/api/studies/s1/audit.csv')).toContain('href="/studies/s1"');
    expect(problemPage('passkey-needed', 'x', '/api/account/export.html')).toContain('href="/account"');
    expect(problemPage('not-signed-in', 'x', '/api/studies/s1')).toContain('href="/sign-in"');
  });
});
