import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkScans } from '../../server/quotes/scan-check.ts';
import { MOST_SCAN_BYTES } from '../../shared/quotes/scan.ts';
import { WHOLE_SCANS } from '../support/scans.ts';
import { newId } from '../support/team.ts';
import type { PageCalls } from '../support/web.ts';
import { type QuotesOnTrial, quotesOnTrial } from './quotes-on-trial.ts';

let trial: QuotesOnTrial;
beforeAll(async () => {
  trial = await quotesOnTrial();
});
afterAll(() => trial.close());

const BYTES = { 'content-type': 'application/octet-stream' };
const PDF = WHOLE_SCANS['application/pdf'];

function put(calls: PageCalls, id: string, content: Uint8Array, headers: Record<string, string> = BYTES) {
  return calls.send('PUT', `/api/cases/${trial.caseId}/scans/${id}`, { body: content, headers });
}

const kept = async () => (await trial.service.parts.files.list()).length;

/** A quote that somebody was asked about. */
async function asked(wording: string) {
  const use = { quote: newId(), use: newId() };
  const speaker = await trial.speaker(`Ada ${wording.slice(3, -1)}`);
  await trial.write(`She said: «${wording}» And so it did.`, use);
  await trial.capture(use, wording, speaker);
  const { ask } = await trial.ask(use, speaker);
  return { ...use, ask, speaker, seen: await trial.seen(use) };
}

function answer(one: Awaited<ReturnType<typeof asked>>, scan: { id: string; name: string } | null) {
  const evidence = { how: 'paper' as const, note: 'The blue folder', scan };
  const said = {
    ask: one.ask,
    use: one.use,
    speakerId: one.speaker,
    kind: 'confirmed' as const,
    evidence,
    seen: one.seen,
  };
  return [said, { quoteId: one.quote }] as const;
}

