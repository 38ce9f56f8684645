/** Seeds of schedules that once broke a promise, and what was wrong. */
export const pinned: readonly (readonly [seed: number, what: string])[] = [
  [72, 'merging what one tab typed and another removed threw the words away before the server saw them'],
  [141, 'words that another tab had hidden were not kept apart when access was taken away'],
  [838, 'a line broke under words that the other side of it had just hidden'],
  [1658, 'a line broke under words that the other side of it had just hidden'],
  [2319, 'a tab whose access was taken deleted from the device what another tab had only just typed'],
];
