import { Button, NativeSelect, TextInput } from '@mantine/core';
import { AGES, type Age } from '../../shared/quotes/consent.ts';
import { NAMINGS, type Naming } from '../../shared/quotes/naming.ts';
import { ADDRESS_KINDS, type AddressKind } from '../../shared/quotes/source.ts';
import formStyles from '../ui/Form.module.css';
import type { SpeakerDraft } from './capture-draft.ts';
import type { KnownQuotes } from './known-quotes.ts';
import { ADDRESS_WORDS, AGE_WORDS, NAMING_WORDS } from './quote-words.ts';
import styles from './quotes.module.css';

/** What is known of somebody whose words are quoted. */
export function NewSpeaker(props: {
  readonly draft: SpeakerDraft;
  readonly change: (draft: SpeakerDraft) => void;
  readonly schools: KnownQuotes['schools'];
  readonly fault: { readonly part: string; readonly words: string } | null;
  /** They said themselves how they are named, and nobody else does. */
  readonly chosen?: boolean;
  /** Null where nobody else could be chosen. */
  readonly drop: (() => void) | null;
}) {
  const { draft, change, schools, fault } = props;
  const errorOf = (part: string) => (fault?.part === part ? fault.words : undefined);
  return (
    <div className={styles.newSpeaker}>
      <div className={formStyles.twoFields}>
        <TextInput
          label="Name"
          value={draft.name}
          onChange={(event) => change({ ...draft, name: event.currentTarget.value })}
          error={errorOf('name')}
          maxLength={120}
        />
        <TextInput
          label="Role"
          placeholder="Deputy head"
          value={draft.role}
          onChange={(event) => change({ ...draft, role: event.currentTarget.value })}
          maxLength={120}
        />
      </div>
      {schools.length > 1 && (
        <NativeSelect
          label="School"
          value={draft.schoolId}
          onChange={(event) => change({ ...draft, schoolId: event.currentTarget.value })}
          data={schools.map(({ id, name }) => ({ value: id, label: name }))}
          error={errorOf('school')}
        />
      )}
      <div className={formStyles.twoFields}>
        <TextInput
          label="E-mail address"
          description="Leave it empty if they have none."
          type="email"
          inputMode="email"
          value={draft.email}
          onChange={(event) => change({ ...draft, email: event.currentTarget.value })}
          error={errorOf('email')}
          maxLength={254}
        />
        <NativeSelect
          label="Age"
          value={draft.age}
          onChange={(event) => change({ ...draft, age: event.currentTarget.value as Age })}
          data={AGES.map((age) => ({ value: age, label: AGE_WORDS[age] }))}
        />
      </div>
      {draft.email.trim() !== '' && (
        <NativeSelect
          label="Whose address is it?"
          value={draft.address}
          onChange={(event) => change({ ...draft, address: event.currentTarget.value as AddressKind })}
          data={ADDRESS_KINDS.filter((kind) => kind !== 'none').map((kind) => ({
            value: kind,
            label: ADDRESS_WORDS[kind],
          }))}
        />
      )}
      {draft.age !== 'sixteen-or-over' && (
        <p className={styles.small}>
          Below 16, or where you do not know, a parent or carer has to agree before they are asked.
        </p>
      )}
      <details className={styles.more}>
        <summary>Telephone, and how they are named</summary>
        <div className={formStyles.twoFields}>
          <TextInput
            label="Telephone"
            description="If you know it."
            type="tel"
            value={draft.telephone}
            onChange={(event) => change({ ...draft, telephone: event.currentTarget.value })}
            maxLength={40}
          />
          <NativeSelect
            label="Named in the text as"
            description={props.chosen ? 'They chose it.' : 'They choose; this is what you propose.'}
            disabled={props.chosen ?? false}
            value={draft.naming}
            onChange={(event) => change({ ...draft, naming: event.currentTarget.value as Naming })}
            data={[...NAMINGS].reverse().map((naming) => ({ value: naming, label: NAMING_WORDS[naming] }))}
          />
        </div>
      </details>
      {props.drop && (
        <div>
          <Button variant="subtle" onClick={props.drop}>
            Leave this person out
          </Button>
        </div>
      )}
    </div>
  );
}
