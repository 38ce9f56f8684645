import type { RouteReply } from '../../shared/api/contract.ts';
import { lapseMoment } from '../../shared/quotes/reminders.ts';
import { momentFor } from '../letters/letter-moments.ts';
import { hoursOf } from '../letters/study-hours.ts';
import type { Parts } from '../parts.ts';
import { nothingThere } from '../studies/study-gate.ts';
import { termsOf } from './quote-terms.ts';
import { speakerRow } from './speaker-keeping.ts';

/**
 * @returns when a letter to a speaker would go if it were sent now, and until when they could answer
 * @throws Refusal not-found; conflict where the study's hours leave no moment for more than a year
 */
export async function askPlanOf(
  { records, clock, settings }: Pick<Parts, 'records' | 'clock' | 'settings'>,
  studyId: string,
  speakerId: string,
): Promise<RouteReply<'GET /api/cases/:caseId/speakers/:speakerId/when'>> {
  const speaker = await speakerRow(records.read, speakerId);
  if (speaker?.study_id !== studyId) throw nothingThere();
  const askedAt = clock.now();
  const lapsesAt = lapseMoment(
    askedAt,
    await hoursOf(records.read, studyId),
    await termsOf(records.read, studyId),
  );
  if (settings.smtpUrl === null) return { dueAt: null, waitsFor: 'call-back', lapsesAt };
  const wanted = { studyId, email: speaker.email, anyHour: false, askedAt };
  const { at, waitsFor } = await momentFor(records.read, wanted);
  return { dueAt: at, waitsFor, lapsesAt };
}
