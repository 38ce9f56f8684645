import type { Access } from '../permissions/access.ts';
import { ROLE_NAMES, ROLES } from '../permissions/roles.ts';
import { mayInStudy, type StudyAct } from '../permissions/study-acts.ts';
import type { RouteRule } from './route-rules.ts';

/** @returns who is answered by a route with this rule, for people who read the interface; no full stop */
export function ruleWords(rule: RouteRule): string {
  switch (rule.kind) {
    case 'anyone':
      return 'Anybody';
    case 'own':
      return 'Whoever is signed in, about what is their own';
    case 'page':
      return 'Whoever is signed in at a page; no token';
    case 'team':
      return 'Whoever is on the team of a study, and the owner of the service';
    case 'team-page':
      return 'Whoever is on the team of a study, and the owner of the service, signed in at a page; no token';
    case 'maker':
      return 'Leads of a study, and the owner of the service';
    case 'study':
    case 'case':
      return `${rolesFor(rule.act)} of the study`;
    case 'case-change':
      return `${rolesFor(rule.act)} of the study; to move its stage, ${rolesFor(rule.stage).toLowerCase()}`;
    case 'case-text':
      return 'Whoever may read something of the case, school contacts too';
    case 'block':
      return `${rolesFor(rule.act)} of the study, where they ${NEEDS[rule.needs]}`;
    case 'block-text':
      return `Whoever may ${NEEDS[rule.needs]}, school contacts too`;
    default:
      return rule satisfies never;
  }
}

const NEEDS: Readonly<Record<Access, string>> = {
  none: 'know of the section',
  read: 'read the section',
  comment: 'comment on the section',
  suggest: 'suggest changes to the section',
  write: 'fill the section in',
};

/** @returns `Lead, editor or fieldworker` */
function rolesFor(act: StudyAct): string {
  const names = ROLES.filter((role) => mayInStudy(role, act)).map((role) => ROLE_NAMES[role]);
  return names.reduce((words, name, at) => {
    const join = at === names.length - 1 ? ' or ' : ', ';
    return `${words}${join}${name.toLowerCase()}`;
  });
}
