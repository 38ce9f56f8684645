/** Who somebody is in a study. A contact belongs to one case of it, everybody else to the whole. */
export const ROLES = ['owner', 'editor', 'fieldworker', 'viewer', 'contact'] as const;
export type Role = (typeof ROLES)[number];

/** As said on the page. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  owner: 'Lead',
  editor: 'Editor',
  fieldworker: 'Fieldworker',
  viewer: 'Viewer',
  contact: 'School contact',
};

export const ROLE_HELP: Readonly<Record<Role, string>> = {
  owner: 'Runs the study: invites people, sets up schools and cases, writes and decides.',
  editor: 'Reads everything, writes, and agrees sections.',
  fieldworker: 'Visits schools, writes and marks sections ready.',
  viewer: 'Reads, and changes nothing.',
  contact: 'Somebody at a school: fills in what is asked about it, and sees nothing else.',
};
