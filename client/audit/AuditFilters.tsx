import { NativeSelect, TextInput } from '@mantine/core';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { AUDIT_GROUP_IDS } from '../../shared/audit/audit-record.ts';
import { AUDIT_GROUP_NAMES } from '../../shared/audit/audit-sentence.ts';
import styles from './audit.module.css';
import { type AuditSearch, isBackwards } from './audit-search.ts';

/** What of the record is shown; each choice stands in the address. */
export function AuditFilters({
  study,
  people,
  search,
  choose,
}: {
  study: StudyDetail;
  /** Whom the record names: also those who have left. */
  people: readonly { readonly id: string; readonly name: string }[];
  search: AuditSearch;
  choose: (next: AuditSearch) => void;
}) {
  const set = (name: keyof AuditSearch, value: string) => {
    const { [name]: _, ...rest } = search;
    choose(value === '' ? rest : { ...rest, [name]: value });
  };
  const known = new Map([...study.members, ...people].map((person) => [person.id, person.name]));
  const sorted = [...known].sort(([, one], [, other]) => one.localeCompare(other, 'en'));
  return (
    <search className={styles.filters} aria-label="What is shown of the record">
      <NativeSelect
        label="About"
        value={search.about ?? ''}
        onChange={(event) => set('about', event.currentTarget.value)}
        data={[
          { value: '', label: 'Everything' },
          ...AUDIT_GROUP_IDS.map((group) => ({ value: group, label: AUDIT_GROUP_NAMES[group] })),
        ]}
      />
      <NativeSelect
        label="Person"
        value={search.person ?? ''}
        onChange={(event) => set('person', event.currentTarget.value)}
        data={[{ value: '', label: 'Everybody' }, ...sorted.map(([value, label]) => ({ value, label }))]}
      />
      <NativeSelect
        label="Case study"
        value={search.case ?? ''}
        onChange={(event) => set('case', event.currentTarget.value)}
        data={[
          { value: '', label: 'All' },
          ...study.caseList.map(({ id, title }) => ({ value: id, label: title })),
        ]}
      />
      <TextInput
        type="date"
        label="From"
        value={search.from ?? ''}
        max={search.to}
        onChange={(event) => set('from', event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label="Until"
        value={search.to ?? ''}
        min={search.from}
        error={isBackwards(search) && 'This is before the day it begins with, so there is nothing to show.'}
        onChange={(event) => set('to', event.currentTarget.value)}
      />
    </search>
  );
}
