import type { Mail } from '../ports/mailer.ts';

/** The digits that go with a school contact's link. */
export function linkCodeMail(to: {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly code: string;
  /** They are asked about words of theirs, and about nothing else. */
  readonly quotesAlone: boolean;
}): Mail {
  return {
    id: to.id,
    to: to.email,
    subject: to.quotesAlone
      ? 'Your code to check your words'
      : 'Your code for the questions about your school',
    text: [
      to.name === '' ? 'Hello,' : `Hello ${to.name},`,
      '',
      `your code is ${to.code}`,
      '',
      'Type it on the page that you opened by the link. It works for ten minutes, and once.',
      'If you did not ask for this, somebody else may have opened your link: tell the person who',
      'sent it to you. Nobody gets in without this mail.',
      '',
    ].join('\n'),
    studyId: null,
    kind: 'sign-in',
  };
}

/** The mail of a sign-in: the same code and link, for the same ten minutes. */
export function signInMail(to: {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly code: string;
  readonly url: string;
}): Mail {
  return {
    id: to.id,
    to: to.email,
    subject: 'Your code to sign in to Casebook',
    text: [
      `Hello ${to.name},`,
      '',
      `your code is ${to.code}`,
      '',
      'Type it on the page where you asked for it, or open this link and press the button there:',
      to.url,
      '',
      'Both work for ten minutes, and once. If you did not ask for this, there is nothing to do:',
      'nobody gets in without this mail.',
      '',
    ].join('\n'),
    studyId: null,
    kind: 'sign-in',
  };
}

/** Tells a person that there is a new way in to their account, so that they would notice another's. */
export function passkeyAddedMail(to: {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** As its person calls it. */
  readonly passkey: string;
  readonly url: string;
}): Mail {
  return {
    id: to.id,
    to: to.email,
    subject: 'A passkey was added to your account',
    text: [
      `Hello ${to.name},`,
      '',
      `the passkey “${to.passkey}” was added to your account. With it you can sign in to Casebook`,
      'with your fingerprint, face or screen lock.',
      '',
      'If that was not you, sign in, take it away, and sign out all other devices:',
      `${to.url}/account`,
      '',
    ].join('\n'),
    studyId: null,
    kind: 'sign-in',
  };
}

/** Tells a person that another service signs them in from now on, so that they would notice a stranger's. */
export function providerBoundMail(to: {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** As the button calls it. */
  readonly service: string;
  readonly url: string;
}): Mail {
  return {
    id: to.id,
    to: to.email,
    subject: 'A way to sign in was added to your account',
    text: [
      `Hello ${to.name},`,
      '',
      `somebody signed in to Casebook as you with “${to.service}”, where an account has your`,
      'address. From now on that account signs you in, even if its address changes.',
      '',
      'If that was not you, sign in, remove it, and sign out all other devices:',
      `${to.url}/account`,
      '',
    ].join('\n'),
    studyId: null,
    kind: 'sign-in',
  };
}

/** The digits that go before deleting an account: they sign nobody in. */
export function erasureCodeMail(to: {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly code: string;
}): Mail {
  return {
    id: to.id,
    to: to.email,
    subject: 'Your code to delete your account',
    text: [
      `Hello ${to.name},`,
      '',
      `your code to delete your account in Casebook is ${to.code}`,
      '',
      'Type it on the page where you asked for it, and the account is gone for good. It works for',
      'ten minutes, and once. If you did not ask for this, tell nobody the code: somebody may be',
      'using a page where you are signed in. Sign in, and sign out all other devices.',
      '',
    ].join('\n'),
    studyId: null,
    kind: 'sign-in',
  };
}
