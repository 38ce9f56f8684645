import { useState } from 'react';
import type { Person } from '../../shared/api/people.ts';
import type { StudyAct } from '../../shared/permissions/study-acts.ts';
import { Chip, type ChipTone } from '../ui/Chip.tsx';
import { Confirm } from '../ui/Dialog.tsx';
import type { BlockStatusAct } from './block-status.ts';
import { useCasePage, useFacts } from './case-page-state.ts';
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
  const [undoing, setUndoing] = useState<'drafting' | 'ready' | null>(null);
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
        if (now) return;
        if (to !== 'agreed' && (standing.kind === 'agreed' || standing.kind === 'stale')) setUndoing(to);
        else void act.set({ status: to });
      },
    };
  });
  return (
    <>
      <MenuButton
        className={styles.chipButton}
        label={`Status of ${section.short}: ${words}. Change`}
        items={items}
        align="end"
        disabled={act.pending}
      >
        {chip}
      </MenuButton>
      {undoing && (standing.kind === 'agreed' || standing.kind === 'stale') && (
        <UndoAgreement
          section={section}
          to={undoing}
          by={people.find(({ id }) => id === standing.by)}
          act={act}
          onClose={() => {
            act.clear();
            setUndoing(null);
          }}
        />
      )}
    </>
  );
}

/** Asks before somebody's agreement is undone: nobody is told but by the status itself. */
function UndoAgreement(props: {
  readonly section: CaseSection;
  readonly to: 'drafting' | 'ready';
  readonly by: Person | undefined;
  readonly act: BlockStatusAct;
  readonly onClose: () => void;
}) {
  const { section, to, by, act, onClose } = props;
  const { me } = useCasePage();
  const mine = by?.id === me.id;
  const undo = async () => {
    if (await act.set({ status: to })) onClose();
  };
  return (
    <Confirm
      title={mine ? 'Take your agreement back?' : `Undo ${by ? `${by.name}’s` : 'the'} agreement?`}
      act={to === 'drafting' ? 'Set back to drafting' : 'Set back to ready for review'}
      danger={false}
      pending={act.pending}
      problem={act.problem}
      onConfirm={() => void undo()}
      onClose={onClose}
    >
      <p>
        {mine ? 'You' : (by?.name ?? 'Somebody who left')} agreed {section.full}. Set back, it counts as
        agreed no more, until an editor or the lead agrees it again.
      </p>
      {!mine && by && (
        <p>No message goes out. The section’s status says that you set it back; tell {by.name} why.</p>
      )}
    </Confirm>
  );
}

function statusWords(standing: Standing, people: readonly Person[]): string {
  const signed = (said: string, by: string | null, at: number | null) => {
    const person = people.find(({ id }) => id === by);
    return `${said}${person ? ` by ${firstName(person, people)}` : ''}${at === null ? '' : `, ${shortDay(at)}`}`;
  };
  switch (standing.kind) {
    case 'agreed':
    case 'stale':
      return signed(STANDING_WORDS[standing.kind], standing.by, standing.at);
    case 'drafting':
    case 'ready':
      if (!standing.setBack) return STANDING_WORDS[standing.kind];
      return signed(
        `Set back to ${STANDING_WORDS[standing.kind].toLowerCase()}`,
        standing.setBack.by,
        standing.setBack.at,
      );
    case 'empty':
    case 'not-applicable':
      return STANDING_WORDS[standing.kind];
    default:
      return standing satisfies never;
  }
}

/** A first name, in full where two share it. */
export function firstName(person: Pick<Person, 'id' | 'name'>, people: readonly Person[]): string {
  const [first = person.name] = person.name.split(' ');
  const shared = people.some(({ id, name }) => id !== person.id && name.split(' ')[0] === first);
  return shared ? person.name : first;
}
