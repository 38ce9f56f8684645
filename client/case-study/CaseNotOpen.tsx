import { NotOpen } from '../studies/NotOpen.tsx';
import { Page } from '../ui/Page.tsx';

/** Stands where a case would that this person may not open, or not any more. */
export default function CaseNotOpen(props: { readonly studyId: string | null; readonly retry: () => void }) {
  return (
    <Page title={null}>
      <NotOpen studyId={props.studyId} retry={props.retry} />
    </Page>
  );
}
