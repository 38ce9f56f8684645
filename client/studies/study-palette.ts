import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { STAGE_NAMES } from '../../shared/permissions/access.ts';
import { usePaletteActions } from '../ui/palette.ts';
import { schoolsOf } from './study-words.ts';

/** Offers the study's cases and pages in the palette. */
export function useStudyPalette(study: StudyDetail): void {
  const navigate = useNavigate();
  const actions = useMemo(() => {
    const params = { studyId: study.id };
    const cases = study.caseList.map((one) => ({
      id: `case:${one.id}`,
      label: one.title,
      hint: schoolsOf(one.schoolIds, study.schools),
      group: 'Cases',
      also: `${one.subtitle} ${STAGE_NAMES[one.stage]}`,
      run: () => void navigate({ to: '/cases/$caseId', params: { caseId: one.id } }),
    }));
    const page = (id: string, label: string, also: string, run: () => void) => ({
      id: `study-page:${id}`,
      label,
      also,
      hint: study.title,
      group: 'Pages',
      run,
    });
    return [
      ...cases,
      page(
        'quotes',
        'Quotes',
        'speakers words said confirm verify board',
        () => void navigate({ to: '/studies/$studyId/quotes', params }),
      ),
      page(
        'people',
        'People',
        'members roles invite colleagues',
        () => void navigate({ to: '/studies/$studyId/people', params }),
      ),
      page('schools', 'Schools', 'places', () => void navigate({ to: '/studies/$studyId/schools', params })),
      page(
        'framework',
        'Framework',
        'questions prompts sections fields export',
        () => void navigate({ to: '/studies/$studyId/framework', params }),
      ),
      page(
        'privacy',
        'Privacy',
        'data protection information sheet notice held export everything GDPR',
        () => void navigate({ to: '/studies/$studyId/privacy', params }),
      ),
      ...(study.acts.includes('manage-people')
        ? [
            page(
              'letters',
              'Letters',
              'mail sent waiting call back school contacts invitations',
              () => void navigate({ to: '/studies/$studyId/letters', params }),
            ),
          ]
        : []),
      ...(study.acts.includes('see-audit')
        ? [
            page(
              'record',
              'Record',
              'audit who did what sign-ins refusals downloads',
              () => void navigate({ to: '/studies/$studyId/record', params }),
            ),
          ]
        : []),
      ...(study.acts.includes('restore-from-bin')
        ? [
            page(
              'bin',
              'Bin',
              'deleted restore',
              () => void navigate({ to: '/studies/$studyId/bin', params }),
            ),
          ]
        : []),
      ...(study.acts.includes('create-case')
        ? [
            {
              id: 'create:case',
              label: 'New case study',
              hint: study.title,
              group: 'Make',
              run: () => void navigate({ to: '/studies/$studyId', params, search: { make: 'case' } }),
            },
          ]
        : []),
    ];
  }, [study, navigate]);
  usePaletteActions(actions);
}
