import { showFirstPaper } from './first-paper.tsx';

declare global {
  interface Window {
    /** What `public/head-start.js` asked for, for the first paper alone. */
    casebookFirstPaper?: readonly Promise<Response>[];
  }
}

// It comes with the first script of a case's page, and by it.
const replies = window.casebookFirstPaper;
delete window.casebookFirstPaper;
// Where a reply does not come, nothing is shown here: the page itself says what is the matter.
if (replies) showFirstPaper(replies).catch(() => {});
