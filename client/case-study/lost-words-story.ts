import type { LostWords } from '../../shared/api/cases.ts';
import type { Person } from '../../shared/api/people.ts';
import type { CloseReason } from '../../shared/protocol/control.ts';

type Named = Pick<Person, 'id' | 'name'>;

/** `You`, a first name, or `Somebody` for who is no longer in the study. */
export function calledAs(personId: string | null, people: readonly Named[], myId: string): string {
  if (personId === null) return 'Somebody';
  if (personId === myId) return 'You';
  return people.find(({ id }) => id === personId)?.name ?? 'Somebody';
}

/** Whose words they are: `Your words`, `Tom Ashe’s words`. */
export function whoseWords(lost: LostWords, people: readonly Named[], myId: string): string {
  if (lost.authorId === null) return 'Words';
  const author = calledAs(lost.authorId, people, myId);
  if (author === 'You') return 'Your words';
  return author === 'Somebody' ? 'Somebody’s words' : `${author}’s words`;
}

/** Why they lost their place, in one sentence. */
export function lostWordsCause(lost: LostWords, people: readonly Named[], myId: string): string {
  if (lost.cause === 'not-held') {
    return 'They stood in something that a section cannot hold, which was taken out.';
  }
  const who = calledAs(lost.causedById, people, myId);
  const author = calledAs(lost.authorId, people, myId);
  const meanwhile =
    lost.authorId !== null && lost.authorId === lost.causedById
      ? 'on another device'
      : author === 'You'
        ? 'while you were typing in it'
        : author === 'Somebody'
          ? 'while somebody was typing in it'
          : `while ${author} was typing in it`;
  return lost.cause === 'changed-kind'
    ? `${who} turned this paragraph into something else ${meanwhile}.`
    : `${who} removed this paragraph ${meanwhile}.`;
}

/** Why words were kept apart on this device, and could not be sent. */
export function keptWordsCause(reason: CloseReason): string {
  switch (reason) {
    case 'not-signed-in':
      return 'You were signed out before these words were sent.';
    case 'no-access':
    case 'access-changed':
      return 'You may no longer write here, so these words were not sent.';
    case 'not-found':
      // To whom nothing of a study is open, the server does not say which of the two it was.
      return 'You were taken out of this study, or the section was taken away, before these words were sent.';
    case 'locked':
      return 'The case was closed for writing before these words were sent.';
    case 'outdated-page':
      return 'Casebook was renewed before these words were sent.';
    case 'lineage':
      return 'An earlier text was restored, or somebody’s words were erased here for good, before these were sent. Put back only what is your own.';
    case 'too-large':
      return 'The section had become too long to take these words.';
    case 'not-a-suggestion':
      return 'You may only suggest here, and this changed the text itself, so it was not sent.';
    case 'too-many':
    case 'bad-message':
    case 'load-failed':
    case 'store-failed':
    case 'too-slow':
    case 'stopping':
      return 'These words could not be sent.';
    default:
      return reason satisfies never;
  }
}

/**
 * Why a section closed under whoever wrote in it.
 * @param reason as its records have it by now; null while they do not say yet
 */
export function closedWords(reason: string | null): string {
  switch (reason) {
    case 'stage':
      return 'This case was just closed for writing: it went on to another stage.';
    case 'deleted':
      return 'This case was just put in the bin, so it can be read and not changed.';
    case 'set':
      return 'This section was just set to be read by you, and not written in.';
    default:
      return 'This section can’t be written in just now.';
  }
}

/** Why a section cannot be opened for writing, and what to do; null where waiting helps. */
export function refusalWords(reason: CloseReason): string {
  switch (reason) {
    case 'not-signed-in':
      return 'You are signed out. Sign in again to write here.';
    case 'no-access':
    case 'access-changed':
      return 'You may read this section, but not write in it. The lead of the study can change that.';
    case 'not-found':
      return 'This section is no longer there. Reload the page to see the case as it is.';
    case 'locked':
      return 'This case is closed for writing at its present stage.';
    case 'outdated-page':
      return 'Casebook was renewed. Reload the page to write on.';
    case 'lineage':
      return 'An earlier text of this section was restored, or words were erased in it. Reload the page to see it.';
    case 'too-large':
      return 'This section has become too long. Shorten it; removing words always works.';
    case 'not-a-suggestion':
      return 'Here you may only suggest changes. Your last words were kept, and the section was opened anew.';
    case 'too-many':
      return 'Too much arrived at once. Writing goes on in a moment.';
    case 'load-failed':
      return 'This section could not be opened. What was last saved is shown; we keep trying.';
    case 'store-failed':
      return 'The server cannot save at the moment. Your words stay on this device.';
    case 'bad-message':
    case 'too-slow':
    case 'stopping':
      return 'The connection to this section was lost. It is being opened again.';
    default:
      return reason satisfies never;
  }
}
