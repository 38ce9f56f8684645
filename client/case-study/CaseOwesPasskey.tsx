import PasskeyNeeded from '../accounts/PasskeyNeeded.tsx';
import { KeptWordsHere } from '../studies/KeptWordsHere.tsx';
import { Page } from '../ui/Page.tsx';

/** Stands where a case would of a study that asks for a passkey, until one is shown (PASSKEY-2). */
export default function CaseOwesPasskey() {
  return (
    <Page title={null}>
      <PasskeyNeeded />
      <KeptWordsHere />
    </Page>
  );
}
