import type { Access } from '../../shared/permissions/access.ts';
import { Chip } from '../ui/Chip.tsx';
import type { CaseSection } from './case-sections.ts';

/** Who will see it, where that is not simply the booklet. */
export function AudienceChip({ section }: { section: CaseSection }) {
  switch (section.section.audience) {
    case 'print':
    case 'shareable':
      return <SchoolChip access={section.state.schoolAccess} />;
    case 'team':
      return <Chip>team only</Chip>;
    default:
      return section.section.audience satisfies never;
  }
}

/** What a school may do with it; nothing where it sees nothing. */
function SchoolChip({ access }: { access: Access | undefined }) {
  // What this device kept of an earlier version does not say.
  if (access === undefined || access === 'none') return null;
  return (
    <Chip>
      {access === 'write' && <span className="heard-only">also filled in by the </span>}
      {access === 'write' ? 'school' : access === 'read' ? 'school reads' : 'school comments'}
    </Chip>
  );
}
