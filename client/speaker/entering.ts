import type { LinkPurpose } from '../../shared/api/account.ts';
import type { RouteReply } from '../../shared/api/contract.ts';
import { ownPath } from '../ui/paths.ts';
import { ProblemError, request } from '../ui/request.ts';
import { button, fill, h } from './element.ts';
import { attempt, digitsField, field, form, problemWords } from './form.ts';
import { showScreen } from './screen.ts';
import { sheetBeforehand } from './sheet.ts';

/** What follows once somebody is in. */
type GoOn = () => Promise<void>;

/** A link that `public/quotes-start.js` found in the address, and what the server says of it. */
interface EarlyLink {
  readonly token: string;
  readonly reply: Promise<Response>;
}

declare global {
  interface Window {
    casebookLink?: EarlyLink;
  }
}

/** @returns the token that stood in the address, which leaves it at once (LINK-1); empty where there is none */
export function takeToken(): string {
  const token = location.hash.replace(/^#(token=)?/, '').slice(0, 200);
  if (token === '') return window.casebookLink?.token ?? '';
  history.replaceState(null, '', location.pathname);
  return token.length >= 20 ? token : '';
}

/** What a link is for: as it was told early, once, else asked for now. */
async function purposeOf(token: string): Promise<LinkPurpose> {
  const early = window.casebookLink;
  delete window.casebookLink;
  const reply = early?.token === token ? await early.reply.catch(() => null) : null;
  if (reply?.ok) return (await reply.json()) as LinkPurpose;
  return request('POST /api/links/inspect', { body: { token } });
}

/**
 * The page of a link. It says what the link is for and does nothing by itself (QUOTE-4);
 * only the button uses it, with the digits that were sent where they are asked for.
 * @param goOn when the link was used
 * @param otherwise when it does not work: somebody may be in already
 */
export async function showLink(token: string, goOn: GoOn, otherwise: GoOn): Promise<void> {
  let purpose: LinkPurpose;
  let session: RouteReply<'GET /api/session'>;
  try {
    [purpose, session] = await Promise.all([purposeOf(token), request('GET /api/session', {})]);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code !== 'too-many') return otherwise();
    return showScreen(
      'Your link can’t be looked at just now',
      [
        h('p', { class: 'lead', role: 'alert' }, problemWords(error)),
        button('Try again', 'main', () => void showLink(token, goOn, otherwise)),
      ],
      { first: true },
    );
  }
  // Other links have a page of their own.
  if (purpose.kind !== 'contact') return location.replace(`/enter#${token}`);
  showWelcome(token, purpose, session, goOn);
}

function showWelcome(
  token: string,
  purpose: LinkPurpose,
  session: RouteReply<'GET /api/session'>,
  goOn: GoOn,
): void {
  const isInvited = session.person?.email === purpose.email;
  const signsIn = purpose.needsSignIn && !isInvited;
  const needsDigits = signsIn || purpose.needsCode;
  const other = session.person !== null && !isInvited ? session.person : null;
  const use = async (code?: string) => {
    if (signsIn && code !== undefined) {
      await request('POST /api/session/code', { body: { email: purpose.email, code } });
    }
    await request('POST /api/links/redeem', {
      body: {
        token,
        ...(purpose.needsCode && code !== undefined && { code }),
        ...(purpose.sheet && { sheet: purpose.sheet.version }),
      },
    });
    await goOn();
  };
  const ask = async () => {
    if (signsIn) await request('POST /api/session/request', { body: { email: purpose.email } });
    else await request('POST /api/links/code', { body: { token } });
  };
  const act = h('div', { class: 'step' });
  const problem = h('div', { role: 'alert' });
  const toDigits = async () => {
    await ask();
    fill(act, digitsStep(purpose.email, session.mailGoesTo, use, ask));
    act.querySelector('input')?.focus();
  };
  const show = button(needsDigits ? 'Send me a code' : 'Show me my words', 'main', () => {
    void attempt(act, problem, needsDigits ? toDigits : () => use());
  });
  fill(act, problem, show);
  showScreen(
    'Check your words before anyone prints them',
    [
      h(
        'p',
        { class: 'lead' },
        'Hello ',
        h('strong', {}, purpose.name || purpose.email),
        '. The team of ',
        h('strong', {}, purpose.studyTitle),
        ' would like to quote you. You see every quote just as it would stand, and nothing is used before you say so.',
      ),
      purpose.sheet && sheetBeforehand(purpose.sheet),
      other &&
        h(
          'p',
          { class: 'notice' },
          `On this device ${other.name} is signed in. Going on signs them out here.`,
        ),
      needsDigits &&
        h(
          'p',
          { class: 'note' },
          'So that nobody else can answer for you, we send six digits to ',
          h('strong', {}, purpose.email),
          '.',
        ),
      act,
      h('p', { class: 'aside' }, 'Opening this page has changed nothing. You can close it, and come back.'),
    ],
    { first: true },
  );
}

/** The digits that were sent, and another code where none came. */
function digitsStep(
  email: string,
  mailGoesTo: 'smtp' | 'outbox',
  use: (code: string) => Promise<void>,
  again: () => Promise<void>,
): HTMLElement {
  const digits = digitsField(`We sent them to ${email}. They work for ten minutes.`);
  const said = h('p', { class: 'note', role: 'status' });
  const problem = h('div', { role: 'alert' });
  const anew = button('Send another code', 'word', () => {
    void attempt(anew, problem, async () => {
      await again();
      fill(said, 'Another code is on its way; only the last one works.');
      digits.input.value = '';
      digits.input.focus();
    });
  });
  return h(
    'div',
    {},
    form({
      act: 'Show me my words',
      submit: () => use(digits.input.value),
      children: [digits.element],
    }),
    problem,
    h('p', { class: 'note' }, 'Nothing came? ', anew),
    said,
    mailGoesTo === 'outbox' &&
      h(
        'p',
        { class: 'note' },
        'This Casebook sends no mail. Whoever runs it finds your code in its outbox folder.',
      ),
  );
}

/**
 * The way back in for whoever was here before: by digits to their own address.
 * @param lost a link was opened that does not work
 */
export function showSignIn(
  goOn: GoOn,
  { lost, mailGoesTo }: { lost: boolean; mailGoesTo: 'smtp' | 'outbox' },
): void {
  const email = field('email', 'Your e-mail address', {
    type: 'email',
    inputmode: 'email',
    autocomplete: 'email',
  });
  const step = h('div', { class: 'step' });
  const ask = async () => {
    await request('POST /api/session/request', { body: { email: email.input.value } });
  };
  fill(
    step,
    form({
      act: 'Send me a code',
      submit: async () => {
        await ask();
        const address = email.input.value.trim();
        const use = async (code: string) => {
          await request('POST /api/session/code', { body: { email: address, code } });
          await goOn();
        };
        fill(step, digitsStep(address, mailGoesTo, use, ask));
        step.querySelector('input')?.focus();
      },
      children: [email.element],
    }),
  );
  showScreen(
    lost ? 'This link does not work any more' : 'Come back to your words',
    [
      h(
        'p',
        { class: 'lead' },
        lost
          ? 'A link opens once, and yours may have been used already, or be too old. If you have been here before, come in with the address that it was sent to.'
          : 'You can look at what you answered, change it, and take your words back. We send six digits to the address that you were written to.',
      ),
      step,
      h(
        'p',
        { class: 'aside' },
        'If you have not been here before, ask whoever wrote to you for a new link. They can take your answer by telephone as well.',
      ),
    ],
    { first: true },
  );
}

/** Leaves for a page of the app. */
export function goTo(path: string): void {
  location.assign(ownPath(path));
}
