import type { HistoryMoment } from '../../shared/api/history.ts';
import { clockTimeOf, longDayOf } from '../ui/dates.ts';
import { groupedNumber } from '../ui/grouped-number.ts';
import styles from './history.module.css';

/** When a section was written in, newest first, day by day; one of the moments is chosen. */
export function Timeline(props: {
  readonly moments: readonly HistoryMoment[];
  readonly nameOf: (personId: string) => string | undefined;
  /** Names of versions, by the last change in them. */
  readonly versions: ReadonlyMap<number, readonly string[]>;
  readonly chosen: number;
  readonly choose: (seq: number) => void;
}) {
  const { moments, nameOf, versions, chosen, choose } = props;
  const days = byDay(moments);
  const names = ({ people }: HistoryMoment) =>
    people.map(({ id }) => (id === null ? 'Casebook' : (nameOf(id) ?? 'Somebody who left'))).join(', ');
  return (
    <div role="radiogroup" aria-label="When it was written in" className={styles.timeline}>
      {days.map(([day, some]) => (
        <section key={day} aria-label={day}>
          <h2 className={styles.day}>{day}</h2>
          {some.map((moment) => (
            <label key={moment.seq} className={styles.moment}>
              <input
                type="radio"
                name="moment"
                checked={moment.seq === chosen}
                onChange={() => choose(moment.seq)}
              />
              <span className={styles.when}>{stretch(moment)}</span>
              <span className={styles.names}>{names(moment)}</span>
              <span className={styles.amount}>
                {moment.erased === 'here' ? 'words were erased' : amount(moment)}
              </span>
              {versions.get(moment.seq)?.map((name) => (
                <span key={name} className={styles.version}>
                  {name}
                </span>
              ))}
            </label>
          ))}
        </section>
      ))}
    </div>
  );
}

function byDay(moments: readonly HistoryMoment[]): readonly (readonly [string, readonly HistoryMoment[]])[] {
  const days = new Map<string, HistoryMoment[]>();
  for (const moment of moments) {
    const day = longDayOf(moment.to);
    const known = days.get(day);
    if (known) known.push(moment);
    else days.set(day, [moment]);
  }
  return [...days];
}

function stretch({ from, to }: HistoryMoment): string {
  const [first, last] = [clockTimeOf(from), clockTimeOf(to)];
  return first === last || longDayOf(from) !== longDayOf(to) ? last : `${first}–${last}`;
}

/** Typed, roughly; what was only deleted or chosen is too little to be counted. */
function amount({ people }: HistoryMoment): string {
  const letters = people.reduce((sum, { written }) => sum + written, 0);
  if (letters < 20) return 'a few letters';
  const rough = letters < 200 ? Math.round(letters / 10) * 10 : Math.round(letters / 100) * 100;
  return `some ${groupedNumber(rough)} letters`;
}
