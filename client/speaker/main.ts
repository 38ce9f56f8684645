import './speaker.css';
import type { SpeakerQuotes } from '../../shared/api/speaker-quotes.ts';
import { ProblemError, request } from '../ui/request.ts';
import { button, h } from './element.ts';
import { goTo, showLink, showSignIn, takeToken } from './entering.ts';
import { problemWords } from './form.ts';
import { askForFonts } from './late-fonts.ts';
import { OwnWordsPage, showUnreachable } from './own-words.ts';
import { showScreen, showWays } from './screen.ts';

let page: OwnWordsPage | null = null;

/**
 * What quotes.html asks for ahead of this script. It is asked for here whatever comes next: the
 * browser hands that answer out once, and nobody may get it who came in since.
 */
let early: Promise<SpeakerQuotes> | null = request('GET /api/contact/quotes', {});
early.catch(() => {
  // Whoever takes it hears of that.
});

function takeEarly(): Promise<SpeakerQuotes> | null {
  const taken = early;
  early = null;
  return taken;
}

/**
 * @param first nothing was pressed to come here
 * @param lost a link was opened that does not work
 */
async function open({ first = false, lost = false } = {}): Promise<void> {
  try {
    const known = await ((first ? takeEarly() : null) ?? request('GET /api/contact/quotes', {}));
    showWays(
      h('a', { href: '/contact/sheet' }, 'What we hold and why'),
      h('a', { href: '/contact' }, 'About your school'),
      button('Sign out', 'word', () => void leave()),
    );
    page?.close();
    page = new OwnWordsPage(known, () => void open({ first: true }));
    page.open({ first });
  } catch (error) {
    page?.close();
    page = null;
    showWays();
    const isNobody = error instanceof ProblemError && error.problem.code === 'not-signed-in';
    if (!isNobody) return showUnreachable(error, () => void open({ lost }));
    const { mailGoesTo } = await request('GET /api/session', {}).catch(() => ({
      mailGoesTo: 'smtp' as const,
    }));
    showSignIn(() => open(), { lost, mailGoesTo });
  }
}

/** Nothing of this page is kept on the device (DEVICE-1). */
async function leave(): Promise<void> {
  try {
    await request('DELETE /api/session', {});
    page?.close();
    page = null;
    showWays();
    showScreen('You are signed out', [
      h(
        'p',
        { class: 'lead' },
        'Nothing of what you read here stays on this device. You can come back whenever you like.',
      ),
      button('Come back', 'main', () => void open()),
    ]);
  } catch (error) {
    showScreen('You are still signed in', [
      h('p', { class: 'lead', role: 'alert' }, problemWords(error)),
      button('Try again', 'main', () => void leave()),
      button('Back to my words', 'plain', () => goTo('/quotes')),
    ]);
  }
}

/** A link that was opened, or whoever is signed in. */
async function start(): Promise<void> {
  const token = takeToken();
  if (token === '') return open({ first: true });
  await showLink(
    token,
    () => open(),
    () => open({ first: true, lost: true }),
  );
}

// A second link pasted into this same page changes only what stands behind the #.
addEventListener('hashchange', () => {
  if (!page?.isDirty) void start();
});
void start().then(askForFonts);
