import type { ReactNode } from 'react';
import { CloseButton } from './CommentsList.tsx';
import styles from './comments.module.css';

/** Where the page has no margin: threads come up from the foot of the view. */
export function CommentsSheet(props: {
  readonly toList: ReactNode;
  readonly list: ReactNode;
  readonly card: ReactNode;
  readonly onClose: () => void;
  readonly onStep: ((step: 1 | -1) => void) | null;
}) {
  const { list, card, onStep } = props;
  if (list) {
    return (
      <aside className={styles.sheet} aria-label={NAME}>
        {list}
      </aside>
    );
  }
  if (card) {
    return (
      <aside
        className={styles.sheet}
        aria-label={NAME}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.defaultPrevented) props.onClose();
        }}
      >
        <div className={styles.sheetHead}>
          {onStep && (
            <>
              <button type="button" onClick={() => onStep(-1)}>
                Previous
              </button>
              <button type="button" onClick={() => onStep(1)}>
                Next
              </button>
            </>
          )}
          <span className={styles.gap} />
          <CloseButton onClick={props.onClose} />
        </div>
        {card}
      </aside>
    );
  }
  if (!props.toList) return null;
  return (
    <aside className={styles.atFoot} aria-label={NAME}>
      {props.toList}
    </aside>
  );
}

const NAME = 'Beside the text';
