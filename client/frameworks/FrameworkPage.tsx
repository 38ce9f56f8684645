import { Button } from '@mantine/core';
import { useState } from 'react';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { childSections, type Framework } from '../../shared/framework/framework.ts';
import { StudyPage } from '../studies/StudyPage.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { PageHead } from '../ui/Page.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { FrameworkLists } from './FrameworkLists.tsx';
import styles from './framework.module.css';
import { ImportDialog } from './ImportDialog.tsx';
import { SectionEntry } from './SectionEntry.tsx';
import { useFramework } from './use-framework.ts';

/** Everything that the study asks of a case, to be read, taken along as a file, or replaced by one's own for the next study. */
export default function FrameworkPage() {
  return <StudyPage title="Framework">{(study) => <StudyFramework study={study} />}</StudyPage>;
}

function StudyFramework({ study }: { study: StudyDetail }) {
  const framework = useFramework(study.frameworkId, study.frameworkVersion);
  if (framework.error) return <ErrorState error={framework.error} retry={() => void framework.refetch()} />;
  if (!framework.data) return <ListSkeleton rows={6} />;
  return <FrameworkView framework={framework.data} mayImport={study.acts.includes('change-study')} />;
}

function FrameworkView({ framework, mayImport }: { framework: Framework; mayImport: boolean }) {
  const [importing, setImporting] = useState(false);
  return (
    <>
      <PageHead
        title={framework.title}
        meta={
          <>
            <p>{framework.description}</p>
            <p>
              Version {framework.version} · {framework.sections.length} sections
            </p>
          </>
        }
        acts={
          <>
            <Button onClick={() => download(framework)}>Export</Button>
            {mayImport && (
              <Button variant="subtle" onClick={() => setImporting(true)}>
                Import
              </Button>
            )}
          </>
        }
      />
      <div className={styles.tree}>
        {childSections(framework).map((section) => (
          <SectionEntry key={section.id} framework={framework} section={section} />
        ))}
      </div>
      <FrameworkLists framework={framework} />
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </>
  );
}

function download(framework: Framework): void {
  const file = new Blob([`${JSON.stringify(framework, null, 2)}\n`], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${framework.id}-${framework.version}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
