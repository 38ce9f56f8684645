import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { StudyDetail } from '../../shared/api/studies.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { useFramework } from '../frameworks/use-framework.ts';
import styles from './Coverage.module.css';
import { type CoverageCell, coverageTable } from './coverage.ts';

/** What the study covers so far, from the profiles of its cases; draws nothing where no profile says anything. */
export function Coverage({ study }: { study: StudyDetail }) {
  const framework = useFramework(study.frameworkId, study.frameworkVersion);
  // A reply that an older version of this page kept on the device has none.
  const known = (study.coverage ?? []).some(({ careerStages }) => careerStages.length > 0);
  if (!framework.data || !known || framework.data.contextDimensions.length === 0) return null;
  return <CoverageOf study={study} framework={framework.data} />;
}

function CoverageOf({ study, framework }: { study: StudyDetail; framework: Framework }) {
  const [dimensionId, setDimensionId] = useState(framework.contextDimensions[0]?.id ?? '');
  const { rows, missing } = coverageTable(framework, study, dimensionId);
  return (
    <section aria-labelledby="coverage" className={styles.coverage}>
      <header>
        <h2 id="coverage">Coverage</h2>
        <NativeSelect
          aria-label="Career stages by"
          size="xs"
          value={dimensionId}
          onChange={(event) => setDimensionId(event.currentTarget.value)}
          data={framework.contextDimensions.map(({ id, label }) => ({ value: id, label }))}
        />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wider than a phone, so keys must be able to scroll it */}
      <section className={styles.scroll} aria-label="Coverage table" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <td />
              {framework.careerStages.map((stage) => (
                <th key={stage.id} scope="col">
                  {stage.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">{row.label}</th>
                {row.cells.map((cell) => (
                  <Cell key={cell.stageId} cell={cell} missing={missing.has(cell.stageId)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function Cell({ cell, missing }: { cell: CoverageCell; missing: boolean }) {
  const count = cell.titles.length;
  const kind = count > 1 ? 'several' : count === 1 ? 'one' : missing ? 'missing' : 'nothing';
  return (
    <td title={cell.titles.join('\n') || undefined}>
      <span className={styles[kind]}>
        {count > 0 ? count : missing ? 'none' : <span aria-hidden="true">–</span>}
        {count > 0 && <span className="heard-only">: {cell.titles.join(', ')}</span>}
      </span>
    </td>
  );
}
