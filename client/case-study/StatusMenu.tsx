import type { Person } from '../../shared/api/contract.ts';
import type { StudyAct } from '../../shared/permissions/study-acts.ts';
import { Chip, type ChipTone } from '../ui/Chip.tsx';
import type { BlockStatusAct } from './block-status.ts';
import { useFacts } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import { shortDay } from './day.ts';
import { MenuButton, type MenuItem } from './MenuButton.tsx';
import { STANDING_WORDS, STATUS_WORDS, type Standing, standingOf } from './progress.ts';
import styles from './SectionView.module.css';

const TONES: Readonly<Record<Standing['kind'], ChipTone>> = {
  'not-applicable': 'calm',
  empty: 'calm',
  drafting: 'calm',
  ready: 'wait',
  agreed: 'good',
  stale: 'wait',
};

/** How far the section is, and where it may be said otherwise. */
export function StatusMenu(props: {
  readonly section: CaseSection;
  readonly people: readonly Person[];
  readonly acts: readonly StudyAct[];
  readonly act: BlockStatusAct;
}) {
  const { section, people, acts, act } = props;
  const standing = standingOf(section.state, useFacts(section));
  const words = statusWords(standing, people);
  const chip = <Chip tone={TONES[standing.kind]}>{words}</Chip>;
  if (!acts.includes('set-section-status') || section.state.reason === 'deleted') return chip;
  const mayAgree = acts.includes('agree-section');
  const status = section.state.status;
  const items = (['drafting', 'ready', 'agreed'] as const).map((to): MenuItem => {
    const now = status === to && !(to === 'agreed' && standing.kind === 'stale');
    return {
      id: to,
      label: to === 'agreed' && standing.kind === 'stale' ? 'Agreed as it is now' : STATUS_WORDS[to],
      checked: now && !(to === 'drafting' && standing.kind === 'empty'),
      unavailable: to === 'agreed' && !mayAgree ? 'An editor or the lead agrees sections.' : null,
      act: () => {
        if (!now) void act.set({ status: to });
      },
    };
  });
  return (
    <MenuButton
      className={styles.chipButton}
      label={`Status of ${section.short}: ${words}. Change`}
      items={items}
      align="end"
      disabled={act.pending}
    >
      {chip}
    </MenuButton>
  );
}

function statusWords(standing: Standing, people: readonly Person[]): string {
  if (standing.kind !== 'agreed' && standing.kind !== 'stale') return STANDING_WORDS[standing.kind];
  const person = people.find(({ id }) => id === standing.by);
  const by = person ? ` by ${firstName(person, people)}` : '';
  const on = standing.at === null ? '' : `, ${shortDay(standing.at)}`;
  return standing.kind === 'agreed' ? `Agreed${by}${on}` : `Changed since agreed${by}${on}`;
}

/** A first name, in full where two share it. */
export function firstName(person: Pick<Person, 'id' | 'name'>, people: readonly Person[]): string {
  const [first = person.name] = person.name.split(' ');
  const shared = people.some(({ id, name }) => id !== person.id && name.split(' ')[0] === first);
  return shared ? person.name : first;
}
