import type { SpeakerQuotes } from '../../shared/api/speaker-quotes.ts';
import { receiptLine } from '../../shared/quotes/receipt.ts';
import { clockTimeOf, longDayOf } from '../ui/dates.ts';
import { request } from '../ui/request.ts';
import { button, fill, h } from './element.ts';
import { attempt } from './form.ts';

/** What somebody said so far, with the code of each; not there before they said something. */
export class OwnReceipt {
  readonly element: HTMLElement;
  readonly #lines = h('dl', { class: 'receipt' });

  constructor() {
    this.element = h(
      'section',
      { class: 'part', hidden: true, 'aria-labelledby': 'receipt' },
      h('h2', { id: 'receipt' }, 'Your receipt'),
      h(
        'p',
        { class: 'note' },
        'A while after you are done, the same goes to you by mail. By its code, the team finds what was recorded.',
      ),
      this.#lines,
      mailing(),
    );
  }

  /** The newest first. */
  show({ words }: SpeakerQuotes): void {
    const lines = words
      .flatMap(({ quotes }) => quotes)
      .flatMap(({ shown, answer, withdrawn }) => {
        if (withdrawn) return [{ ...withdrawn, line: receiptLine('withdrawn', shown.wording) }];
        return answer ? [{ ...answer, line: receiptLine(answer.kind, answer.wording ?? shown.wording) }] : [];
      })
      .sort((one, other) => other.at - one.at);
    this.element.hidden = lines.length === 0;
    fill(
      this.#lines,
      ...lines.flatMap(({ line, at, code }) => [
        h('dt', {}, line),
        h('dd', {}, `${longDayOf(at)}, ${clockTimeOf(at)} · code ${code}`),
      ]),
    );
  }
}

function mailing(): HTMLElement {
  const problem = h('div', { role: 'alert' });
  const said = h('p', { class: 'note', role: 'status' });
  const element = h('div', {}, problem, said);
  const send = button('Mail me what I answered so far', 'word', () => {
    void attempt(element, problem, async () => {
      await request('POST /api/contact/quotes/receipt', {});
      fill(said, 'It is on its way to your address.');
    });
  });
  element.prepend(send);
  return element;
}
