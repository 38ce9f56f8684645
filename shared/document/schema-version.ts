/**
 * Counts up with every change to the nodes, marks or attributes of `schema.ts`; offered
 * as `casebook.schema.<n>`. Apart from them, since connecting needs no editor.
 */
export const SCHEMA_VERSION = 1;
