import type { Option } from '../../../shared/framework/framework.ts';

/** Options in the framework's order, in runs of the same group. */
export function optionGroups(
  options: readonly Option[],
): readonly { readonly group: string | undefined; readonly options: readonly Option[] }[] {
  const runs: { group: string | undefined; options: Option[] }[] = [];
  for (const option of options) {
    const run = runs.find(({ group }) => group === option.group);
    if (run) run.options.push(option);
    else runs.push({ group: option.group, options: [option] });
  }
  return runs;
}

/** Whether choices stand side by side as pills; those that need a sentence each stand as a list. */
export function standAsPills(options: readonly Option[]): boolean {
  return options.every(({ help }) => help === undefined);
}
