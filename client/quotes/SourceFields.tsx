import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { HOW_SAID, HOW_SAID_WORDS, type HowSaid, type QuoteSource } from '../../shared/quotes/source.ts';
import formStyles from '../ui/Form.module.css';
import { LANGUAGES } from './quote-words.ts';
import styles from './quotes.module.css';

interface Fields {
  readonly source: QuoteSource;
  readonly change: (source: QuoteSource) => void;
}

/** How and when words were said, and where that can be found. */
export function SourceFields({ source, change }: Fields) {
  return (
    <>
      <div className={formStyles.twoFields}>
        <NativeSelect
          label="How was it said?"
          value={source.how}
          onChange={(event) => change({ ...source, how: event.currentTarget.value as HowSaid })}
          data={HOW_SAID.map((one) => ({ value: one, label: HOW_SAID_WORDS[one] }))}
        />
        <TextInput
          type="date"
          label="When?"
          value={source.saidOn ?? ''}
          onChange={(event) => change({ ...source, saidOn: event.currentTarget.value || null })}
        />
      </div>
      <TextInput
        label="Where can it be found?"
        description="A page of your notes, a time in the recording: so that a colleague can check it."
        placeholder={source.how === 'recording' ? 'Recording 2, 14:05' : 'Notes of the visit, page 3'}
        value={source.source}
        maxLength={300}
        onChange={(event) => change({ ...source, source: event.currentTarget.value })}
      />
    </>
  );
}

/** The words as they fell, and their language, where that is not what stands in the text. */
export function OriginalFields({ source, change, wording }: Fields & { readonly wording: string }) {
  return (
    <>
      <Textarea
        label="What they said, word for word"
        description="Only if the quote leaves something out, tidies the words or translates them. The team sees it, and the speaker on their page."
        autosize
        minRows={2}
        maxRows={10}
        value={source.original}
        placeholder={wording}
        onChange={(event) => change({ ...source, original: event.currentTarget.value })}
      />
      <div className={formStyles.twoFields}>
        <NativeSelect
          label="They said it in"
          value={source.language}
          onChange={(event) => {
            const language = event.currentTarget.value;
            change({ ...source, language, translated: language !== '' && source.translated });
          }}
          data={LANGUAGES.map(([value, label]) => ({ value, label }))}
        />
        {source.language !== '' && (
          <label className={`${styles.check} ${styles.besideField}`}>
            <input
              type="checkbox"
              checked={source.translated}
              onChange={(event) => change({ ...source, translated: event.currentTarget.checked })}
            />
            <span>The quote is our translation of it</span>
          </label>
        )}
      </div>
    </>
  );
}
