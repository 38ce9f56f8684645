import { mayInStudy } from '../../shared/permissions/study-acts.ts';
import { caseAndStudy } from '../case-study/case-detail.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { LetterDesk } from '../letters/letter-desk.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import { nothingThere, openBlock, openCase, openStudy } from '../studies/study-gate.ts';
import { askPlanOf } from './ask-plan.ts';
import { askSpeaker } from './asking-speakers.ts';
import { captureQuote } from './capturing.ts';
import { sceneOf, viewNeeds, viewOf } from './quote-acts.ts';
import { type KeptQuote, loadQuotes } from './quote-store.ts';
import { quoteView, type ViewNeeds } from './quote-views.ts';
import { loadQuotedText } from './quoted-text.ts';
import { addSpeaker, changeSpeaker } from './speaker-keeping.ts';
import { speakerViews } from './speakers.ts';
import { loadWaitingAsks } from './waiting-asks.ts';

/** Quotes of a case or a study: the board, who speaks, capturing and asking. */
export function quoteBoardRoutes(parts: Parts, desk: LetterDesk): Routes {
  const { records } = parts;

  /** Quotes that were captured in sections that the asker may read (ACCESS-1). */
  const readable = (quotes: readonly KeptQuote[], needs: ViewNeeds) =>
    quotes.filter(({ row }) => needs.readable.has(row.block_id));

  const ofCase = async (personId: string, caseId: string) => {
    const open = await openCase(records.read, personId, caseId, 'see-study', { binned: true });
    const { row, study } = await caseAndStudy(records.read, caseId);
    const text = await loadQuotedText(parts, study, [caseId]);
    const kept = await loadQuotes(records.read, { caseId });
    const needs = await viewNeeds(parts, { study, text }, [row], personId, kept);
    const schools = await schoolsOf(records.read, caseId);
    const speakers = speakerViews(needs.speakers, new Set(schools.map(({ id }) => id)));
    return { open, row, study, quotes: readable(kept, needs), needs, schools, speakers };
  };

  return {
    'GET /api/cases/:caseId/quotes': async (call) => {
      const { personId } = signedIn(call);
      const { open, row, study, quotes, needs, schools, speakers } = await ofCase(
        personId,
        call.params.caseId,
      );
      return {
        caseId: row.id,
        studyId: study.id,
        title: row.title,
        studyTitle: study.title,
        mayQuote: mayInStudy(open.role, 'keep-quotes') && !open.deleted,
        mayFindFair: mayInStudy(open.role, 'find-fair') && !open.deleted,
        schools,
        speakers,
        quotes: quotes.map((quote) => quoteView(quote, needs)),
      };
    },

    'GET /api/cases/:caseId/quote-records': async (call) => {
      const { personId } = signedIn(call);
      const { quotes, needs, schools, speakers } = await ofCase(personId, call.params.caseId);
      return {
        schools,
        speakers,
        quotes: quotes.map(({ row, events }) => ({
          id: row.id,
          blockId: row.block_id,
          captured: row.captured,
          events: [...events],
        })),
        waitingAsks: [...needs.goesAt].map(([ask, goesAt]) => ({ ask, goesAt })),
      };
    },

    'GET /api/studies/:studyId/quotes': async (call) => {
      const { personId } = signedIn(call);
      const { study } = await openStudy(records.read, personId, call.params.studyId, 'see-study');
      const cases = await records.read
        .selectFrom('cases')
        .selectAll()
        .where('study_id', '=', study.id)
        .where('deleted_at', 'is', null)
        .orderBy('title')
        .execute();
      const text = await loadQuotedText(
        parts,
        study,
        cases.map(({ id }) => id),
      );
      const here = new Set(cases.map(({ id }) => id));
      const kept = (await loadQuotes(records.read, { studyId: study.id })).filter(({ row }) =>
        here.has(row.case_id),
      );
      const needs = await viewNeeds(parts, { study, text }, cases, personId, kept);
      const schools = await records.read
        .selectFrom('schools')
        .select(['id', 'name'])
        .where('study_id', '=', study.id)
        .where('deleted_at', 'is', null)
        .orderBy('name')
        .execute();
      return {
        studyId: study.id,
        title: study.title,
        cases: cases.map(({ id, title }) => ({ id, title })),
        schools,
        speakers: speakerViews(needs.speakers),
        quotes: readable(kept, needs).map((quote) => quoteView(quote, needs)),
      };
    },

    'POST /api/cases/:caseId/speakers': async (call) => {
      const { personId } = signedIn(call);
      const { caseId } = call.params;
      const { studyId } = await openCase(records.read, personId, caseId, 'keep-quotes');
      return addSpeaker(parts, { studyId, caseId, by: call.actor }, call.body);
    },

    'PATCH /api/cases/:caseId/speakers/:speakerId': async (call) => {
      const { personId } = signedIn(call);
      const { caseId, speakerId } = call.params;
      const { studyId } = await openCase(records.read, personId, caseId, 'keep-quotes');
      return changeSpeaker(parts, { studyId, caseId, speakerId, by: call.actor }, call.body);
    },

    'GET /api/cases/:caseId/speakers/:speakerId/when': async (call) => {
      const { personId } = signedIn(call);
      const { caseId, speakerId } = call.params;
      const { studyId } = await openCase(records.read, personId, caseId, 'keep-quotes');
      return askPlanOf(parts, studyId, speakerId);
    },

    'POST /api/cases/:caseId/quotes': async (call) => {
      const { personId } = signedIn(call);
      const { caseId } = call.params;
      const block = await openBlock(records.read, personId, call.body.blockId, 'keep-quotes', 'write');
      if (block.caseId !== caseId) throw nothingThere();
      await captureQuote(parts, { studyId: block.studyId, caseId, by: call.actor }, call.body);
      return viewOf(parts, await sceneOf(parts, call.body.id), personId);
    },

    'POST /api/cases/:caseId/asks': async (call) => {
      const { personId } = signedIn(call);
      const { caseId } = call.params;
      await openCase(records.read, personId, caseId, 'keep-quotes');
      const { row, study } = await caseAndStudy(records.read, caseId);
      const text = await loadQuotedText(parts, study, [caseId]);
      const place = { study, caseId, text, by: call.actor };
      const wanted = new Set(call.body.asks.map(({ quoteId }) => quoteId));
      const before = (await loadQuotes(records.read, { caseId })).filter(({ row: { id } }) => wanted.has(id));
      const needs = await viewNeeds(parts, { study, text }, [row], personId, before);
      if (readable(before, needs).length < wanted.size) throw nothingThere();
      const { refused, link } = await askSpeaker(parts, desk, place, call.body);
      const after = (await loadQuotes(records.read, { caseId })).filter(({ row: { id } }) => wanted.has(id));
      const now = { ...needs, goesAt: await loadWaitingAsks(records.read, study.id) };
      return { quotes: after.map((quote) => quoteView(quote, now)), refused: [...refused], link };
    },
  };
}

function schoolsOf(records: Records, caseId: string) {
  return records
    .selectFrom('case_schools')
    .innerJoin('schools', 'schools.id', 'case_schools.school_id')
    .select(['schools.id', 'schools.name'])
    .where('case_schools.case_id', '=', caseId)
    .orderBy('case_schools.position')
    .execute();
}
