/**
 * Origin of transactions that the page makes on a block itself, outside the editor:
 * fields, prompt marks, find and replace. `doc.transact(change, LOCAL_EDIT)`; undone
 * like typing.
 */
export const LOCAL_EDIT = Object.freeze({ name: 'local edit' });
