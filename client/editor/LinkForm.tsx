import type { Editor } from '@tiptap/core';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { linkAddress } from './link-address.ts';
import styles from './Toolbar.module.css';
import type { ToolbarStore } from './toolbar-store.ts';

/** Where the selected words lead; only to addresses that are safe to follow. */
export function LinkForm({ editor, store }: { editor: Editor; store: ToolbarStore }) {
  const now = String(editor.getAttributes('link').href ?? '');
  const [typed, setTyped] = useState(now);
  const [wrong, setWrong] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => input.current?.select(), []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const href = linkAddress(typed);
    if (href === null) {
      setWrong(true);
      input.current?.focus();
      return;
    }
    editor.chain().extendMarkRange('link').setLink({ href }).run();
    store.leave(true);
  };
  const remove = () => {
    editor.chain().extendMarkRange('link').unsetLink().run();
    store.leave(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    store.leave();
  };
  return (
    <form className={styles.link} onSubmit={submit} onKeyDown={onKeyDown} noValidate>
      <div className={styles.linkRow}>
        <label className="heard-only" htmlFor={id}>
          Address of the link
        </label>
        <input
          ref={input}
          id={id}
          type="text"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          placeholder="https://"
          value={typed}
          aria-invalid={wrong}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
          onChange={(event) => {
            setTyped(event.target.value);
            setWrong(false);
          }}
        />
        <button type="submit">Link</button>
        {now ? (
          <button type="button" onClick={remove}>
            Remove
          </button>
        ) : null}
      </div>
      {wrong ? (
        <p id={`${id}-wrong`} role="alert">
          An address on the web, such as example.org/page, or an e-mail address.
        </p>
      ) : null}
    </form>
  );
}
