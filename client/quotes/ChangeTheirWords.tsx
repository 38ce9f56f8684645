import { Confirm } from '../ui/Dialog.tsx';

/** Words that somebody was asked about, or said yes to. */
export interface TheirWords {
  readonly whose: string;
  /** They confirmed them; else they were asked. */
  readonly confirmed: boolean;
}

/** What is asked before words are changed that were sent or confirmed (QUOTE-2). */
export function ChangeTheirWords(props: {
  readonly words: TheirWords;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}) {
  const { whose, confirmed } = props.words;
  return (
    <Confirm
      title={`These are the words of ${whose}`}
      act="Change them all the same"
      danger={false}
      onClose={props.onClose}
      onConfirm={props.onConfirm}
    >
      <p>
        {confirmed
          ? 'They confirmed exactly this wording. With any other word it is no longer confirmed, and has to be asked about again. Putting the old words back confirms it again.'
          : 'They were asked about exactly this wording. What they answer would be about words that are not here any more: with any other word they have to be asked again, unless the old words are put back.'}
      </p>
    </Confirm>
  );
}
