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
  const problem = h('div', { role: 'alert' });
  const element = h('div', { class: 'not-me' });
  const ask = button('This isn’t me', 'word', () => {
    fill(
      element,
      h(
        'p',
        { class: 'note' },
        `You were asked as ${name}. If that is somebody else, the team is told, and you are asked nothing more as ${name}.`,
      ),
      problem,
      h(
        'div',
        { class: 'two' },
        button('I am somebody else', 'bad', () => {
          void attempt(element, problem, async () => {
            await request('POST /api/contact/speakers/:speakerId/not-me', {
              params: { speakerId },
              body: {},
            });
            await gone();
          });
        }),
        button('It is me', 'plain', () => fill(element, ask)),
      ),
    );
    element.querySelector('button')?.focus();
  });
  fill(element, ask);
  return element;
}
