import type { ReactNode } from 'react';
import type { LinkPurpose } from '../../shared/api/account.ts';
import { ROLE_HELP, ROLE_NAMES } from '../../shared/permissions/roles.ts';

/** What the page of a link says, and the name of its one button. */
export interface Welcome {
  readonly title: string;
  readonly lead: ReactNode;
  readonly act: string;
}

export function welcomeOf(purpose: LinkPurpose): Welcome {
  const study = <strong>{purpose.studyTitle}</strong>;
  switch (purpose.kind) {
    case 'owner':
      return {
        title: 'Welcome to your Casebook',
        lead: 'This link makes you the first one in. Say who you are; then set up a study and invite the others.',
        act: 'Begin',
      };
    case 'member':
      return {
        title: 'You are invited to write along',
        lead: (
          <>
            {study}
            {purpose.role && (
              <>
                , as <strong>{ROLE_NAMES[purpose.role].toLowerCase()}</strong>. {ROLE_HELP[purpose.role]}
              </>
            )}
          </>
        ),
        act: 'Come in',
      };
    case 'contact':
      return {
        title: 'Some questions about your school',
        lead: (
          <>
            The team of {study} asks you to fill in a few facts about your school. You see what is asked of
            you, and can stop and come back at any time.
          </>
        ),
        act: 'Show me the questions',
      };
    case 'demo':
      return {
        title: purpose.name ? `Look around as ${purpose.name}` : 'Look around',
        lead: (
          <>
            {purpose.studyTitle ? study : 'This study'} is an example: its schools and people are made up.
            {purpose.role && (
              <>
                {' '}
                Here you are <strong>{ROLE_NAMES[purpose.role].toLowerCase()}</strong>.
              </>
            )}
          </>
        ),
        act: 'Look around',
      };
    case 'sign-in':
      return {
        title: purpose.name ? `Hello ${purpose.name}` : 'Hello',
        lead: (
          <>
            This link signs you in as <strong>{purpose.email}</strong>.
          </>
        ),
        act: 'Sign in',
      };
    default:
      return purpose.kind satisfies never;
  }
}
