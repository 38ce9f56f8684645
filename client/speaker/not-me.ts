import type { GuardedWords } from '../../shared/api/guardian-quotes.ts';
import type { OwnWords } from '../../shared/api/speaker-quotes.ts';
import { request } from '../ui/request.ts';
import { button, fill, h } from './element.ts';
import { attempt } from './form.ts';

/**
 * Where somebody says that another was meant: asked once more, since nothing is asked of them
 * afterwards.
 * @param gone shows what is left for them
 */
export function notMe({ speakerId, name }: OwnWords, gone: () => Promise<void>): HTMLElement {
  return another({
    first: 'This isn’t me',
    about: `You were asked as ${name}. If that is somebody else, the team is told, and you are asked nothing more as ${name}.`,
    yes: 'I am somebody else',
    no: 'It is me',
    tell: async () => {
      await request('POST /api/contact/speakers/:speakerId/not-me', { params: { speakerId }, body: {} });
      await gone();
    },
  });
}

/** The same, where somebody is no parent or carer of the child. */
export function notTheirs({ speakerId, name }: GuardedWords, gone: () => Promise<void>): HTMLElement {
  return another({
    first: `I am no parent or carer of ${name}`,
    about: `The team is told, and you are asked nothing more about ${name}. What you agreed to for ${name} does not count.`,
    yes: 'I don’t answer for them',
    no: 'I do answer for them',
    tell: async () => {
      const params = { speakerId };
      await request('POST /api/contact/guarded/:speakerId/not-theirs', { params, body: {} });
      await gone();
    },
  });
}

function another(words: {
  readonly first: string;
  readonly about: string;
  readonly yes: string;
  readonly no: string;
  readonly tell: () => Promise<void>;
}): HTMLElement {
  const problem = h('div', { role: 'alert' });
  const element = h('div', { class: 'not-me' });
  const ask = button(words.first, 'word', () => {
    fill(
      element,
      h('p', { class: 'note' }, words.about),
      problem,
      h(
        'div',
        { class: 'two' },
        button(words.yes, 'bad', () => void attempt(element, problem, words.tell)),
        button(words.no, 'plain', () => fill(element, ask)),
      ),
    );
    element.querySelector('button')?.focus();
  });
  fill(element, ask);
  return element;
}
