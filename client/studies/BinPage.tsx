import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { PageHead } from '../ui/Page.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useRoute } from '../ui/query.ts';
import { BinList } from './BinList.tsx';
import { StudyPage } from './StudyPage.tsx';

export default function BinPage() {
  return (
    <StudyPage title="Bin">
      {(study) => (
        <>
          <PageHead
            title="Bin"
            meta="Cases and schools that were deleted. They keep everything, and come back as they were."
          />
          <StudyBinList studyId={study.id} />
        </>
      )}
    </StudyPage>
  );
}

function StudyBinList({ studyId }: { studyId: string }) {
  const bin = useRoute('GET /api/studies/:studyId/bin', { studyId }, { staleTime: 0 });
  if (bin.error) return <ErrorState error={bin.error} retry={() => void bin.refetch()} />;
  if (!bin.data) return <ListSkeleton />;
  if (bin.data.items.length === 0) return <EmptyState title="The bin is empty" />;
  return <BinList items={bin.data.items} />;
}