describe('a scan of an answer on paper', () => {
  it('[SCAN-1] [QUOTE-1] [QUOTE-6] is kept with the step, told on the record and the certificate, and given out as it was sent', async () => {
    const one = await asked('It held.');
    const id = newId();
    const hash = createHash('sha256').update(PDF).digest('hex');
    const sent = await put(trial.calls, id, PDF);
    expect(sent.body).toEqual({ id, type: 'application/pdf', size: PDF.length, hash });
    expect((await put(trial.calls, id, PDF)).status, 'the same call once more').toBe(200);
    const other = await put(trial.calls, id, WHOLE_SCANS['image/png']);
    expect(other.status, 'an id stands for one scan').toBe(409);
    expect(await kept()).toBe(1);

    const [said, params] = answer(one, { id, name: 'Ada’s <sheet>.pdf' });
    await trial.calls.call('POST /api/quotes/:quoteId/answers', said, params);
    const whole = await trial.calls.call('GET /api/quotes/:quoteId', undefined, params);
    const step = whole.steps.at(-1);
    expect(step?.event).toMatchObject({ kind: 'confirmed', evidence: { scan: { hash } } });
    const file = await trial.calls.send('GET', `/api/quotes/${one.quote}/steps/${step?.seq}/scan`);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    expect(file.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    const page = await trial.calls.send('GET', `/api/quotes/${one.quote}/certificate.html`);
    expect(page.body).toContain(hash);
    expect(page.body).toContain('Ada’s &lt;sheet&gt;.pdf');
    const pdf = await trial.calls.send('GET', `/api/quotes/${one.quote}/certificate.pdf`);
    expect(pdf.status).toBe(200);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(pdf.headers.get('content-disposition')).toMatch(/^attachment; /);
    const log = await trial.calls.call('GET /api/studies/:studyId/audit', undefined, {
      studyId: trial.studyId,
    });
    expect(log.entries.map(({ kind }) => kind)).toContain('quote-scan-downloaded');
    expect(await checkScans(trial.service.parts)).toEqual({ scans: 1, faults: [] });
  });

  it('[NAME-1] a certificate calls no file by its name where the speaker is not named', async () => {
    const one = await asked('It stayed.');
    await trial.calls.call(
      'PATCH /api/cases/:caseId/speakers/:speakerId',
      { naming: 'role-only' },
      { caseId: trial.caseId, speakerId: one.speaker },
    );
    const id = newId();
    await put(trial.calls, id, PDF);
    const [said, params] = answer(one, { id, name: 'ada-bell.pdf' });
    await trial.calls.call('POST /api/quotes/:quoteId/answers', said, params);
    const page = await trial.calls.send('GET', `/api/quotes/${one.quote}/certificate.html`);
    expect(page.body).toContain('SHA-256');
    expect(page.body).not.toContain('ada-bell');
  });

  it('[SCAN-1] [QUOTE-1] a sheet that comes after the call is a step of its own, and sent again it is none', async () => {
    const one = await asked('It came.');
    const phone = { how: 'phone' as const, note: 'On Monday' };
    const [said, params] = answer(one, null);
    await trial.calls.call('POST /api/quotes/:quoteId/answers', { ...said, evidence: phone }, params);
    const id = newId();
    await put(trial.calls, id, PDF);
    const [onPaper] = answer(one, { id, name: 'sheet.pdf' });
    const first = await trial.calls.call('POST /api/quotes/:quoteId/answers', onPaper, params);
    const again = await trial.calls.call('POST /api/quotes/:quoteId/answers', onPaper, params);
    expect(again.quote.seq).toBe(first.quote.seq);
    const steps = (await trial.calls.call('GET /api/quotes/:quoteId', undefined, params)).steps;
    expect(steps.map(({ event }) => event.kind).slice(-2)).toEqual(['confirmed', 'confirmed']);
  });

  it('[SCAN-1] [INPUT-1] [INPUT-2] wrong, empty, cut off, too large and hostile files are refused with a reason, and nothing is kept', async () => {
    const before = await kept();
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const refused = async (content: Uint8Array, headers?: Record<string, string>) => {
      const { status, body } = await put(trial.calls, newId(), content, headers);
      return [status, (body as { code: string }).code];
    };
    expect(await refused(svg)).toEqual([415, 'unsupported']);
    expect(await refused(new Uint8Array())).toEqual([400, 'bad-request']);
    expect(await refused(PDF.slice(0, 20))).toEqual([400, 'bad-request']);
    expect(await refused(new Uint8Array(MOST_SCAN_BYTES + 1).fill(0x25))).toEqual([413, 'too-large']);
    expect(await refused(PDF, { 'content-type': 'application/json' })).toEqual([400, 'bad-request']);
    expect(await refused(PDF, { 'content-type': 'application/pdf' })).toEqual([415, 'unsupported']);
    expect(await kept()).toBe(before);
  });

  it('[INPUT-1] a file whose line breaks is not kept', async () => {
    const before = await kept();
    const { token } = trial.calls as PageCalls & { token: string };
    const address = new URL(`${trial.service.url}/api/cases/${trial.caseId}/scans/${newId()}`);
    await new Promise<void>((resolve) => {
      const headers = { ...BYTES, authorization: `Bearer ${token}`, 'content-length': '4000' };
      const call = request(address, { method: 'PUT', headers });
      call.on('error', () => {});
      call.on('close', () => resolve());
      call.write(PDF, () => call.destroy());
    });
    expect((await put(trial.calls, newId(), new Uint8Array([1]))).status).toBe(415);
    expect(await kept()).toBe(before);
  });

  it('[ACCESS-1] [LINK-1] is for those who may see the quote, and no scan is named by others than who sent it', async () => {
    const { service, studyId } = trial;
    const one = await asked('It was ours.');
    const id = newId();
    await put(trial.calls, id, PDF);
    const [said, params] = answer(one, { id, name: 'sheet.pdf' });
    const colleague = await service.person('Felix Colleague');
    await service.join(studyId, colleague, 'fieldworker');
    const theirs = await service.program(colleague);
    const foreign = await theirs.refused('POST /api/quotes/:quoteId/answers', said, params);
    expect(foreign.errors?.[0]?.path).toBe('evidence.scan');
    expect((await trial.quote(one.quote)).word, 'and nothing is written down').toBe('waiting');
    await trial.calls.call('POST /api/quotes/:quoteId/answers', said, params);
    const { seq } = await trial.quote(one.quote);
    const path = `/api/quotes/${one.quote}/steps/${seq}/scan`;
    expect((await theirs.send('GET', path)).status).toBe(200);
    const stranger = await service.program(await service.person('Stig Stranger'));
    expect((await stranger.send('GET', path)).status).toBe(404);
    expect((await put(stranger, newId(), PDF)).status).toBe(404);
    expect((await service.browser().send('GET', path)).status).toBe(401);
    for (const step of ['0', '1', '99', '-1', 'x', '1e9', '..%2f..']) {
      const answered = await trial.calls.send('GET', `/api/quotes/${one.quote}/steps/${step}/scan`);
      expect(answered.status, step).toBe(404);
    }
  });

  it('[SCAN-1] a phone call has no scan', async () => {
    const one = await asked('It rang.');
    const [said, params] = answer(one, { id: 'x', name: 'x' });
    const evidence = { ...said.evidence, how: 'phone' as const };
    const refused = await trial.calls.refused(
      'POST /api/quotes/:quoteId/answers',
      { ...said, evidence },
      params,
    );
    expect(refused.code).toBe('bad-request');
  });
});
