import type { Field, Framework } from '../../shared/framework/framework.ts';

/** Every id that stored data may refer to, with the kind of what it names: choices are kept by id, too. */
export function allIds(of: Framework): string[] {
  const fieldIds = (path: string, field: Field): string[] => [
    `field ${path} ${field.kind}`,
    ...('options' in field ? field.options.map(({ id }) => `option ${path}/${id}`) : []),
    ...('items' in field ? field.items.map(({ id }) => `option ${path}/${id}`) : []),
    ...('fields' in field ? field.fields.flatMap((inner) => fieldIds(`${path}/${inner.id}`, inner)) : []),
  ];
  const sections = of.sections.flatMap((section) => [
    `section ${section.id} ${section.occurrence} ${section.audience}`,
    ...section.prompts.map(({ id }) => `prompt ${section.id}/${id}`),
    ...section.fields.flatMap((field) => fieldIds(`${section.id}/${field.id}`, field)),
  ]);
  return [
    `framework ${of.id} ${of.version}`,
    ...sections,
    ...of.scopingQuestions.map(({ id }) => `scoping ${id}`),
    ...of.stakeholderGroups.map(({ id }) => `stakeholder ${id}`),
    ...of.careerStages.map(({ id }) => `career-stage ${id}`),
    ...of.contextDimensions.flatMap(({ id, values }) => [
      `dimension ${id}`,
      ...values.map((value) => `dimension ${id}/${value.id}`),
    ]),
    ...of.definitions.map(({ id }) => `definition ${id}`),
    ...of.learningObjectives.map(({ id }) => `objective ${id}`),
  ];
}
