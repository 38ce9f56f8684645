import { ProblemError, UnreachableError } from '../ui/request.ts';
import { type Child, fill, h } from './element.ts';

/** What is wrong with what was typed, in plain words. */
export class TypingError extends Error {
  override readonly name = 'TypingError';
}

/** @returns what to tell somebody about an error of `request`, or of what they typed */
export function problemWords(error: unknown): string {
  if (error instanceof TypingError) return error.message;
  if (error instanceof ProblemError) {
    const part = error.problem.errors?.[0];
    return part ? `${part.message.charAt(0).toUpperCase()}${part.message.slice(1)}.` : error.problem.detail;
  }
  if (error instanceof UnreachableError) {
    return 'There is no connection just now. Nothing is lost: try again when you have one.';
  }
  return 'Something went wrong on this page. Try again, or load it anew.';
}

/** A form that Enter submits; what was typed stays when it fails, and the reason stands over its button. */
export function form(options: {
  readonly act: string;
  /** @throws what stopped it */
  readonly submit: () => Promise<void>;
  readonly cancel?: () => void;
  readonly children: readonly Child[];
}): HTMLFormElement {
  const problem = h('div', { role: 'alert' });
  const act = h('button', { type: 'submit', class: 'button main' }, options.act);
  const element = h(
    'form',
    {
      class: 'form',
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        void attempt(element, problem, options.submit);
      },
    },
    ...options.children,
    problem,
    act,
    options.cancel &&
      h('button', { type: 'button', class: 'button word', onclick: options.cancel }, 'Cancel'),
  );
  return element;
}

/**
 * Does something that asks the server, once at a time. While it does, its place is busy; what
 * goes wrong is said beside it.
 */
export async function attempt(
  place: HTMLElement,
  problem: HTMLElement,
  act: () => Promise<void>,
): Promise<void> {
  if (place.ariaBusy === 'true') return;
  place.ariaBusy = 'true';
  fill(problem);
  try {
    await act();
  } catch (error) {
    const told = h('p', { class: 'problem' }, problemWords(error));
    fill(problem, told);
    // it says that there is no connection, which is true only until there is one
    if (error instanceof UnreachableError) addEventListener('online', () => told.remove(), { once: true });
  } finally {
    place.ariaBusy = null;
  }
}

/** A field with its name over it. */
export function field(
  name: string,
  label: string,
  attributes: Readonly<Record<string, string>>,
  note = '',
): { readonly element: HTMLElement; readonly input: HTMLInputElement } {
  const input = h('input', {
    id: name,
    name,
    'aria-describedby': note === '' ? null : `${name}-note`,
    ...attributes,
  });
  const element = h(
    'div',
    { class: 'field' },
    h('label', { for: name }, label),
    note !== '' && h('p', { class: 'note', id: `${name}-note` }, note),
    input,
  );
  return { element, input };
}

/** One field for six digits: telephones offer them from the message. */
export function digitsField(note: string) {
  const made = field(
    'code',
    'The six digits',
    {
      class: 'digits',
      inputmode: 'numeric',
      autocomplete: 'one-time-code',
      pattern: '[0-9]*',
      maxlength: '20',
    },
    note,
  );
  made.input.addEventListener('input', () => {
    const digits = made.input.value.replace(/\D/g, '').slice(0, 6);
    if (digits !== made.input.value) made.input.value = digits;
  });
  return made;
}
