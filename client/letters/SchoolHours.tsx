import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RouteReply } from '../../shared/api/contract.ts';
import { WEEK_DAYS, type WeekDay } from '../../shared/letters/school-hours.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { dayOf } from '../ui/dates.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Form } from '../ui/Form.tsx';
import { useAct, useRoute } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import styles from './letters.module.css';

type Hours = RouteReply<'GET /api/studies/:studyId/school-hours'>;

const DAY_NAMES: Readonly<Record<WeekDay, string>> = {
  1: 'Monday',
  2: 'Tuesday',
  3: 'Wednesday',
  4: 'Thursday',
  5: 'Friday',
  6: 'Saturday',
  7: 'Sunday',
};

/** When letters of a study go to people at schools, for its lead to see and to set. */
export function SchoolHours({ studyId }: { studyId: string }) {
  const { data: hours, error, refetch } = useRoute('GET /api/studies/:studyId/school-hours', { studyId });
  const [setting, setSetting] = useState(false);
  const { data: session } = useRoute('GET /api/session', {});
  const goesOut = session?.mailGoesTo !== 'outbox';
  return (
    <section className={styles.part} aria-labelledby="school-hours">
      <h2 id="school-hours">Letters to schools</h2>
      {error && !hours ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        hours && (
          <>
            <p className={styles.note}>{goesOut ? `They ${whenWords(hours)}` : BY_HAND}</p>
            <div className={styles.acts}>
              <Button onClick={() => setSetting(true)}>Change the hours</Button>
              <Button
                variant="subtle"
                renderRoot={(props) => (
                  <Link to="/studies/$studyId/letters" params={{ studyId }} {...props} />
                )}
              >
                All letters
              </Button>
            </div>
            {setting && <HoursDialog studyId={studyId} hours={hours} onClose={() => setSetting(false)} />}
          </>
        )
      )}
    </section>
  );
}

function HoursDialog({ studyId, hours, onClose }: { studyId: string; hours: Hours; onClose: () => void }) {
  const [days, setDays] = useState<readonly WeekDay[]>(hours.days);
  const [from, setFrom] = useState(hours.from);
  const [to, setTo] = useState(hours.to);
  const [zone, setZone] = useState(hours.zone);
  const [holidays, setHolidays] = useState(hours.holidays.map((one, key) => ({ ...one, key })));
  const set = useAct('PUT /api/studies/:studyId/school-hours', [
    'GET /api/studies/:studyId/school-hours',
    'GET /api/studies/:studyId/invitations',
    'GET /api/studies/:studyId/letters',
  ]);
  const submit = async () => {
    const spans = holidays
      .filter((one) => one.from !== '' || one.to !== '')
      .map((one) => ({ from: one.from, to: one.to || one.from }))
      .sort((one, other) => (one.from < other.from ? -1 : 1));
    if (!(await set.send({ studyId }, { days: [...days], from, to, zone, holidays: spans }))) return;
    onClose();
    showToast({ text: 'Letters keep to these hours from now on, those that wait as well.' });
  };
  const change = (key: number, part: { from?: string; to?: string }) =>
    setHolidays((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  return (
    <Dialog title="When letters to schools go" onClose={onClose} wide>
      <Form act="Save" pending={set.pending} problem={set.problem} onSubmit={submit} cancel={onClose}>
        <fieldset className={styles.days}>
          <legend>On these days</legend>
          {WEEK_DAYS.map((day) => (
            <label key={day} className={styles.check}>
              <input
                type="checkbox"
                checked={days.includes(day)}
                onChange={(event) =>
                  setDays(event.currentTarget.checked ? [...days, day] : days.filter((one) => one !== day))
                }
              />
              <span>{DAY_NAMES[day]}</span>
            </label>
          ))}
        </fieldset>
        {set.errorOf('days') && <p className={styles.problem}>{set.errorOf('days')}</p>}
        <div className={styles.span}>
          <TextInput
            type="time"
            label="From"
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
            error={set.errorOf('from')}
          />
          <TextInput
            type="time"
            label="Until"
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
            error={set.errorOf('to')}
          />
        </div>
        <NativeSelect
          label="By the clock of"
          value={zone}
          onChange={(event) => setZone(event.currentTarget.value)}
          data={zonesWith(hours.zone).map((one) => ({ value: one, label: placeOf(one).inRegion }))}
          error={set.errorOf('zone')}
        />
        <fieldset className={styles.holidays}>
          <legend>Not in these holidays</legend>
          {holidays.map((one, at) => (
            <div key={one.key} className={styles.span}>
              <TextInput
                type="date"
                label="First day"
                value={one.from}
                onChange={(event) => change(one.key, { from: event.currentTarget.value })}
                error={set.errorOf(`holidays.${at}.from`)}
              />
              <TextInput
                type="date"
                label="Last day"
                value={one.to}
                min={one.from}
                onChange={(event) => change(one.key, { to: event.currentTarget.value })}
                error={set.errorOf(`holidays.${at}.to`)}
              />
              <Button
                variant="subtle"
                aria-label={`Take out the holidays from ${one.from || 'no day yet'}`}
                onClick={() => setHolidays((all) => all.filter(({ key }) => key !== one.key))}
              >
                Take out
              </Button>
            </div>
          ))}
          {set.errorOf('holidays') && <p className={styles.problem}>{set.errorOf('holidays')}</p>}
          <Button
            onClick={() =>
              setHolidays((all) => [...all, { from: '', to: '', key: (all.at(-1)?.key ?? -1) + 1 }])
            }
          >
            Add holidays
          </Button>
        </fieldset>
      </Form>
    </Dialog>
  );
}

const BY_HAND =
  'No mail goes out from here: each letter lies in the outbox, and you pass it on yourself. Once mail is set up, letters keep to school hours.';

/** @returns the end of a sentence on letters */
function whenWords({ days, from, to, zone, holidays }: Hours): string {
  const closed = holidays.length > 0 ? `, not in the holidays (${holidays.map(spanWords).join('; ')})` : '';
  return `wait ten minutes, in which you can call them back, and go in school hours: ${daysWords(days)}, ${from} to ${to} by the clock of ${placeOf(zone).place}${closed}. The same person gets one a week at most.`;
}

/** @returns such as `Monday to Friday`, or `Monday and Thursday` */
function daysWords(days: readonly WeekDay[]): string {
  const sorted = [...days].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return 'on no day';
  if (sorted.length > 2 && last - first === sorted.length - 1)
    return `${DAY_NAMES[first]} to ${DAY_NAMES[last]}`;
  const names = sorted.map((day) => DAY_NAMES[day]);
  return names.length === 1 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function spanWords({ from, to }: { from: string; to: string }): string {
  return from === to ? dayOf(from) : `${dayOf(from)} to ${dayOf(to)}`;
}

/** @returns such as `London`, and `London (Europe)`, for `Europe/London` */
function placeOf(zone: string): { readonly place: string; readonly inRegion: string } {
  const [region = '', ...parts] = zone.split('/');
  const place = parts.join(', ').replaceAll('_', ' ');
  return place === '' ? { place: region, inRegion: region } : { place, inRegion: `${place} (${region})` };
}

/** Browsers may not know the one that is set. */
function zonesWith(zone: string): readonly string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return known.includes(zone) ? known : [zone, ...known];
}
